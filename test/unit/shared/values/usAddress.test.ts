import { readUsState, readUsZip, US_STATES } from '../../../../nodes/shared/values/usAddress';

describe('US_STATES', () => {
	it('has 50 states, the District of Columbia and 5 territories', () => {
		expect(Object.keys(US_STATES)).toHaveLength(56);
		expect(new Set(Object.values(US_STATES)).size).toBe(56);
	});

	it.each(Object.entries(US_STATES))('reads %s and %s in any case', (code, name) => {
		for (const text of [code, code.toLowerCase(), ` ${code[0]}. ${code[1]}. `, `US-${code}`]) {
			expect(readUsState(text)).toBe(code);
		}
		for (const text of [name, name.toLowerCase(), name.toUpperCase(), `  ${name} `]) {
			expect(readUsState(text)).toBe(code);
		}
	});

	it.each([
		[' C.A. ', 'CA'],
		['new  york', 'NY'],
		['New-York', 'NY'],
		['north_carolina', 'NC'],
		['Washington', 'WA'],
		['Washington D.C.', 'DC'],
		['washington, dc', 'DC'],
		['D.C.', 'DC'],
		['Virgin Islands', 'VI'],
		['US Virgin Islands', 'VI'],
	])('reads %s as %s', (text, code) => {
		expect(readUsState(text)).toBe(code);
	});

	it.each([
		['', 'ZZ', 'UM', 'California!', 'Ontario', 'C', 'CAL', 'constructor', '__proto__'],
		[undefined, null, 5, {}, ['CA'], 'CA'.repeat(1e6)],
	])('rejects what is no state', (...inputs: unknown[]) => {
		expect(inputs.map(readUsState).filter((code) => code !== undefined)).toEqual([]);
	});
});

describe('readUsZip', () => {
	it.each([
		['90210', '90210'],
		[' 90210 ', '90210'],
		["'02134", '02134'],
		[90210, '90210'],
		['90210-1234', '90210-1234'],
		['90210 - 1234', '90210-1234'],
		['90210 1234', '90210-1234'],
		['902101234', '90210-1234'],
		[902101234, '90210-1234'],
		[2134, '02134'],
		['2134', '02134'],
		['2134.0', '02134'],
		['2134-1234', '02134-1234'],
		[21341234, '02134-1234'],
		[501, '00501'],
		[5011234, '00501-1234'],
	])('reads %j as %s', (input, zip) => {
		expect(readUsZip(input)).toBe(zip);
	});

	it.each(
		[
			'',
			'9021O',
			'12',
			'500',
			'00000',
			'110001', // Delhi
			'K1A 0B1',
			'90210-12',
			'90210-',
			'9021012345',
			'90210 or 90211',
			0,
			-90210,
			90210.5,
			NaN,
			1e21,
			null,
			undefined,
			{},
			'9'.repeat(1e6),
		].map((input) => [String(input).slice(0, 20), input]),
	)('rejects %s', (_shown, input) => {
		expect(readUsZip(input)).toBeUndefined();
	});
});
