import { DateTime } from 'luxon';
import {
	asNumber,
	asObjects,
	asText,
	asTexts,
	getOwn,
	isBlank,
	isObject,
	parseBody,
	toError,
	toRawOutput,
	walkStrings,
} from '../../../../nodes/shared/values/json';

it.each([
	[{}, true],
	[[], false],
	[null, false],
	['text', false],
	[undefined, false],
])('isObject of %j is %s', (value, expected) => {
	expect(isObject(value)).toBe(expected);
});

describe('getOwn', () => {
	it('finds own keys only', () => {
		expect(getOwn({ a: 1 }, 'a')).toBe(1);
		for (const key of ['toString', '__proto__', 'constructor']) {
			expect(getOwn({ a: 1 }, key)).toBeUndefined();
		}
		expect(getOwn([1], '0')).toBeUndefined();
		expect(getOwn('text', 'length')).toBeUndefined();
	});
});

it.each([undefined, null, '', ' ', '\u00A0\u200B', [], ['', null, []]])('%j is blank', (value) => {
	expect(isBlank(value)).toBe(true);
});

it.each(['a', 0, false, {}, ['', 0], new Date(0)])('%j is not blank', (value) => {
	expect(isBlank(value)).toBe(false);
});

it('lists skip entries of another type', () => {
	expect(asObjects([{ a: 1 }, null, 'x', []])).toEqual([{ a: 1 }]);
	expect(asObjects({ a: 1 })).toEqual([]);
	expect(asTexts(['a', 1, null])).toEqual(['a']);
	expect(asTexts('a')).toEqual([]);
});

it.each([
	[' a ', 'a'],
	['  ', undefined],
	[0, '0'],
	[false, 'false'],
	[12n, '12'],
	[NaN, undefined],
	[Infinity, undefined],
	[{}, undefined],
	[null, undefined],
	['\uFEFFa\u00A0b\u200B', 'a b'],
	['\u200B\u00A0', undefined],
	[new Date(0), '1970-01-01T00:00:00.000Z'],
	[new Date(NaN), undefined],
	[DateTime.fromMillis(0, { zone: 'utc' }), '1970-01-01T00:00:00.000Z'],
])('asText of %p is %p', (value, text) => {
	expect(asText(value)).toBe(text);
});

it.each([
	[1.5, 1.5],
	['12', 12],
	[' -3 ', -3],
	['', undefined],
	['1,5', undefined],
	[true, undefined],
	[NaN, undefined],
])('asNumber of %p is %p', (value, number) => {
	expect(asNumber(value)).toBe(number);
});

it('walkStrings yields every text, however deep', () => {
	expect([...walkStrings({ a: 'x', b: [1, 'y', { c: ['z'] }], d: null })]).toEqual(['x', 'y', 'z']);
});

describe('parseBody', () => {
	it.each([
		['{"a":1}', { readable: true, body: { a: 1 } }],
		['', { readable: true, body: undefined }],
		['<html>', { readable: false, body: undefined }],
		[undefined, { readable: false, body: undefined }],
		[{ a: 1 }, { readable: true, body: { a: 1 } }],
	])('of %p', (text, expected) => {
		expect(parseBody(text)).toEqual(expected);
	});

	it('does not read what is nested too deep to be written again', () => {
		const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
		expect(parseBody(nested(100)).readable).toBe(true);
		expect(parseBody(nested(102)).readable).toBe(false);
		expect(parseBody(nested(100_000)).readable).toBe(false);
	});
});

it('raw output is a copy under one key', () => {
	const record = { json: 1, when: new Date(0) };
	expect(toRawOutput(record)).toEqual({ raw: { json: 1, when: '1970-01-01T00:00:00.000Z' } });
});

it.each([
	[new Error('own'), 'own'],
	[{ message: 'of an object' }, 'of an object'],
	['text', 'text'],
	[undefined, 'Something unknown went wrong'],
])('toError of %p', (thrown, message) => {
	expect(toError(thrown).message).toBe(message);
});
