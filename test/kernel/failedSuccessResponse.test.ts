import type { IDataObject } from 'n8n-workflow';
import { closeAccounts, startSandbox } from '../../sandbox';
import type { FaultRule, Sandbox } from '../../sandbox';
import type { Write } from '../faults/write';
import { writes } from '../faults/writes';
import { run } from '../support/engine';
import type { RunResult } from '../support/engine';
import { asParameters, leads, onError, phoneOf } from '../support/fixtures';
import { outcomesOf } from '../support/results';
import { useVirtualClock } from '../support/virtualClock';

/** A 200 that says that nothing was done, or that does not say what the vendor promises, is no success. */
let sandbox: Sandbox;
useVirtualClock(100);
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.world.reset());
afterAll(async () => await sandbox.close());

const failedSuccess = { kind: 'status', status: 200, body: { error: 'quota exceeded' } } as const;
const outputText = (result: RunResult) => JSON.stringify(result.items.map(({ json }) => json));

/** Strikes writes, and no question: Close's search is a POST. */
function strikeWrites(more: Partial<FaultRule> = {}): void {
	for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
		sandbox.world.faults.add({ ...failedSuccess, method, path: /^(?!.*search)/, ...more });
	}
}

async function runWrite(write: Write, items: IDataObject[]): Promise<RunResult> {
	return await run({
		node: write.node,
		parameters: asParameters({ ...write.parameters, options: {} }),
		items,
		credentials: write.credentials(sandbox),
		settings: onError.continue,
	});
}

/** Runs a write of which the first request is answered so, and nothing done: it has to be noticed. */
async function expectNoticed(write: Write, body: unknown): Promise<void> {
	const items = write.prepare(sandbox.world, 2);
	strikeWrites({ nth: 1, body });
	const { unknown = 0 } = outcomesOf(await runWrite(write, items));
	const done = write.countWrites(sandbox.world, items);
	expect(done.filter((times) => times === 1)).toHaveLength(2 - unknown);
	expect(done.filter((times) => times > 1)).toHaveLength(0);
	if (write.reconciledBy.length > 0) expect(unknown).toBe(0);
	else expect(unknown).toBeGreaterThan(0);
}

const named = (name: string): Write => {
	const found = writes.find((write) => write.name === name);
	if (found === undefined) throw new Error(`There is no write ${name}`);
	return found;
};

