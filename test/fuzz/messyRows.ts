import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Value } from './values';

/** How surely a spelling says what it means. */
export type Clarity =
	/** It has to be read as what it means. */
	| 'clear'
	/** It may be refused, but must not be read as anything else. */
	| 'doubtful'
	/** It means nothing, or has lost what it meant: it has to be refused. */
	| 'unreadable'
	/** It is empty: to be refused where the column is required. */
	| 'blank';

/** A cell, and how surely it says what it means. */
export interface Cell {
	value: Value;
	clarity: Clarity;
}

/** The country of a list, and of a number in it. */
export type Country = 'US' | 'IN' | 'GB' | 'NO' | 'DK' | 'SG';

const CODES: Record<Country, string> = {
	US: '1',
	IN: '91',
	GB: '44',
	NO: '47',
	DK: '45',
	SG: '65',
};

/** Area codes that begin like the code of another country, so that a digit too many makes a number there; and some that do not. */
const AREAS = '206 336 614 407 323 479 659 352 334 316 432 463 484 415 303 850 212 702'.split(' ');
/** The start of a valid number of each country. */
const PREFIXES: Record<Country, string[]> = {
	US: AREAS,
	IN: ['98', '99', '91', '70', '86'],
	GB: ['1843', '7400', '2079'],
	NO: ['4', '9', '99'],
	DK: ['82', '20', '61'],
	SG: ['9', '8', '65'],
};
const LENGTHS: Record<Country, number> = { US: 10, IN: 10, GB: 10, NO: 8, DK: 8, SG: 8 };

/** A true number: the country, and its digits there. */
export interface TrueNumber {
	country: Country;
	national: string;
}

const e164Of = ({ country, national }: TrueNumber) => `+${CODES[country]}${national}`;

/** A valid number of a country. */
function trueNumber(country: Country): fc.Arbitrary<TrueNumber> {
	return fc
		.tuple(fc.constantFrom(...PREFIXES[country]), fc.integer({ min: 0, max: 999_999_999 }))
		.map(([prefix, seed]) => {
			const rest = LENGTHS[country] - prefix.length;
			const digits = String(seed)
				.padStart(9, '0')
				.slice(9 - rest);
			// In North America an exchange starts with 2 to 9 and does not end in 11.
			const isUs = country === 'US';
			return {
				country,
				national: prefix + (isUs ? `5${digits.slice(1, 2)}7${digits.slice(3)}` : digits),
			};
		});
}

const cut = (digits: string, ...at: number[]) =>
	[0, ...at].map((start, index) => digits.slice(start, at[index] ?? digits.length));
const wide = (text: string) =>
	text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
const clear = (value: Value): Cell => ({ value, clarity: 'clear' });
const doubtful = (value: Value): Cell => ({ value, clarity: 'doubtful' });
const unreadable = (value: Value): Cell => ({ value, clarity: 'unreadable' });
const blanks = ['', ' ', '\u200b', '\u00a0', null, [], ['']].map(
	(value): Cell => ({ value, clarity: 'blank' }),
);

/** The spellings of a number with its country code, which any list may have. */
function internationalCells({ country, national }: TrueNumber): Cell[] {
	const code = CODES[country];
	const [first = '', middle = '', last = ''] = cut(national, 3, 6);
	return [
		clear(`+${code}${national}`),
		clear(`+${code} ${first} ${middle} ${last}`),
		clear(`+${code}-${first}-${middle}-${last}`),
		clear(`+${code} (${first}) ${middle}.${last}`),
		clear(`tel:+${code}${national}`),
		clear(` +${code}${national}\u00a0`),
		clear(`\u202a+${code}${national}\u202c`),
		clear(`\ufeff+${code} ${first}\u200b${middle}\u2011${last}`),
		clear([`+${code}${national}`]),
		doubtful(`="+${code}${national}"`),
		doubtful(`'+${code}${national}`),
		doubtful(wide(`+${code}${national}`)),
		doubtful(`00${code}${national}`),
		// Before ten digits, 011 may also be meant for a number of the list's own country.
		...(national.length + code.length === 10 ? [] : [doubtful(`011${code}${national}`)]),
		doubtful(`+${code} (0)${national}`),
		doubtful(`+${code}${national} ext. 5`),
		doubtful(`+${code}${national}x12`),
		doubtful(`+${code}${national};ext=7`),
		doubtful(`+${code}${national} 5`),
		doubtful(`+${code}${national}5`),
		doubtful(`Mobile: +${code}${national}`),
		doubtful(`+${code}${national} (Ann)`),
	];
}

