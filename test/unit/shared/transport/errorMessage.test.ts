import fc from 'fast-check';
import {
	extractErrorMessage,
	extractMainMessage,
} from '../../../../nodes/shared/transport/errorMessage';

const nested = (depth: number): unknown => (depth === 0 ? 'deep' : { a: nested(depth - 1) });

describe('extractErrorMessage', () => {
	it.each([
		[{ message: 'Wrong' }, 'Wrong'],
		[{ detail: 'Wrong' }, 'Wrong'],
		[{ title: 'Bad Request', message: 'Wrong' }, 'Wrong'],
		[{ error: 'invalid_grant', error_description: 'Expired' }, 'Expired'],
		[{ message: 'Wrong', errors: { phone: ['Too short'] } }, 'Wrong; phone: Too short'],
		[{ errors: ['First', 'Second'] }, 'First; Second'],
		[{ errors: [{ field: 'phone', code: 7 }] }, 'field: phone; code: 7'],
		[{ phone_number: ['Enter a valid number'] }, 'phone_number: Enter a valid number'],
		[['First', { phone: 'Second' }], 'First; phone: Second'],
		['Wrong', 'Wrong'],
		[nested(4), 'a: deep'],
		[nested(5), undefined],
		[{}, undefined],
		[[], undefined],
		['', undefined],
		[null, undefined],
		[undefined, undefined],
	])('of %j is %j', (body, expected) => {
		expect(extractErrorMessage(body)).toBe(expected);
	});

	it('is a text or undefined for any body', () => {
		fc.assert(
			fc.property(fc.anything(), (body) =>
				['string', 'undefined'].includes(typeof extractErrorMessage(body)),
			),
		);
	});
});

test('a reply of megabytes has a message of a few thousand characters', () => {
	const text = 'eyJ-'.repeat(1_000_000);
	const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`${i}`, 'x']));
	const nested = Array(30).fill(Array(30).fill({ [text]: text }));
	for (const body of [text, { message: text }, { errors: { [text]: nested } }, { errors: wide }]) {
		expect(extractErrorMessage(body)?.length ?? 0).toBeLessThan(5_000_000);
		expect(extractMainMessage(body)?.length ?? 0).toBeLessThanOrEqual(2_000);
	}
});
