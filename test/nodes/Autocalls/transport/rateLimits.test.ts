import { leads } from '../../../support/fixtures';
import { outcomesOf } from '../../../support/results';
import { useSandbox } from '../../../support/sandbox';

const scene = useSandbox();

describe('Autocalls: the limits of a white label', () => {
	it.each([true, false])(
		'a list of 160 ends with few refusals (limit on every reply: %s)',
		async (announce) => {
			scene.world.settings.limits.autocalls = {
				requests: 100,
				windowMs: 60_000,
				headers: 'xRateLimitAndBody',
				announce,
				burst: { requests: 20, windowMs: 10_000 },
			};
			const startedAt = Date.now();
			const result = await scene.autocalls({
				items: leads(160),
				credentialId: `announced ${announce}`,
			});
			expect(outcomesOf(result)).toEqual({ created: 160 });
			const refused = scene.requests('autocalls').filter(({ status }) => status === 429);
			// 10 requests are sent at once: one burst of refusals, and hardly any after it.
			expect(refused.length).toBeLessThan(16);
			expect(Date.now() - startedAt).toBeLessThan(120_000);
		},
	);
});
