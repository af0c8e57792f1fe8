import type { IDataObject } from 'n8n-workflow';
import { closeAccounts, startSandbox } from '../../sandbox';
import type { FaultRule, Sandbox } from '../../sandbox';
import { asParameters } from '../support/fixtures';
import type { Write } from '../faults/write';
import { writes } from '../faults/writes';
import { run } from '../support/engine';
import type { RunResult } from '../support/engine';
import { leads, onError, phoneOf } from '../support/fixtures';
import { outcomesOf } from '../support/results';
import { useVirtualClock } from '../support/virtualClock';

/** A 200 that says that nothing was done, or that does not say what the vendor promises, is no success. */
let sandbox: Sandbox;
useVirtualClock();
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.world.reset());
afterAll(async () => await sandbox.close());

const hollow = { kind: 'status', status: 200, body: { error: 'quota exceeded' } } as const;
const vendorWords = (result: RunResult) => JSON.stringify(result.items.map(({ json }) => json));

/** Strikes writes, and no question: Close's search is a POST. */
function strikeWrites(more: Partial<FaultRule> = {}): void {
	for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
		sandbox.world.faults.add({ ...hollow, method, path: /^(?!.*search)/, ...more });
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
	const items = write.begin(sandbox.world, 2);
	strikeWrites({ nth: 1, body });
	const { unknown = 0 } = outcomesOf(await runWrite(write, items));
	const done = write.done(sandbox.world, items);
	expect(done.filter((times) => times === 1)).toHaveLength(2 - unknown);
	expect(done.filter((times) => times > 1)).toHaveLength(0);
	if (write.clearedUpBy.length > 0) expect(unknown).toBe(0);
	else expect(unknown).toBeGreaterThan(0);
}

const named = (name: string): Write => {
	const found = writes.find((write) => write.name === name);
	if (found === undefined) throw new Error(`There is no write ${name}`);
	return found;
};

test.each(writes.map((write) => [write.name, write] as const))(
	'%s: a 200 that says that it failed is looked into, and the lead gets through',
	async (_, write) => {
		await expectNoticed(write, hollow.body);
	},
);

// Each as long as the kernel waits and tries: one that is asked for, one that is repeated, one in lists.
test.each(['Autocalls create', 'Close update', 'SquadVoice disable'])(
	'%s: a 200 that always says that it failed is never told as done',
	async (name) => {
		const write = named(name);
		const items = write.begin(sandbox.world, 2);
		strikeWrites();
		const result = await runWrite(write, items);
		expect(write.done(sandbox.world, items)).toEqual([0, 0]);
		const { unknown = 0, notSent = 0 } = outcomesOf(result);
		expect(unknown + notSent).toBe(2);
		expect(vendorWords(result)).toContain('quota exceeded');
	},
);

test.each([
	['Close create', { name: 'Acme' }],
	['Close create', {}],
	['Close create or update', { name: 'Acme' }],
	['Close update', { message: 'ok' }],
	['Close disable', { message: 'ok' }],
	['Close note create', { note: 'x' }],
	['Autocalls create', { message: 'Lead created successfully' }],
	['Autocalls create', { data: { status: 'created' } }],
])('%s: a reply without what the vendor promises, such as %j, is not done', async (name, body) => {
	await expectNoticed(named(name), body);
});

test.each([
	['Close delete', 204, ''],
	['Close delete', 200, {}],
	['Close merge', 200, {}],
	['Autocalls delete', 200, { message: 'Lead deleted successfully', error: null, errors: [] }],
	['Autocalls update', 200, { message: 'Lead updated successfully', success: true }],
	['SquadVoice disable', 200, ''],
	['SquadVoice create', 200, { message: 'ok', errors: {} }],
	['SquadVoice delete (v4)', 202, ''],
	['Aktify create', 201, ''],
])('%s: %i %j is done, as before', async (name, status, body) => {
	const write = named(name);
	const items = write.begin(sandbox.world, 1);
	strikeWrites({ status, body });
	const outcomes = outcomesOf(await runWrite(write, items));
	expect(Object.keys(outcomes)).not.toContain('unknown');
	expect(Object.keys(outcomes)).not.toContain('notSent');
});

describe('a question whose answer is hollow', () => {
	const questions: FaultRule[] = [
		{ ...hollow, method: 'GET' },
		{ ...hollow, method: 'POST', path: 'search' },
	];

	test.each(['SquadVoice create', 'Autocalls create', 'Close create', 'Close merge'])(
		'%s: after a lost reply it does not mean that the lead is not there',
		async (name) => {
			const write = named(name);
			const items = write.begin(sandbox.world, 1);
			sandbox.world.faults.add({ kind: 'resetAfter', path: /^(?!.*search)/, method: 'POST' });
			// Create's own search comes first, and is answered.
			const nth = name === 'Close create' ? [2, 3, 4, 5, 6, 7, 8, 9, 10] : undefined;
			for (const fault of questions) sandbox.world.faults.add({ ...fault, nth });
			expect(outcomesOf(await runWrite(write, items))).toEqual({ unknown: 1 });
			expect(write.done(sandbox.world, items)).toEqual([1]);
		},
	);

	test('that passes is asked again', async () => {
		const write = named('SquadVoice create');
		const items = write.begin(sandbox.world, 1);
		sandbox.world.faults.add({ kind: 'resetAfter', method: 'POST' });
		sandbox.world.faults.add({ ...hollow, method: 'GET', nth: 1 });
		expect(outcomesOf(await runWrite(write, items))).toEqual({ created: 1 });
	});
});

describe('Close', () => {
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

	test('Create: a search that is not answered is not taken for "there is none"', async () => {
		const write = named('Close create');
		await runWrite(write, leads(1));
		sandbox.world.close.indexLagMs = 0;
		sandbox.world.faults.add({ ...hollow, path: 'search' });
		const result = await runWrite(write, leads(1));
		expect(outcomesOf(result)).toEqual({ notSent: 1 });
		expect(vendorWords(result)).toContain('quota exceeded');
		expect(write.done(sandbox.world, leads(1))).toEqual([1]);
	});

	test('Create or Update by lead ID: every item comes out, though the reply holds no lead', async () => {
		sandbox.world.faults.add({ ...hollow, method: 'GET' });
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

	test('Create or Update: a lead that is found without an ID is not told as updated', async () => {
		const phone = phoneOf(0);
		const contacts = [{ phones: [{ phone }], emails: [] }];
		sandbox.world.faults.add({ ...hollow, path: 'search', body: { data: [{ contacts }] } });
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

	test('Get: a reply without a lead is no lead', async () => {
		sandbox.world.faults.add({ ...hollow, method: 'GET' });
		const result = await close({ operation: 'get', leadId: 'lead_abc' }, [{}]);
		expect(outcomesOf(result)).toEqual({ notSent: 1 });
	});
});

test.each(['start', 'stop'])(
	'Autocalls campaign %s, answered without a status',
	async (operation) => {
		sandbox.world.faults.add({ ...hollow, body: { message: 'ok' } });
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
