import {
	columnsOfOurNodes,
	InputColumns,
	isEmptyRow,
} from '../../../../nodes/shared/parameters/columns';
import { FAILURE_KINDS, SUCCESS_KINDS } from '../../../../nodes/shared/values/outcomeKinds';

const ROW = {
	ssn: 1,
	'notes ': 2,
	'Last, First': 3,
	'He said "hi"': 4,
	"it's": 5,
	SSN: 6,
	größe: 7,
	'\ufeffid': 8,
	'First  Name': 9,
	'7': 10,
	'a;b': 11,
};

const named = (list: unknown) => [
	...new InputColumns([{ json: {} }, { json: ROW }]).named(list, 'Exclude Columns'),
];

describe('InputColumns', () => {
	it.each<[unknown, string[]]>([
		['ssn', ['ssn', 'SSN']],
		['SSN', ['ssn', 'SSN']],
		['notes', ['notes ']],
		[' Notes ,', ['notes ']],
		['ssn; notes', ['ssn', 'SSN', 'notes ']],
		['ssn\nnotes', ['ssn', 'SSN', 'notes ']],
		['ssn\r\nnotes\r\n', ['ssn', 'SSN', 'notes ']],
		['ssn\tnotes', ['ssn', 'SSN', 'notes ']],
		['ssn,,; ,notes', ['ssn', 'SSN', 'notes ']],
		['"ssn"', ['ssn', 'SSN']],
		['"ssn", "notes"', ['ssn', 'SSN', 'notes ']],
		["'ssn'; 'notes'", ['ssn', 'SSN', 'notes ']],
		['“ssn”, „notes“', ['ssn', 'SSN', 'notes ']],
		['"Last, First"', ['Last, First']],
		['"last, first", ssn', ['Last, First', 'ssn', 'SSN']],
		["'Last, First'", ['Last, First']],
		['"He said ""hi"""', ['He said "hi"']],
		['He said "hi"', ['He said "hi"']],
		["it's, id", ["it's", '\ufeffid']],
		['"a;b"', ['a;b']],
		['GRÖßE', ['größe']],
		['gro\u0308ße', ['größe']],
		['\u200bid\u00a0', ['\ufeffid']],
		['first name', ['First  Name']],
		[7, ['7']],
		[
			['Last, First', 'SSN'],
			['Last, First', 'ssn', 'SSN'],
		],
		['["Last, First", "ssn"]', ['Last, First', 'ssn', 'SSN']],
		['', []],
		['  ', []],
		[' , ;', []],
		[null, []],
		[undefined, []],
		[[], []],
	])('%j names %j', (list, columns) => {
		expect(named(list)).toEqual(columns);
	});

	it.each([
		['nots', 'no item has a column "nots". The nearest: "notes"'],
		['Last, First', 'no item has a column "Last". The nearest: "Last, First"'],
		['ssn | notes', 'no item has a column "ssn | notes". The nearest: "ssn", "SSN", "notes"'],
		['zzzzzz', 'no item has a column "zzzzzz". The columns: "7", "ssn", "SSN", '],
		['__proto__', 'no item has a column "__proto__"'],
		['toString', 'no item has a column "toString"'],
		['constructor', 'no item has a column "constructor"'],
		[{ ssn: true }, '"object" is not the name of a column'],
		[[['ssn']], '"list" is not the name of a column'],
		[['ssn', null], '"null" is not the name of a column'],
	])('refuses %j', (list, message) => {
		expect(() => named(list)).toThrow(`Exclude Columns: ${message}`);
	});

	it('says when there is no column at all', () => {
		expect(() => new InputColumns([]).named('ssn', 'Exclude Columns')).toThrow('The columns: none');
	});
});

describe('columnsOfOurNodes', () => {
	const details = { outcome: 'refused', itemIndex: 0, description: 'x' };

	it.each(FAILURE_KINDS)('finds those of a failure: %s', (outcome) => {
		const row = { phone: '1', error: 'Refused', details: { ...details, outcome } };
		expect([...columnsOfOurNodes(row)]).toEqual(['error', 'details']);
		const asText = { ...row, details: JSON.stringify(row.details) };
		expect([...columnsOfOurNodes(asText)]).toEqual(['error', 'details']);
	});

	it.each(SUCCESS_KINDS)('finds those of a success: %s', (outcome) => {
		expect(columnsOfOurNodes({ outcome, leadId: 1 }).has('outcome')).toBe(true);
		expect(columnsOfOurNodes({ outcome, leadId: 1 }).has('leadId')).toBe(false);
	});

	it.each(FAILURE_KINDS)('finds those of a failure by its first columns: %s', (outcome) => {
		const row = { outcome, error: 'Refused', itemIndex: 3, note: 'call late', phone: '1' };
		expect([...columnsOfOurNodes(row)]).toEqual(['outcome', 'error', 'itemIndex']);
		const withDetails = { ...row, details: { ...details, outcome } };
		expect([...columnsOfOurNodes(withDetails)]).toContain('details');
	});

	it("leaves the user's own columns after ours", () => {
		const row = { outcome: 'created', note: 'ours', itemIndex: 3, phone: '1' };
		expect([...columnsOfOurNodes(row)]).toEqual(['outcome', 'note', 'itemIndex']);
		const own = { outcome: 'created', itemIndex: 3, phone: '1', note: 'call late' };
		expect([...columnsOfOurNodes(own)]).toEqual(['outcome', 'itemIndex']);
	});

	it.each([
		{ error: 'engine light is on', details: 'sedan' },
		{ outcome: 'refused', details: 'by phone', error: 'E42' },
		{ error: 'E42' },
		{ error: 'E42', details: { outcome: 'refused' } },
		{ error: 'E42', details: { outcome: 'lost', itemIndex: 0 } },
		{ error: 42, details },
		{ details },
		{ phone: '1', outcome: 'created' },
		{ outcome: 'won', note: 'call again' },
		{ note: 'x', details: '{"broken' },
	])("leaves a user's own columns: %j", (row) => {
		expect(columnsOfOurNodes(row).size).toBe(0);
	});
});

describe('isEmptyRow', () => {
	const used = new Set(['phone', 'note']);

	it.each([
		{ phone: '' },
		{ row_number: 7, phone: null, state: ' ' },
		{ outcome: 'skipped', note: 'The row is empty' },
		{ outcome: 'skipped', note: 'The row is empty', phone: '' },
	])('recognizes %j', (row) => {
		expect(isEmptyRow(row, used, () => false)).toBe(true);
	});

	it.each([
		{},
		{ row_number: 7 },
		{ state: '' },
		{ phone: '', state: 'CA' },
		{ outcome: 'skipped', note: 'The row is empty', phone: '1' },
		{ outcome: 'notFound', note: 'x', phone: '', leadId: 4 },
		{ phone: 0 },
	])('leaves %j', (row) => {
		expect(isEmptyRow(row, used, () => false)).toBe(false);
	});

	it('recognizes an item without columns in a list', () => {
		expect([{}, { row_number: 7 }].map((row) => isEmptyRow(row, used, () => true))).toEqual([
			true,
			true,
		]);
		expect(isEmptyRow({ state: '' }, used, () => true)).toBe(false);
	});
});
