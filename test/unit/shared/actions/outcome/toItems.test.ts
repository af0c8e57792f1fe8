import { isFailure } from '../../../../../nodes/shared/actions/outcome/outcome';
import { toItems } from '../../../../../nodes/shared/actions/outcome/toItems';

it("moves a vendor's error key out of the top level of a success item", () => {
	expect(toItems({ kind: 'found', data: { leadId: '1', error: 'busy' } }, 4)).toEqual([
		{ json: { leadId: '1', outcome: 'found', vendorError: 'busy' }, pairedItem: { item: 4 } },
	]);
});

it("does not let a vendor's data overwrite the outcome", () => {
	expect(toItems({ kind: 'created', data: { outcome: 'lost' } }, 0)[0]?.json).toEqual({
		outcome: 'created',
	});
});

it('pairs each of several results with their one input item', () => {
	const pairedItem = { item: 2 };
	expect(toItems({ kind: 'found', data: [{ a: 1 }, { a: 2 }] }, 2)).toEqual([
		{ json: { a: 1, outcome: 'found' }, pairedItem },
		{ json: { a: 2, outcome: 'found' }, pairedItem },
	]);
	expect(toItems({ kind: 'found', data: [] }, 0)).toEqual([]);
});

it.each(['notSent', 'refused', 'unknown'] as const)(
	'gives a failure (%s) no keys but error and details',
	(kind) => {
		const failure = { kind, message: 'No', retryable: true, isNotStarted: true, httpCode: 400 };
		expect(isFailure(failure)).toBe(true);
		expect(toItems(failure, 1)).toEqual([
			{
				json: { error: 'No', details: { outcome: kind, itemIndex: 1, httpCode: 400 } },
				pairedItem: { item: 1 },
			},
		]);
	},
);
