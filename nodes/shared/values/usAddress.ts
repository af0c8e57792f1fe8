/** Two-letter codes (ANSI, USPS) of the states, the District of Columbia and the inhabited territories. */
export const US_STATES: Readonly<Record<string, string>> = Object.fromEntries(
	`
	AL Alabama, AK Alaska, AS American Samoa, AZ Arizona, AR Arkansas, CA California,
	CO Colorado, CT Connecticut, DE Delaware, DC District of Columbia, FL Florida,
	GA Georgia, GU Guam, HI Hawaii, ID Idaho, IL Illinois, IN Indiana, IA Iowa, KS Kansas,
	KY Kentucky, LA Louisiana, ME Maine, MD Maryland, MA Massachusetts, MI Michigan,
	MN Minnesota, MS Mississippi, MO Missouri, MT Montana, NE Nebraska, NV Nevada,
	NH New Hampshire, NJ New Jersey, NM New Mexico, NY New York, NC North Carolina,
	ND North Dakota, MP Northern Mariana Islands, OH Ohio, OK Oklahoma, OR Oregon,
	PA Pennsylvania, PR Puerto Rico, RI Rhode Island, SC South Carolina, SD South Dakota,
	TN Tennessee, TX Texas, UT Utah, VT Vermont, VI U.S. Virgin Islands, VA Virginia,
	WA Washington, WV West Virginia, WI Wisconsin, WY Wyoming
	`
		.split(',')
		.map((state) => state.trim())
		.map((state) => [state.slice(0, 2), state.slice(3)]),
);

/** Every name of a state is far shorter; longer texts are not read. */
const MAX_LENGTH = 60;

/** The ZIP codes in use go from 00501 (Holtsville, New York) to 99950 (Ketchikan, Alaska). */
const LOWEST_ZIP = 501;
const HIGHEST_ZIP = 99_950;

/** The countries of addresses with ZIP codes that may begin with a zero, as letters. */
const ZIP_COUNTRIES: ReadonlySet<string> = new Set(
	'US USA UNITEDSTATES UNITEDSTATESOFAMERICA THEUNITEDSTATES THEUNITEDSTATESOFAMERICA PR PUERTORICO VI USVIRGINISLANDS'.split(
		' ',
	),
);

/** The first three digits of the ZIP codes that begin with a zero, by state (USPS). */
const LOW_ZIPS: Readonly<Record<string, RegExp>> = {
	CT: /^06/,
	MA: /^0(?:1|2[0-7]|55)/,
	ME: /^0(?:39|4)/,
	NH: /^03[0-8]/,
	NJ: /^0[78]/,
	NY: /^0(?:05|63)/,
	PR: /^00[679]/,
	RI: /^02[89]/,
	VI: /^008/,
	VT: /^05(?!5)/,
};

/** The abbreviations before the two-letter codes. None of two letters: some of those are other states today. */
const TRADITIONAL = `
	AL Ala, AK Alas, AZ Ariz, AR Ark, CA Cal, CA Calif, CO Colo, CT Conn, DE Del, FL Fla, ID Ida, IL Ill, IL Ills, IN Ind,
	KS Kan, KS Kans, MA Mass, MI Mich, MN Minn, MS Miss, MT Mont, NC N. Car, ND N. Dak, NE Neb, NE Nebr, NV Nev, NM N. Mex,
	OK Okla, OR Ore, OR Oreg, PA Penn, PA Penna, SC S. Car, SD S. Dak, TN Tenn, TX Tex, WA Wash, WV W. Va, WI Wis, WI Wisc,
	WY Wyo`;

/** Codes by the letters of a code or a name. */
const CODES = new Map<string, string>([
	...Object.entries(US_STATES).flatMap(
		([code, name]): Array<[string, string]> => [
			[code, code],
			[letters(name), code],
		],
	),
	...TRADITIONAL.split(',').map((entry): [string, string] => {
		const [code = '', ...abbreviation] = entry.trim().split(' ');
		return [letters(abbreviation.join('')), code];
	}),
	['VIRGINISLANDS', 'VI'],
	['USVIRGINISLANDS', 'VI'],
	['UNITEDSTATESVIRGINISLANDS', 'VI'],
	['WASHINGTONDC', 'DC'],
]);

function letters(text: string): string {
	return text
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[\s.,_-]/g, '');
}

/** The two-letter code of a state or territory, by its code (any case, dots, `US-`), its name, or an abbreviation (`Calif.`). */
export function readUsState(input: unknown): string | undefined {
	if (typeof input !== 'string' || input.length > MAX_LENGTH) return undefined;
	return CODES.get(letters(input.trim().replace(/^us-/i, '')));
}

/** True if a country has the ZIP codes of the United States. */
export function hasUsZips(country: string): boolean {
	return country.length <= MAX_LENGTH && ZIP_COUNTRIES.has(letters(country));
}

/** True if a ZIP code that begins with a zero is one of this state. */
export function isLowZipOf(state: string | undefined, zip: string): boolean {
	return LOW_ZIPS[readUsState(state) ?? '']?.test(zip) === true;
}

/**
 * Reads a ZIP or ZIP+4 code, also as the number that a spreadsheet makes of it (2134 is 02134).
 * @returns `02134` or `02134-1234`, or undefined if it is no ZIP code
 */
export function readUsZip(input: unknown): string | undefined {
	const text = typeof input === 'number' ? String(input) : input;
	if (typeof text !== 'string' || text.length > MAX_LENGTH) return undefined;
	const parts =
		/^['\u2019]?(?:(\d{3,5})(?:\s?-\s?(\d{4})|\s?-|\s(\d{4}))?|(\d{7,9}))(?:\.0+)?$/.exec(
			text
				.normalize('NFKC')
				.trim()
				.replace(/[\u2010-\u2015\u2212]/g, '-'),
		);
	if (!parts) return undefined;
	const [, zip, afterHyphen, afterSpace, joined] = parts;
	const digits = joined?.padStart(9, '0');
	const five = digits?.slice(0, 5) ?? zip?.padStart(5, '0');
	const four = digits?.slice(5) ?? afterHyphen ?? afterSpace;
	if (five === undefined || Number(five) < LOWEST_ZIP || Number(five) > HIGHEST_ZIP) {
		return undefined;
	}
	return four === undefined ? five : `${five}-${four}`;
}
