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

/** The lowest ZIP code in use is 00501 (Holtsville, New York). */
const LOWEST_ZIP = 501;

/** Codes by the letters of a code or a name. */
const CODES = new Map<string, string>([
	...Object.entries(US_STATES).flatMap(
		([code, name]): Array<[string, string]> => [
			[code, code],
			[letters(name), code],
		],
	),
	['VIRGINISLANDS', 'VI'],
	['USVIRGINISLANDS', 'VI'],
	['UNITEDSTATESVIRGINISLANDS', 'VI'],
	['WASHINGTONDC', 'DC'],
]);

function letters(text: string): string {
	return text.toUpperCase().replace(/[\s.,_-]/g, '');
}

/** The two-letter code of a state or territory, by its code (any case, dots, `US-`) or its English name. */
export function readUsState(input: unknown): string | undefined {
	if (typeof input !== 'string' || input.length > MAX_LENGTH) return undefined;
	return CODES.get(letters(input.trim().replace(/^us-/i, '')));
}

/**
 * Reads a ZIP or ZIP+4 code, also as the number that a spreadsheet makes of it (2134 is 02134).
 * @returns `02134` or `02134-1234`, or undefined if it is no ZIP code
 */
export function readUsZip(input: unknown): string | undefined {
	const text = typeof input === 'number' ? String(input) : input;
	if (typeof text !== 'string' || text.length > MAX_LENGTH) return undefined;
	const parts = /^'?(?:(\d{3,5})(?:\s?-\s?(\d{4})|\s(\d{4}))?|(\d{6,9}))(?:\.0+)?$/.exec(
		text.trim(),
	);
	if (!parts) return undefined;
	const [, zip, afterHyphen, afterSpace, joined] = parts;
	const digits = joined?.padStart(9, '0');
	const five = digits?.slice(0, 5) ?? zip?.padStart(5, '0');
	const four = digits?.slice(5) ?? afterHyphen ?? afterSpace;
	if (five === undefined || Number(five) < LOWEST_ZIP) return undefined;
	return four === undefined ? five : `${five}-${four}`;
}
