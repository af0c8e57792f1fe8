import { toItems } from '../../nodes/shared/actions/outcome/toItems';
import { contractText, missingFrom, presentContract, recordedContract, together } from './contract';
import { byOrigin } from './storedState';

const { described: recorded } = byOrigin(recordedContract());
const present = presentContract();

describe('the contract with stored workflows', () => {
	it('has every recorded name (if not, see docs/releasing.md)', () => {
		expect(missingFrom(recorded, present)).toEqual([]);
	});

	it('holds all there is (`npm run contract` adds what is new)', () => {
		expect(missingFrom(present, recorded)).toEqual([]);
	});

	it('covers nodes, operations, fields inside of fields, and credentials', () => {
		expect(recorded).toMatchObject({
			package: ['n8n-nodes-lead-dispatch'],
			'nodes › aktify › lead › operation': expect.arrayContaining(['value "disable"']),
			'nodes › autocalls › lead.create › secondaryContacts.contact.phoneNumber': [
				'default ""',
				'type string',
			],
			'nodes › squadVoice › lead.create › options.phoneCheck': expect.arrayContaining([
				'default "possible"',
				'value "e164Shape"',
			]),
			'credentials › leadDispatchCloseOAuth2Api': expect.arrayContaining(['extends oAuth2Api']),
		});
	});
});

describe('an item that comes out', () => {
	it('has its outcome under the same names for good', () => {
		const output = { includeIndex: true, includeInput: true, hasErrorOutput: false };
		const row = { phone: '1' };
		expect(toItems({ kind: 'created', data: { leadId: '7' } }, 3, row, output)).toEqual([
			{
				json: { outcome: 'created', leadId: '7', itemIndex: 3, phone: '1' },
				pairedItem: { item: 3 },
			},
		]);
		const failure = { kind: 'refused', message: 'No', httpCode: 422 } as const;
		const details = { description: 'Fix it', vendorMessage: 'bad' };
		expect(toItems({ ...failure, ...details }, 3, row, output)).toEqual([
			{
				json: {
					outcome: 'refused',
					error: 'No',
					itemIndex: 3,
					phone: '1',
					details: {
						outcome: 'refused',
						itemIndex: 3,
						description: 'Fix it',
						httpCode: 422,
						vendorMessage: 'bad',
					},
				},
				pairedItem: { item: 3 },
			},
		]);
	});
});

describe('this gate', () => {
	const before = {
		'nodes › a › x': ['type options', 'value "one"', 'value "two"'],
		outcomes: ['created'],
	};

	it('sees a value, a default and a whole parameter that went', () => {
		const after = { 'nodes › a › x': ['type options', 'value "one"'] };
		expect(missingFrom(before, after)).toEqual([
			'nodes › a › x: value "two"',
			'outcomes (all of it)',
		]);
	});

	it('does not mind what is added', () => {
		expect(missingFrom(before, together(before, { 'nodes › a › y': ['type string'] }))).toEqual([]);
	});

	it('writes what it can read', () => {
		expect(JSON.parse(contractText(before))).toEqual(before);
	});
});
