import {
	hasUsZips,
	isLowZipOf,
	readUsState,
	readUsZip,
	US_STATES,
} from '../../../../nodes/shared/values/usAddress';

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
		['ＣＡ', 'CA'],
		['Virgin Islands', 'VI'],
		['US Virgin Islands', 'VI'],
	])('reads %s as %s', (text, code) => {
		expect(readUsState(text)).toBe(code);
	});

	// The abbreviations of 1874 and 1943 (United States Official Postal Guide), and those of newspapers.
	it.each(
		Object.entries({
			AL: 'Ala.',
			AK: 'Alas.',
			AZ: 'Ariz.',
			AR: 'Ark.',
			CA: 'Calif. Cal.',
			CO: 'Colo.',
			CT: 'Conn.',
			DE: 'Del.',
			DC: 'D.C.',
			FL: 'Fla.',
			GA: 'Ga.',
			ID: 'Ida.',
			IL: 'Ill. Ills.',
			IN: 'Ind.',
			KS: 'Kans. Kan.',
			KY: 'Ky.',
			LA: 'La.',
			ME: 'Me.',
			MD: 'Md.',
			MA: 'Mass.',
			MI: 'Mich.',
			MN: 'Minn.',
			MS: 'Miss.',
			MO: 'Mo.',
			MT: 'Mont.',
			NE: 'Nebr. Neb.',
			NV: 'Nev.',
			NH: 'N.H.',
			NJ: 'N.J.',
			NM: 'N.Mex. N.M.',
			NY: 'N.Y.',
			NC: 'N.C. N.Car.',
			ND: 'N.Dak. N.D.',
			OK: 'Okla.',
			OR: 'Oreg. Ore.',
			PA: 'Penn. Penna. Pa.',
			PR: 'P.R.',
			RI: 'R.I.',
			SC: 'S.C. S.Car.',
			SD: 'S.Dak. S.D.',
			TN: 'Tenn.',
			TX: 'Tex.',
			VT: 'Vt.',
			VA: 'Va.',
			VI: 'V.I.',
			WA: 'Wash.',
			WV: 'W.Va.',
			WI: 'Wis. Wisc.',
			WY: 'Wyo.',
		}).flatMap(([code, texts]) => texts.split(' ').map((text) => [text, code])),
	)('reads the traditional %s as %s', (text, code) => {
		for (const spelled of [text, text.replaceAll('.', ''), text.toUpperCase()]) {
			expect(readUsState(spelled)).toBe(code);
		}
		expect(readUsState(text.replaceAll('.', '. '))).toBe(code);
	});

	it.each(['Col.', 'Ken.', 'Virg.', 'NB', 'CZ', 'Dak.', 'Ont.', 'Mex.', 'Car.'])(
		'rejects %s, which may be something else',
		(text) => {
			expect(readUsState(text)).toBeUndefined();
		},
	);

	it.each([
		['', 'ZZ', 'UM', 'California!', 'Ontario', 'C', 'CALI', 'constructor', '__proto__'],
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
		[21391234, '02139-1234'],
		['21391234', '02139-1234'],
		['21391234.0', '02139-1234'],
		['02139.0', '02139'],
		[2139.0, '02139'],
		['02139-', '02139'],
		['2139 -', '02139'],
		['02139\u20131234', '02139-1234'],
		['\u201902139', '02139'],
		['００５０１', '00501'],
		['99950', '99950'],
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
			'-90210',
			'99951',
			'2.139',
			'2,139',
			'2.139E+03',
			'213.5',
			'211234',
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

describe('addresses of a country', () => {
	it.each([
		'US',
		'us',
		'USA',
		'U.S.A.',
		'United States',
		'united states of america',
		'Puerto Rico',
	])('%s has ZIP codes', (country) => {
		expect(hasUsZips(country)).toBe(true);
	});

	it.each(['', 'DE', 'Denmark', 'CA', 'UM', 'constructor', 'US'.repeat(1e6)])(
		'%s has none',
		(country) => {
			expect(hasUsZips(country)).toBe(false);
		},
	);

	it.each([
		['MA', '02139', true],
		['Massachusetts', '01001', true],
		['MA', '05544', true],
		['VT', '05544', false],
		['NJ', '08901', true],
		['NY', '00501', true],
		['PR', '00901', true],
		['MA', '06500-0000', false], // Maranhão's 65000-000
		['WA', '06000', false], // Perth's 6000
		['CA', '90210', false],
		['Bayern', '02139', false],
		[undefined, '02139', false],
	])('of %s: %s is a ZIP code that begins with a zero: %s', (state, zip, expected) => {
		expect(isLowZipOf(state, zip)).toBe(expected);
	});
});