describe('A 2xx response that reports a failure or lacks the documented body', () => {
	it.each(writes.map((write) => [write.name, write] as const))(
		'is reconciled until the lead is accepted: %s',
		async (_, write) => {
			await expectNoticed(write, failedSuccess.body);
		},
	);

	// Each as long as the kernel waits and tries: one that is asked for, one that is repeated, one in lists.
	it.each(['Autocalls create', 'Close update', 'SquadVoice disable'])(
		'is never reported as success: %s',
		async (name) => {
			const write = named(name);
			const items = write.prepare(sandbox.world, 2);
			strikeWrites();
			const result = await runWrite(write, items);
			expect(write.countWrites(sandbox.world, items)).toEqual([0, 0]);
			const { unknown = 0, notSent = 0 } = outcomesOf(result);
			expect(unknown + notSent).toBe(2);
			expect(outputText(result)).toContain('quota exceeded');
		},
	);

	it.each([
		['Close create', { name: 'Acme' }],
		['Close create', {}],
		['Close create or update', { name: 'Acme' }],
		['Close update', { message: 'ok' }],
		['Close disable', { message: 'ok' }],
		['Close note create', { note: 'x' }],
		['Autocalls create', { message: 'Lead created successfully' }],
		['Autocalls create', { data: { status: 'created' } }],
		['Autocalls create', { data: { id: 1, phone_number: '+12069999999' } }],
		['Autocalls create', { data: { id: 1, campaign_id: 999 } }],
		['Aktify create', ''],
		['Aktify create', {}],
		['Aktify create', { phoneNumber: '+12069999999' }],
		['Aktify disable', {}],
		['Close update', { id: 'lead_other' }],
		['Close note create', { id: 'acti_1', lead_id: 'lead_other' }],
		['SquadVoice create', { lead_id: 'other' }],
		['SquadVoice create', { results: [{ lead_id: 'other' }] }],
		['SquadVoice disable', [{ lead_id: 'other' }]],
		['SquadVoice update (v4)', { lead: { lead_id: 'other' } }],
		['SquadVoice delete (v4)', { lead_id: 'other' }],
		['SquadVoice convert (v4)', { data: [{ lead_id: 'other' }] }],
		['Autocalls create', { data: { id: 1 } }],
	])('counts as a lost response: %s with %j', async (name, body) => {
		await expectNoticed(named(name), body);
	});

	describe.each(['down for maintenance', [], 7, true, { status: 'error' }, { success: 'false' }])(
		'of a proxy: %j',
		(body) => {
			it.each(writes.map((write) => [write.name, write] as const))('%s', async (_, write) => {
				await expectNoticed(write, body);
			});
		},
	);

	it('is the lead itself where it repeats a custom field named error', async () => {
		const write = named('SquadVoice create');
		const [item = {}] = write.prepare(sandbox.world, 1);
		const items = [{ ...item, error: 'E42' }];
		strikeWrites({ body: { lead_id: item.id, error: 'E42' } });
		const parameters = { ...write.parameters, customFieldsMode: 'auto' };
		const result = await runWrite({ ...write, parameters }, items);
		expect(outcomesOf(result)).toEqual({ created: 1 });
	});

	it.each([
		['Close delete', 204, ''],
		['Close delete', 200, {}],
		['Close merge', 200, {}],
		['Autocalls delete', 200, { message: 'Lead deleted successfully', error: null, errors: [] }],
		['Autocalls update', 200, { message: 'Lead updated successfully', success: true }],
		['SquadVoice disable', 200, ''],
		['SquadVoice create', 200, { message: 'ok', errors: {} }],
		['SquadVoice delete (v4)', 202, ''],
	])(
		'is a success where the vendor documents no body: %s with %i %j',
		async (name, status, body) => {
			const write = named(name);
			const items = write.prepare(sandbox.world, 1);
			strikeWrites({ status, body });
			const outcomes = outcomesOf(await runWrite(write, items));
			expect(Object.keys(outcomes)).not.toContain('unknown');
			expect(Object.keys(outcomes)).not.toContain('notSent');
		},
	);

	describe('in a look-up', () => {
		const questions: FaultRule[] = [
			{ ...failedSuccess, method: 'GET' },
			{ ...failedSuccess, method: 'POST', path: 'search' },
		];

		it.each(['SquadVoice create', 'Autocalls create', 'Close create', 'Close merge'])(
			'does not mean that the lead is missing: %s',
			async (name) => {
				const write = named(name);
				// A lead that no test before has created: Close's Create would ask for that one first.
				const items = write.prepare(sandbox.world, 50).slice(-1);
				sandbox.world.faults.add({ kind: 'resetAfter', path: /^(?!.*search)/, method: 'POST' });
				// Create's own questions come first, and are answered.
				const nth = name === 'Close create' ? [2, 3, 4, 5, 6, 7, 8, 9, 10] : undefined;
				for (const fault of questions) sandbox.world.faults.add({ ...fault, nth });
				expect(outcomesOf(await runWrite(write, items))).toEqual({ unknown: 1 });
				expect(write.countWrites(sandbox.world, items)).toEqual([1]);
			},
		);

		it('is repeated', async () => {
			const write = named('SquadVoice create');
			const items = write.prepare(sandbox.world, 1);
			sandbox.world.faults.add({ kind: 'resetAfter', method: 'POST' });
			sandbox.world.faults.add({ ...failedSuccess, method: 'GET', nth: 1 });
			expect(outcomesOf(await runWrite(write, items))).toEqual({ created: 1 });
		});
	});

	describe('from Close', () => {
		const close = async (parameters: IDataObject, items: IDataObject[]) =>
			await run({
				node: 'close',
				credentials: {
					leadDispatchCloseApi: { baseUrl: `${sandbox.url}/close`, apiKey: closeAccounts.one.key },
				},
				parameters: asParameters({ authentication: 'apiKey', resource: 'lead', ...parameters }),
				items,
				settings: onError.continue,
			});

		it('in a search does not mean that there is no such lead', async () => {
			const write = named('Close create');
			await runWrite(write, leads(1));
			sandbox.world.close.indexLagMs = 0;
			sandbox.world.faults.add({ ...failedSuccess, path: 'search' });
			const result = await runWrite(write, leads(1));
			expect(outcomesOf(result)).toEqual({ notSent: 1 });
			expect(outputText(result)).toContain('quota exceeded');
			expect(write.countWrites(sandbox.world, leads(1))).toEqual([1]);
		});

		it('without a lead gives every item an outcome', async () => {
			sandbox.world.faults.add({ ...failedSuccess, method: 'GET' });
			const result = await close(
				{
					operation: 'upsert',
					name: 'Ann',
					contacts: {},
					matchBy: { key: [{ by: 'leadId', value: '={{ $json.id }}' }] },
				},
				[{ id: 'lead_abc' }, { id: 'lead_def' }],
			);
			expect(outcomesOf(result)).toEqual({ notSent: 2 });
			expect(sandbox.world.ledger('close').held).toBe(0);
		});

		it('with a lead without an ID is not reported as updated', async () => {
			const phone = phoneOf(0);
			const contacts = [{ name: 'Ann', phones: [{ phone }], emails: [] }];
			sandbox.world.faults.add({
				...failedSuccess,
				path: 'search',
				body: { data: [{ contacts }] },
			});
			const result = await close(
				{
					operation: 'upsert',
					name: 'Ann',
					contacts: { contact: [{ phones: { phone: [{ phone, type: 'mobile' }] } }] },
					matchBy: { key: [{ by: 'phone' }] },
				},
				[{}],
			);
			expect(outcomesOf(result)).toEqual({ unknown: 1 });
			expect(sandbox.world.ledger('close').held).toBe(0);
		});

		it('without a lead is not reported as found', async () => {
			sandbox.world.faults.add({ ...failedSuccess, method: 'GET' });
			const result = await close({ operation: 'get', leadId: 'lead_abc' }, [{}]);
			expect(outcomesOf(result)).toEqual({ notSent: 1 });
		});
	});

	it.each(['start', 'stop'])(
		'without a status is an unknown outcome (Autocalls campaign %s)',
		async (operation) => {
			sandbox.world.faults.add({ ...failedSuccess, body: { message: 'ok' } });
			const { credentials } = named('Autocalls create');
			const result = await run({
				node: 'autocalls',
				credentials: credentials(sandbox),
				parameters: asParameters({
					resource: 'campaign',
					operation,
					campaign: { __rl: true, mode: 'id', value: '2' },
				}),
				items: [{}],
				settings: onError.continue,
			});
			expect(outcomesOf(result)).toEqual({ unknown: 1 });
		},
	);
});
