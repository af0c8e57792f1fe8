import { outcomesOf } from '../../../support/results';
import { people, useClose } from '../fixtures';

const { sandbox, close, requests, ledger } = useClose();

describe('Close rate limit', () => {
	it('creates 300 leads at 20 requests a second with under 1 % of requests refused', async () => {
		sandbox.world.settings.limits.close = {
			requests: 20,
			windowMs: 1_000,
			headers: 'rateLimitAndRetryAfter',
			announce: true,
		};
		const result = await close({ items: people(300) });
		expect(outcomesOf(result)).toEqual({ created: 300 });
		expect(ledger()).toMatchObject({ held: 300, doubled: 0 });
		const refused = requests().filter((request) => request.status === 429);
		expect(refused.length / requests().length).toBeLessThan(0.01);
	});
});
