import { squadVoiceAccounts } from '../../sandbox';
import { leads, onError } from '../support/fixtures';
import { outcomesOf } from '../support/results';
import { useSandbox } from '../support/sandbox';

/** Whatever happens after a lost response, the outcomes must match what the vendor stores. */
const scene = useSandbox();
const short = { timeout: 0.3, giveUpAfter: 30, requestsAtOnce: 1 };
const errorMessage = ({ error }: Awaited<ReturnType<typeof scene.aktify>>) =>
	`${error?.message}. ${error?.description}`;

/** An execution as n8n stores it, before it can be retried. */
function stored<Result extends { data: unknown }>(result: Result): Result {
	return { ...result, data: JSON.parse(JSON.stringify(result.data)) };
}

describe('Unknown outcome', () => {
	it.each([
		['the key is void by then', { kind: 'tokenExpired' } as const],
		['a redirect comes by then', { kind: 'redirect' } as const],
	])('is reported when a lead was resent after a lost response and %s', async (_, fault) => {
		scene.world.faults.add({ kind: 'resetAfter', nth: 1 });
		scene.world.faults.add(fault);
		const result = await scene.aktify({
			items: leads(1),
			options: short,
			settings: onError.branch,
		});
		expect(scene.world.ledger('aktify').held).toBe(1);
		expect(outcomesOf(result)).toEqual({ unknown: 1 });
	});

	it('is not reported when the resent lead is rejected for its data', async () => {
		scene.world.faults.add({ kind: 'resetBefore', nth: 1 });
		scene.world.faults.add({ kind: 'status', status: 400, nth: 2 });
		const result = await scene.aktify({
			items: leads(1),
			options: short,
			settings: onError.branch,
		});
		expect(outcomesOf(result)).toEqual({ refused: 1 });
	});

	it('is not reported when every look-up finds no lead', async () => {
		scene.world.faults.add({ kind: 'status', status: 500, method: 'POST' });
		const result = await scene.squadVoice({
			items: leads(3),
			options: { ...short, requestsPerMinute: 0 },
			settings: onError.branch,
		});
		expect(scene.requests('squadVoice').filter(({ method }) => method === 'POST')).toHaveLength(3);
		expect(outcomesOf(result)).toEqual({ notSent: 3 });
		expect(String(result.errors[0]?.json.error)).toMatch(/does not have the lead/);
	});

	it('is reported for every lead without a response when a stopped run is retried', async () => {
		scene.world.faults.add({ kind: 'resetAfter', nth: [2, 3] });
		scene.world.squadVoice.seedLeads('V4CAMP', 20);
		const options = {
			items: Array.from({ length: 20 }, (_, index) => ({ id: `seed-${index + 1}` })),
			credentials: { apiVersion: 'v4', accessToken: squadVoiceAccounts.v4.token },
			parameters: {
				operation: 'convert',
				campaign: { __rl: true, mode: 'id', value: 'V4CAMP' },
				detail: 'purchase',
			},
			options: { ...short, requestsAtOnce: 3, requestsPerMinute: 0 },
		};
		const failed = await scene.squadVoice(options);
		expect(errorMessage(failed)).toMatch(/2 with unknown outcome/);
		const converted = () =>
			[...scene.world.squadVoice.leads.values()].filter(({ convertedWith }) => convertedWith)
				.length;
		const done = converted();
		expect(done).toBeLessThan(20);
		const again = await scene.squadVoice({ ...options, retryOf: stored(failed) });
		expect(errorMessage(again)).toMatch(
			`${done - 2} updated, ${20 - done} not sent, 2 with unknown outcome`,
		);
		expect(converted()).toBe(done);
	});

	describe('of a lead that the first attempt sent without a response', () => {
		/** Every reply is lost, until the key is void. */
		const failingRun = async (parameters = {}, options = {}) => {
			scene.world.faults.add({ kind: 'resetAfter', nth: 1 });
			scene.world.faults.add({ kind: 'tokenExpired' });
			const run = { items: leads(2), parameters, options: { ...short, ...options } };
			return { run, failed: stored(await scene.aktify(run)) };
		};

		it('becomes created, not duplicate, when the retry finds it', async () => {
			const { run, failed } = await failingRun({}, { ifAlreadyThere: 'error' });
			scene.world.faults.clear();
			const result = await scene.aktify({ ...run, retryOf: failed });
			expect(outcomesOf(result)).toEqual({ created: 2 });
			expect(scene.world.ledger('aktify')).toMatchObject({ held: 2, doubled: 0 });
		});

		it('stays while the vendor rejects the credential', async () => {
			const { run, failed } = await failingRun();
			const result = await scene.aktify({ ...run, retryOf: failed });
			expect(errorMessage(result)).toMatch(/1 not sent, 1 with unknown outcome/);
			expect(scene.world.ledger('aktify').held).toBe(1);
		});

		it('stays when the retry stops before it reaches the lead', async () => {
			scene.world.faults.add({ kind: 'resetAfter', nth: [1, 2] });
			scene.world.faults.add({ kind: 'tokenExpired' });
			const run = { items: leads(9), options: { ...short, requestsAtOnce: 2 } };
			const failed = stored(await scene.aktify(run));
			expect(errorMessage(failed)).toMatch(/7 not sent, 2 with unknown outcome/);
			const again = await scene.aktify({ ...run, options: short, retryOf: failed });
			expect(errorMessage(again)).toMatch(/7 not sent, 2 with unknown outcome/);
		});

		it('becomes deleted, not notFound, when the retry no longer finds it', async () => {
			const items = scene.world.autocalls.seedLeads(1, 2).map(({ id }) => ({ id }));
			const parameters = { operation: 'delete', leadId: '={{ $json.id }}' };
			scene.world.faults.add({ kind: 'resetAfter', nth: 1 });
			scene.world.faults.add({ kind: 'tokenExpired' });
			const failed = stored(await scene.autocalls({ items, parameters, options: short }));
			scene.world.faults.clear();
			const result = await scene.autocalls({ items, parameters, options: short, retryOf: failed });
			expect(outcomesOf(result)).toEqual({ deleted: 2 });
		});
	});
});