/** The spellings of a list whose country is that of the number. */
function homeCells({ country, national }: TrueNumber): Cell[] {
	const code = CODES[country];
	const [first = '', middle = '', last = ''] = cut(national, 3, 6);
	const pretty = `(${first}) ${middle}-${last}`;
	return [
		clear(national),
		clear(pretty),
		clear(`${first}-${middle}-${last}`),
		clear(`${first}.${middle}.${last}`),
		clear(Number(national)),
		clear(`${code}${national}`),
		clear(Number(`${code}${national}`)),
		clear(`\u200b${first}\u00a0${middle} ${last}\ufe0f`),
		doubtful(`="${national}"`),
		doubtful(`'${national}`),
		doubtful(`${national}.0`),
		doubtful(wide(national)),
		doubtful(`${code} ${code} ${national}`),
		doubtful(`${pretty} 5`),
		doubtful(`${pretty}5`),
		doubtful(`${national}5`),
		doubtful(Number(`${national}5`)),
		doubtful(`${pretty} (2)`),
		doubtful(`${national}-2`),
		doubtful(`${national}/2`),
		doubtful(`${pretty} x5`),
		doubtful(`${pretty}ext5`),
		doubtful(`${pretty} #12`),
		doubtful(`${national}x`),
		doubtful(`${Number(national).toLocaleString('en-US')}`),
		doubtful(`0${national}`),
		doubtful(`0${code}${national}`),
		doubtful([pretty, '']),
	];
}

const unreadableCells = ({ country, national }: TrueNumber, other: TrueNumber): Cell[] => [
	unreadable(Number(national).toExponential(5)),
	unreadable(Number(`${CODES[country]}${national}`).toExponential(4).replace('e', 'E')),
	unreadable(national.slice(0, -3)),
	unreadable(`+${CODES[country]}${national} / ${e164Of(other)}`),
	unreadable(`${national}, ${other.national}`),
	unreadable(`${national} or ${other.national}`),
	unreadable(`+${CODES[country]}${national}${other.national}`),
	unreadable([e164Of({ country, national }), e164Of(other)]),
	...['-', 'N/A', '#N/A', 'none', 'unknown', '?', '[object Object]'].map(unreadable),
	...[true, {}, -5, 1.5, 0].map(unreadable),
	...blanks,
];

/** A cell with a number in it. @param home the country of the list; undefined where the node is told none */
function phoneCells(number: TrueNumber, other: TrueNumber, home: Country | undefined): Cell[] {
	const isHome = home === number.country;
	const foreign = internationalCells(number);
	if (!isHome && number.country !== 'US') {
		// Bare digits that are too many for the list's country, or for any without its code.
		if (number.country === 'GB' || number.country === 'IN') {
			foreign.push(doubtful(`${CODES[number.country]}${number.national}`));
		}
	}
	// Without a country, national digits mean this number only to the person who wrote them.
	const national = homeCells(number).map((cell) => (isHome ? cell : doubtful(cell.value)));
	const home_ = isHome || home === undefined ? national : [];
	return [...foreign, ...home_, ...unreadableCells(number, other)];
}

/** Text with the dirt that copying leaves around it. */
const dirty = (text: string): Value[] => [
	text,
	` ${text} `,
	`\u00a0${text}`,
	`\ufeff${text}\u200b`,
	`\u200e${text}\u200f`,
	`${text}\r\n`,
	[text],
];

/** An ID as spreadsheets spell it. */
function idCells(id: string): Cell[] {
	const isNumber = /^[1-9]\d*$/.test(id);
	const number = Number(id);
	return [
		...dirty(id).map(clear),
		doubtful(`="${id}"`),
		...(isNumber
			? [
					Number.isSafeInteger(number) ? clear(number) : unreadable(number),
					doubtful(`${id}.0`),
					doubtful(`'${id}`),
					unreadable(number.toExponential(2)),
					unreadable(number.toExponential(3).toUpperCase()),
				]
			: []),
		...['#N/A', '#REF!', true, 1.5, ['a', 'b'], {}].map(unreadable),
		...blanks,
	];
}

/** The day of a row: some day of 2026, at noon in UTC. */
const dayOf = (index: number) => Date.UTC(2026, 1 + (index % 10), 13 + (index % 7), 12);
const SPREADSHEET_START = Date.UTC(1899, 11, 30);

