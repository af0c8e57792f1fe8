import { leads, onError } from '../support/fixtures';
import { outcomesOf } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

const [first, second, third] = [leads(6).slice(0, 3), leads(6).slice(3), leads(3)];
const outcomes = (runs: Array<Array<{ json: { outcome?: unknown } }>>) =>
	runs.map((items) => items.map(({ json }) => json.outcome));

describe('runs of a loop', () => {
	it.each(['squadVoice', 'aktify', 'autocalls', 'close'] as const)(
		'%s: a lead that an earlier run sent is not sent again',
		async (vendor) => {
			const result = await scene[vendor]({ runs: [first, second, third] });
			expect(outcomes(result.runs)).toEqual([
				['created', 'created', 'created'],
				['created', 'created', 'created'],
				['duplicate', 'duplicate', 'duplicate'],
			]);
			expect(scene.world.ledger(vendor)).toMatchObject({ held: 6, doubled: 0 });
		},
	);

	it('shows the data of the repeat itself, and where it was sent', async () => {
		const [lead] = leads(1);
		const runs = [[{ ...lead, name: 'Ann' }], [{ ...lead, phone: '+12062000009' }]];
		const result = await scene.squadVoice({ runs });
		expect(result.runs[1]?.[0]?.json).toEqual({
			outcome: 'duplicate',
			leadId: 'L0',
			phoneNumber: '+12062000009',
			campaignId: '0PT711',
			note: 'Sent in an earlier run of this node: item 0 of run 1',
			matchedBy: 'lead ID L0',
			itemIndex: 0,
			...runs[1]?.[0],
		});
	});

	it('does not send a repeat of a lead whose outcome is unknown', async () => {
		scene.world.faults.add({ kind: 'resetAfter', method: 'POST', nth: 1 });
		scene.world.faults.add({ kind: 'status', status: 404, method: 'GET', times: 100 });
		const result = await scene.squadVoice({
			runs: [leads(1), leads(1)],
			settings: onError.continue,
		});
		expect(outcomesOf(result)).toEqual({ unknown: 1 });
		expect(result.items[0]?.json.error).toBe(
			'Not sent: repeats item 0 of run 1, whose outcome is unknown',
		);
		expect(scene.requests('squadVoice').filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('sends a lead that an earlier run could not send', async () => {
		scene.world.faults.add({ kind: 'status', status: 400, method: 'POST', nth: 1 });
		const result = await scene.aktify({
			runs: [leads(1), leads(1)],
			settings: onError.continue,
		});
		expect(result.runs[1]?.[0]?.json.outcome).toBe('created');
	});

	it('repeats the current run on Retry On Fail, not an earlier one', async () => {
		scene.world.faults.add({ kind: 'status', status: 400, method: 'POST', nth: 5 });
		const result = await scene.aktify({
			runs: [first, second],
			options: { requestsAtOnce: 1 },
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		});
		expect(outcomes(result.runs).flat()).toEqual(Array(6).fill('created'));
		expect(scene.world.ledger('aktify')).toMatchObject({ held: 6, doubled: 0 });
	});

	it('remembers sent leads as well, and stops no later run', async () => {
		const scenario = {
			runs: [first, [...third, ...second]],
			options: { rememberSentLeads: 'node' },
			credentialId: 'same',
		};
		const result = await scene.squadVoice(scenario);
		expect(result.error).toBeUndefined();
		expect(outcomes(result.runs)[1]).toEqual([
			'duplicate',
			'duplicate',
			'duplicate',
			'created',
			'created',
			'created',
		]);
		expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 6, doubled: 0 });
	});

	it('disables a lead again: it may have been enabled in between', async () => {
		const result = await scene.aktify({
			runs: [leads(1), leads(1)],
			parameters: { operation: 'disable' },
		});
		expect(outcomes(result.runs)).toEqual([['disabled'], ['disabled']]);
	});

	it('updates a lead again, with what a later run has', async () => {
		const lead = { name: 'Ann', phone: '+12062000000', email: 'ann@x.yz' };
		const result = await scene.close({
			runs: [[{ ...lead, note: 'first' }], [{ ...lead, note: 'second' }]],
			parameters: {
				operation: 'upsert',
				matchBy: { key: [{ by: 'phone' }] },
				ifFound: 'replace',
				additionalFields: { description: '={{ $json.note }}' },
			},
		});
		expect(outcomes(result.runs)).toEqual([['created'], ['updated']]);
		const [held] = scene.world.close.leads.values();
		expect(held?.description).toBe('second');
	});

	it('stores nothing outside of a loop', async () => {
		const result = await scene.aktify({ items: leads(3) });
		expect(JSON.stringify(result.data.executionData?.contextData)).not.toContain('leadDispatch');
	});
});
