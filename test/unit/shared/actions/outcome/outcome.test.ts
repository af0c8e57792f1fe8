import { isFailure, summarize, toItems } from '../../../../../nodes/shared/actions/outcome/outcome';

test('an error key in what a vendor tells does not stay at the top of a success item', () => {
	expect(toItems({ kind: 'found', data: { leadId: '1', error: 'busy' } }, 4)).toEqual([
		{ json: { leadId: '1', outcome: 'found', vendorError: 'busy' }, pairedItem: { item: 4 } },
	]);
});

test("a success item's outcome is ours, whatever the data say", () => {
	expect(toItems({ kind: 'created', data: { outcome: 'lost' } }, 0)[0]?.json).toEqual({
		outcome: 'created',
	});
});

test('a list of results is paired with its one item; an empty one gives none', () => {
	const pairedItem = { item: 2 };
	expect(toItems({ kind: 'found', data: [{ a: 1 }, { a: 2 }] }, 2)).toEqual([
		{ json: { a: 1, outcome: 'found' }, pairedItem },
		{ json: { a: 2, outcome: 'found' }, pairedItem },
	]);
	expect(toItems({ kind: 'found', data: [] }, 0)).toEqual([]);
});

test.each(['notSent', 'refused', 'unknown'] as const)(
	'%s carries error and details only',
	(kind) => {
		const failure = { kind, message: 'No', again: true, httpCode: 400 };
		expect(isFailure(failure)).toBe(true);
		expect(toItems(failure, 1)).toEqual([
			{
				json: { error: 'No', details: { outcome: kind, itemIndex: 1, httpCode: 400 } },
				pairedItem: { item: 1 },
			},
		]);
	},
);

test('sums up in words, in a fixed order', () => {
	const many = <T>(count: number, value: T) => Array<T>(count).fill(value);
	expect(
		summarize([
			...many(55, { kind: 'notSent', message: '' } as const),
			...many(884, { kind: 'created', data: {} } as const),
			...many(1, { kind: 'duplicate', data: {} } as const),
		]),
	).toBe('884 created, 1 duplicate, 55 not sent');
	expect(
		summarize([
			{ kind: 'notSent', message: '' },
			{ kind: 'preview', data: {} },
		]),
	).toBe('nothing was sent: 1 previewed, 1 not sent');
});
