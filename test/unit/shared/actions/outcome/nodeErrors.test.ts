import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import {
	emptyRow,
	invalidItem,
	notStarted,
} from '../../../../../nodes/shared/actions/outcome/failures';
import {
	failedRunError,
	invalidItemsError,
} from '../../../../../nodes/shared/actions/outcome/nodeErrors';
import type { Failure } from '../../../../../nodes/shared/actions/outcome/outcome';
import { InvalidInputError } from '../../../../../nodes/shared/errors/InvalidInputError';
import { created, fakeContext } from '../fakes';

const emptyPhone = invalidItem(
	InvalidInputError.ofField('Phone Number', { problem: 'is empty' }, 'Fill it in'),
);
const lettersIn = (shown: string) =>
	invalidItem(
		InvalidInputError.ofField(
			'Phone Number',
			{ shown, problem: 'is not a phone number: it contains letters. Example: +1 509-555-1234.' },
			'Correct the number',
		),
	);
const badState = (shown: string) =>
	invalidItem(
		InvalidInputError.ofField('State', { shown, problem: 'is not a US state' }, 'Use a code'),
	);
const refused: Failure = { kind: 'refused', message: 'Refused', httpCode: 422 };
const valid = { lead: 0 };
const idOf = (itemIndex: number) => `L-${1000 + itemIndex}`;
const unnamed = () => undefined;
const many = <Value>(count: number, value: (index: number) => Value) =>
	Array.from({ length: count }, (_, index) => value(index));

describe('invalidItemsError', () => {
	it('names the only invalid item and what to do', () => {
		const error = invalidItemsError(fakeContext(), [valid, valid, emptyPhone], unnamed);
		expect(error).toMatchObject({
			message: 'Phone Number is empty [item 2]',
			description: 'Fill it in. Nothing was sent',
			context: { itemIndex: 2 },
		});
		expect(invalidItemsError(fakeContext(), [valid, badState('"XX"')], idOf)).toMatchObject({
			message: 'State: "XX" is not a US state [item 1, L-1001]',
		});
	});

	it('groups items by the reason, whatever the values are, and names them by their IDs', () => {
		const { message, description, context } = invalidItemsError(
			fakeContext(),
			[valid, badState('"XX"'), emptyPhone, badState('"YY"'), emptyRow, emptyPhone, valid, valid],
			(index) => (index === 3 ? undefined : idOf(index)),
		);
		expect(message).toBe('Nothing was sent: 4 of 7 items have problems');
		expect(description).toBe(
			'State is not a US state: items 1 (L-1001), 3. Phone Number is empty: items 2 (L-1002), 5 (L-1005). ' +
				'Items count from 0, so item 0 is the first row. ' +
				'Fix these rows, or set Settings > On Error to Continue to send the other 3',
		);
		expect(context.itemIndex).toBeUndefined();
	});

	it('keeps the value and the advice of a reason', () => {
		const { description } = invalidItemsError(
			fakeContext(),
			[lettersIn('"n/a"'), valid, badState('"XX"'), lettersIn('"Ann"'), valid, valid],
			unnamed,
		);
		expect(description).toMatch(
			/^Phone Number is not a phone number: it contains letters: items 0, 3\. Example: \+1 509-555-1234\. State: "XX" is not a US state: item 2\. Items count/,
		);
	});

	it('lists ten items of a reason and counts the others, and hides no reason', () => {
		const { description = '' } = invalidItemsError(
			fakeContext(),
			[
				...many(12, () => emptyPhone),
				...many(12, () => badState('"XX"')),
				refused,
				...many(30, () => valid),
			],
			unnamed,
		);
		expect(description).toContain(
			'Phone Number is empty: items 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more.',
		);
		expect(description).toContain('State is not a US state: items 12, 13');
		expect(description).toContain('Refused: item 24.');
	});

	it('stays short whatever the reasons are', () => {
		const reasons = many(200, (index) => invalidItem(new Error(`${'x'.repeat(500)} ${index}`)));
		const { description = '' } = invalidItemsError(fakeContext(), reasons, () => 'n'.repeat(500));
		expect(description).toContain('and 175 items with other reasons');
		expect(description?.length).toBeLessThan(12_000);
	});

	it.each([
		[
			many(60, () => emptyPhone),
			'Phone Number is empty in all 60 items: is the right column in this field?',
		],
		[
			[...many(57, () => emptyPhone), ...many(3, () => valid)],
			'Phone Number is empty in 57 of 60 items: is the right column in this field?',
		],
		[
			[...many(30, () => lettersIn('"Ann"')), ...many(30, () => emptyPhone)],
			'Phone Number cannot be used in all 60 items: is the right column in this field?',
		],
	])('asks for the column of a field that nearly all items fail in (%#)', (prepared, question) => {
		const description = String(invalidItemsError(fakeContext(), prepared, idOf).description);
		expect(description.startsWith(question)).toBe(true);
		const hasValid = prepared.some((entry) => 'lead' in entry);
		expect(description.includes('On Error')).toBe(hasValid);
	});

	it('does not ask for a column because of two rows, or of one row in two', () => {
		for (const prepared of [
			[emptyPhone, emptyPhone],
			many(60, (index) => (index % 2 ? valid : emptyPhone)),
		]) {
			expect(invalidItemsError(fakeContext(), prepared, idOf).description).not.toContain('column');
		}
	});

	it('says one cause for all items once', () => {
		const wrongVersion = invalidItem(new InvalidInputError('Needs API v4', 'Use Disable'));
		expect(
			invalidItemsError(
				fakeContext(),
				many(40, () => wrongVersion),
				idOf,
			),
		).toMatchObject({
			message: 'Needs API v4',
			description: 'Use Disable. It is the same for all 40 items. Nothing was sent',
		});
	});
});

describe('failedRunError', () => {
	const names = { nameOf: idOf, newRun: 'In a new run they come out as duplicates' };

	it('names the first item that failed itself, and counts what was sent before', () => {
		const error = failedRunError(
			fakeContext(),
			[created(0), notStarted, refused, notStarted],
			names,
		);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({ message: 'Refused [item 2, L-1002]', httpCode: '422' });
		expect(error.description).toMatch(/^So far: 1 created, 1 refused, 2 not sent\. /);
		expect(error.description).toContain(
			'sends only the remaining ones, with the same rows. In a new run they come out as duplicates',
		);
	});

	it('lists several failures by their reasons', () => {
		const error = failedRunError(fakeContext(), [emptyPhone, refused, refused], names);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe('Phone Number is empty [item 0, L-1000]');
		expect(error.description).toContain(
			'Refused: items 1 (L-1001), 2 (L-1002). Phone Number is empty: item 0 (L-1000).',
		);
	});

	it('says one cause of several items once', () => {
		const unknownCampaign = {
			...refused,
			message: 'There is no campaign "X"',
			description: 'Check it',
		};
		const error = failedRunError(
			fakeContext(),
			many(4, () => unknownCampaign),
			names,
		);
		expect(error.message).toBe('There is no campaign "X" [4 items]');
		expect(error.description).toBe(
			'Check it. Items 0 (L-1000), 1 (L-1001), 2 (L-1002), 3 (L-1003). Items count from 0, so item 0 is the first row. So far: 4 refused',
		);
	});

	it('promises nothing about leads that were sent where none was', () => {
		const { description } = failedRunError(fakeContext(), [refused, notStarted], names);
		expect(description).toBe('So far: 1 refused, 1 not sent');
		const unknown: Failure = { ...refused, kind: 'unknown' };
		expect(failedRunError(fakeContext(), [unknown], names).description).toContain('Retry On Fail');
	});
});
