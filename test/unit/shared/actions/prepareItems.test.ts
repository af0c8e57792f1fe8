import type { INodeExecutionData } from 'n8n-workflow';
import { prepareItems } from '../../../../nodes/shared/actions/prepareItems';
import { RunJournal } from '../../../../nodes/shared/actions/resume/RunJournal';
import { optionsField } from '../../../../nodes/shared/descriptions/options';
import { InvalidInputError } from '../../../../nodes/shared/errors/InvalidInputError';
import { NodeParameters } from '../../../../nodes/shared/parameters/NodeParameters';
import { sleep } from '../../../../nodes/shared/values/sleep';
import { fakeContext, fakeOperation } from './fakes';
import type { FakeOperation } from './fakes';

jest.mock('../../../../nodes/shared/values/sleep', () => ({ sleep: jest.fn(async () => {}) }));
beforeEach(() => void jest.mocked(sleep).mockClear());

const account = { baseUrl: 'https://vendor.example', secrets: [], accountKey: 'account' };
const itemsOf = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, index) => ({ json: { index } }));

async function prepare(
	operation: Partial<Pick<FakeOperation, 'parseItem' | 'dedupeKeys' | 'recordKeys'>>,
	count: number,
) {
	const whole = { ...fakeOperation(async () => []), ...operation };
	return await prepareItems(
		whole,
		itemsOf(count),
		new NodeParameters(fakeContext()),
		account,
		undefined,
		() => undefined,
	);
}

/** Leads 0, 1, 2, … in input order. */
function counting() {
	let next = 0;
	return (): number => next++;
}

describe('prepareItems', () => {
	it('makes one job per item, in order', async () => {
		const prepared = await prepare({ parseItem: counting() }, 3);
		expect(prepared).toMatchObject([
			{ itemIndex: 0, lead: 0, dedupeKeys: [], recordKeys: [], state: { status: 'ready' } },
			{ itemIndex: 1, lead: 1 },
			{ itemIndex: 2, lead: 2 },
		]);
	});

	it('hashes dedupe keys and record keys', async () => {
		const dedupeKeys = (lead: number) =>
			(lead === 0 ? ['+12062000000'] : ['a', 'b']).map((identity) => ({ identity, label: '' }));
		const recordKeys = () => 'lead_1';
		const prepared = await prepare({ parseItem: counting(), dedupeKeys, recordKeys }, 2);
		const hash = (key: string) => RunJournal.hashKey(key);
		expect(prepared).toMatchObject([
			{ dedupeKeys: [hash('+12062000000')], recordKeys: [hash('lead_1')] },
			{ dedupeKeys: [hash('a'), hash('b')] },
		]);
		expect(JSON.stringify(prepared)).not.toContain('2062000000');
	});

	it('gives a lead without identity no dedupe key', async () => {
		const [job] = await prepare({ dedupeKeys: () => [] }, 1);
		expect(job).toMatchObject({ dedupeKeys: [] });
	});

	it('reports an invalid item in its place, with what to do', async () => {
		const next = counting();
		const parseItem = () => {
			const lead = next();
			if (lead === 1) throw new InvalidInputError('State is empty', 'Fill in State');
			if (lead === 2) throw new Error('$json.a is undefined');
			return lead;
		};
		expect(await prepare({ parseItem }, 4)).toMatchObject([
			{ lead: 0 },
			{ kind: 'notSent', message: 'State is empty', description: 'Fill in State' },
			{ kind: 'notSent', message: '$json.a is undefined' },
			{ lead: 3 },
		]);
	});

	it('yields to the process between chunks of many items', async () => {
		await prepare({}, 1_000);
		expect(jest.mocked(sleep).mock.calls.map(([ms]) => ms)).toEqual([0, 0, 0, 0]);
	});

	it('stops with the reason of the signal when the execution is canceled', async () => {
		const reason = new Error('Canceled');
		jest.mocked(sleep).mockResolvedValueOnce().mockRejectedValueOnce(reason);
		const parseItem = jest.fn(() => 0);
		await expect(prepare({ parseItem }, 10_000)).rejects.toBe(reason);
		expect(parseItem.mock.calls.length).toBeLessThan(1_000);
	});

	it('checks options that the operation does not use', async () => {
		const parameters = { options: { phoneCheck: '={{ $json.level }}' } };
		const values = ['valid', 'strict', undefined];
		const context = fakeContext(parameters, {
			getNodeParameter: ((_name: string, index: number) => ({
				phoneCheck: values[index],
			})) as never,
		});
		const prepared = await prepareItems(
			fakeOperation(async () => []),
			itemsOf(3),
			new NodeParameters(context, [optionsField(['phoneCheck'])]),
			account,
			undefined,
			() => undefined,
		);
		expect(prepared).toMatchObject([
			{ lead: 0 },
			{ kind: 'notSent', message: expect.stringMatching(/^Phone Validation: "strict"/) },
			{ kind: 'notSent', message: expect.stringMatching(/^Phone Validation is empty/) },
		]);
	});
});
