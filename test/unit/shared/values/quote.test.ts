import { quote } from '../../../../nodes/shared/values/quote';

it.each([
	['a\n b', '"a b"'],
	['x'.repeat(50), `"${'x'.repeat(40)}…"`],
	[null, '"null"'],
	[undefined, '"nothing"'],
	[{}, '"object"'],
	[['a'], '"list"'],
	[7, '"7"'],
])('%j', (value, text) => {
	expect(quote(value)).toBe(text);
});
