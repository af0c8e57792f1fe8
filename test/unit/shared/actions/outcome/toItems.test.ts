import type { IDataObject } from 'n8n-workflow';
import { isFailure, type Outcome } from '../../../../../nodes/shared/actions/outcome/outcome';
import { toItems } from '../../../../../nodes/shared/actions/outcome/toItems';

/** @param includeInput null: a read, without the index */
function items(
	outcome: Outcome,
	itemIndex: number,
	input: IDataObject = {},
	includeInput: boolean | null = true,
) {
	return toItems(outcome, itemIndex, input, {
		includeIndex: includeInput !== null,
		includeInput: includeInput ?? false,
		hasErrorOutput: false,
	});
}

const columnsOf = (outcome: Outcome, input: IDataObject, includeInput = true) =>
	Object.keys(items(outcome, 0, input, includeInput)[0]?.json ?? {});

it("moves a vendor's error key out of the top level of a success item", () => {
	expect(items({ kind: 'updated', data: { leadId: '1', error: 'busy' } }, 4)).toEqual([
		{
			json: { leadId: '1', outcome: 'updated', vendorError: 'busy', itemIndex: 4 },
			pairedItem: { item: 4 },
		},
	]);
});

it("does not let a vendor's data overwrite the outcome", () => {
	expect(items({ kind: 'created', data: { outcome: 'lost', itemIndex: 9 } }, 0)[0]?.json).toEqual({
		outcome: 'created',
		itemIndex: 0,
	});
});

it('pairs each of several results with their one input item', () => {
	const pairedItem = { item: 2 };
	expect(items({ kind: 'found', data: [{ a: 1 }, { a: 2 }] }, 2, { b: 3 }, null)).toEqual([
		{ json: { a: 1, outcome: 'found' }, pairedItem },
		{ json: { a: 2, outcome: 'found' }, pairedItem },
	]);
	expect(items({ kind: 'found', data: [] }, 0)).toEqual([]);
});

describe('the columns of the input', () => {
	const data = { leadId: '7', note: 'ours' };

	it('come after our own fields, and replace none', () => {
		const row = { name: 'Ann', leadId: 'x', outcome: 'won', itemIndex: 5 };
		expect(items({ kind: 'created', data }, 1, row)[0]?.json).toEqual({
			outcome: 'created',
			leadId: '7',
			note: 'ours',
			itemIndex: 1,
			name: 'Ann',
		});
		expect(columnsOf({ kind: 'created', data }, row)).toEqual([
			'outcome',
			'leadId',
			'note',
			'itemIndex',
			'name',
		]);
	});

	it('stay away when the option is off', () => {
		expect(columnsOf({ kind: 'created', data }, { name: 'Ann' }, false)).toEqual([
			'outcome',
			'leadId',
			'note',
			'itemIndex',
		]);
	});

	it('have no error in a success, which would make n8n run the node again', () => {
		expect(columnsOf({ kind: 'created', data: {} }, { error: 'E42', name: 'Ann' })).toEqual([
			'outcome',
			'itemIndex',
			'name',
		]);
	});

	it('have nothing that a node of ours said before, but the note of the user', () => {
		const before = items({ kind: 'duplicate', data: { duplicateOf: 3 } }, 9, { note: 'call late' });
		expect(items({ kind: 'created', data: {} }, 0, before[0]?.json)[0]?.json).toEqual({
			outcome: 'created',
			itemIndex: 0,
			note: 'call late',
		});
	});

	it('are not copied into the outcome', () => {
		items({ kind: 'created', data }, 0, { name: 'Ann' });
		expect(data).toEqual({ leadId: '7', note: 'ours' });
	});
});

it.each(['notSent', 'refused', 'unknown'] as const)(
	'begins a failure (%s) with its outcome and error, and ends it with the details',
	(kind) => {
		const failure = { kind, message: 'No', retryable: true, isNotStarted: true, httpCode: 400 };
		expect(isFailure(failure)).toBe(true);
		const row = { error: 'E42', name: 'Ann', details: 'x' };
		expect(items(failure, 1, row, false)).toEqual([
			{
				json: {
					outcome: kind,
					error: 'No',
					itemIndex: 1,
					name: 'Ann',
					details: { outcome: kind, itemIndex: 1, httpCode: 400 },
				},
				pairedItem: { item: 1 },
			},
		]);
		expect(columnsOf(failure, { name: 'Ann' })).toEqual([
			'outcome',
			'error',
			'itemIndex',
			'name',
			'details',
		]);
	},
);