/** Spellings of a day; only a serial number has lost nothing but the clarity of what it is. */
function dateCells(dayMs: number): Cell[] {
	const iso = new Date(dayMs).toISOString();
	const serial = Math.floor((dayMs - SPREADSHEET_START) / 86_400_000);
	return [
		clear(iso),
		clear(iso.slice(0, 10)),
		clear(new Date(dayMs)),
		clear(` ${iso.slice(0, 10)}\u200b`),
		doubtful(serial),
		doubtful(serial + 0.5),
		doubtful(String(serial)),
		doubtful(dayMs),
		doubtful(dayMs / 1000),
		doubtful(new Date(dayMs).toUTCString()),
		doubtful([iso]),
		unreadable('07/02/2026'),
		unreadable('soon'),
	];
}

/** What a row means; its cells are spelled in the worst ways. */
export interface MessyRow {
	/** The columns, as they come in. */
	item: IDataObject;
	/** E.164. */
	phone: string;
	id: string;
	/** Names this row only. */
	name: string;
	email: string;
	note: string;
	dayMs: number;
	/** How surely each column says what it means. */
	clarity: Record<'phone' | 'id' | 'date', Clarity>;
	hasDate: boolean;
	/** Its number is one of the list's own country. */
	isHome: boolean;
}

const STATES: Value[] = ['CA', 'california', ' CA ', ['CA'], 'ca\u200b', 'California'];
const take = <T>(values: readonly T[], index: number): T => {
	const value = values[index % values.length];
	if (value === undefined) throw new Error('Nothing to take from');
	return value;
};

/** Picks for one row; which person it is, and which spelling each cell has. */
const picks = fc.record({
	person: fc.integer({ min: 0, max: 2 }),
	phone: fc.nat({ max: 500 }),
	id: fc.nat({ max: 100 }),
	date: fc.nat({ max: 100 }),
	hasDate: fc.boolean(),
	dirt: fc.nat({ max: 100 }),
	state: fc.nat({ max: 100 }),
	/** Most rows have only one damaged column, so that most are sent. */
	damaged: fc.constantFrom('none', 'phone', 'phone', 'phone', 'id', 'date', 'all'),
	isEmpty: fc.boolean().chain((maybe) => (maybe ? fc.boolean() : fc.constant(false))),
});

/** Rows of a list: people of one country or of several, some of them twice with other data. */
export function messyRows(
	home: Country | undefined,
	idOf: (person: number) => string,
): fc.Arbitrary<MessyRow[]> {
	const country = fc.constantFrom<Country>(
		home ?? 'US',
		home ?? 'US',
		'US',
		'GB',
		'NO',
		'DK',
		'SG',
		'IN',
	);
	const people = fc.array(country.chain(trueNumber), { minLength: 4, maxLength: 4 });
	const rows = fc.array(picks, { minLength: 1, maxLength: 6 });
	return fc.tuple(people, rows).map(([numbers, chosen]) =>
		chosen.map((pick, index): MessyRow => {
			const number = take(numbers, pick.person);
			const other = take(numbers, pick.person + 1);
			const isDamaged = (column: string) => pick.damaged === column || pick.damaged === 'all';
			const spelled = phoneCells(number, other, home);
			const phone = isDamaged('phone') ? take(spelled, pick.phone) : take(spelled, 0);
			const ids = idCells(idOf(pick.person));
			const id = isDamaged('id') ? take(ids, pick.id) : take(ids, 0);
			const dayMs = dayOf(index);
			const dates = dateCells(dayMs);
			const date = isDamaged('date') ? take(dates, pick.date) : take(dates, 0);
			const name = `Row ${index} Quinn`;
			const email = `row${index}@example.com`;
			const note = `note of row ${index}`;
			const item: IDataObject = {
				phone: phone.value,
				id: id.value,
				name: take(dirty(name), pick.dirt),
				email: take(dirty(email), pick.dirt + 1),
				note: take(dirty(note).slice(0, -1), pick.dirt + 2),
				state: take(STATES, pick.state),
				date: pick.hasDate ? date.value : take(['', ' ', null, '\u200b'], pick.dirt),
			};
			const blank: IDataObject = { phone: '', id: null, name: ' ', email: '', note: '', state: '' };
			const isEmpty = pick.isEmpty;
			return {
				item: isEmpty ? blank : item,
				phone: e164Of(number),
				id: idOf(pick.person),
				...{ name, email, note, dayMs },
				hasDate: pick.hasDate && !isEmpty,
				isHome: number.country === home,
				clarity: {
					phone: isEmpty ? 'blank' : phone.clarity,
					id: isEmpty ? 'blank' : id.clarity,
					date: pick.hasDate ? date.clarity : 'clear',
				},
			};
		}),
	);
}
