import type { IDataObject } from 'n8n-workflow';
import { onError } from '../../../../support/fixtures';
import { errorText, outcomesOf } from '../../../../support/results';
import { useClose } from '../../fixtures';

const { close, storedLeads, ledger } = useClose();

const SWITCHBOARD = '+1 206 200 0000';
const team = ['Ann Lee', 'Bob Ray', 'Cy Fox', 'Di Poe'].map((name) => ({
	name,
	phone: SWITCHBOARD,
	email: `${name.slice(0, 2).toLowerCase()}@acme.example`,
}));
const kinds = (result: { items: Array<{ json: IDataObject }> }) =>
	result.items.map(({ json }) => json.outcome);

describe.each([
	['in one run', false],
	['in two runs', true],
])('Close Create: who is the same person, %s', (_where, isApart) => {
	const createBoth = async (first: IDataObject, second: IDataObject, more: object = {}) => {
		if (!isApart) return await close({ items: [first, second], ...more });
		const [before, after] = [
			await close({ items: [first], ...more }),
			await close({ items: [second], ...more }),
		];
		return { ...after, items: [...before.items, ...after.items] };
	};
	const ann = { name: 'Ann Lee', phone: SWITCHBOARD, email: 'ann@acme.example' };

	it.each([
		['another name and email', { name: 'Bob Ray', email: 'bob@acme.example' }],
		['another name and no email', { name: 'Bob Ray', email: '' }],
		['another name and number, the same email', { name: 'Bob Ray', phone: '+12062000009' }],
		['a name in another script', { name: '李安', email: '' }],
		['a suffix that tells father and son apart', { name: 'Ann Lee Jr.', email: '' }],
	])('a shared value is not the same person: %s', async (_what, other) => {
		expect(kinds(await createBoth(ann, { ...ann, ...other }))).toEqual(['created', 'created']);
		expect(ledger()).toMatchObject({ held: 2 });
	});

	it.each([
		['an exact repeat', {}],
		['another spelling', { name: ' lee, ÁNN', email: '' }],
		['another email', { email: 'ann.lee@home.example' }],
		['another number', { phone: '+12062000009' }],
		['a nickname, with number and email', { name: 'Annie L.' }],
		['another format of the number', { phone: '+1 (206) 200-0000', email: '' }],
		['another case of the email', { phone: '', email: 'ANN@Acme.Example' }],
	])('the same person: %s', async (_what, other) => {
		const result = await createBoth(ann, { ...ann, ...other });
		expect(errorText(result)).toBe(' ');
		expect(kinds(result)).toEqual(['created', 'duplicate']);
		expect(ledger()).toMatchObject({ held: 1 });
	});

	it.each(['none@none.com', 'noemail@acme.com', 'no-email@x.org', 'test@test.com', 'NA@na.com'])(
		'%s belongs to no one',
		async (email) => {
			const rows = [
				{ name: 'Ann Lee', phone: SWITCHBOARD, email },
				{ name: 'Bob Ray', phone: SWITCHBOARD, email },
			];
			expect(kinds(await createBoth(rows[0] ?? {}, rows[1] ?? {}))).toEqual(['created', 'created']);
		},
	);

	it('two people of one name with a placeholder for an email are two', async () => {
		const first = { name: 'John Smith', phone: '+12062000001', email: 'noemail@noemail.com' };
		const second = { ...first, phone: '+12062000002' };
		expect(kinds(await createBoth(first, second))).toEqual(['created', 'created']);
	});

	it.each(['info@acme.example', 'office@acme.example', 'acme@acme.com'])(
		'a mailbox of the company, %s, and its number are shared by people',
		async (email) => {
			const second = { name: 'Bob Ray', phone: SWITCHBOARD, email };
			expect(kinds(await createBoth({ ...ann, email }, second))).toEqual(['created', 'created']);
		},
	);

	it('without names, a shared value is enough', async () => {
		const first = { name: '', phone: SWITCHBOARD };
		expect(kinds(await createBoth(first, { ...first, email: 'x@y.example' }))).toEqual([
			'created',
			'duplicate',
		]);
	});

	it('Any Shared Phone or Email: a shared value is enough', async () => {
		const options = { samePerson: 'sharedValue' };
		const second = { ...ann, name: 'Bob Ray', email: 'bob@acme.example' };
		const result = await createBoth(ann, second, { options });
		expect(kinds(result)).toEqual(['created', 'duplicate']);
	});
});

describe('Close: who is the same person', () => {
	it('creates everyone of a team with one number', async () => {
		expect(outcomesOf(await close({ items: team }))).toEqual({ created: 4 });
		expect(outcomesOf(await close({ items: team }))).toEqual({ duplicate: 4 });
		expect(
			storedLeads()
				.map(({ name }) => name)
				.sort(),
		).toEqual(team.map(({ name }) => name));
	});

	it('creates everyone of a company that the lead is named after', async () => {
		const parameters = { name: 'Acme' };
		expect(outcomesOf(await close({ items: team, parameters }))).toEqual({ created: 4 });
		expect(outcomesOf(await close({ items: team, parameters }))).toEqual({ duplicate: 4 });
	});

	it('a row without a name is the lead that has its number', async () => {
		await close({ items: team });
		const result = await close({ items: [{ name: '', phone: SWITCHBOARD }] });
		expect(outcomesOf(result)).toEqual({ duplicate: 1 });
	});

	it('the company without a person is the lead of that name', async () => {
		await close({ items: team.slice(0, 1), parameters: { name: 'Acme, Inc.' } });
		const parameters = { name: 'ACME Inc' };
		const result = await close({ items: [{ name: '', phone: SWITCHBOARD }], parameters });
		expect(outcomesOf(result)).toEqual({ duplicate: 1 });
	});

	it('a duplicate shows its own data, the lead that Close has, and what they share', async () => {
		await close({ items: [team[0] ?? {}] });
		const item = { name: 'LEE, Ann', phone: `${SWITCHBOARD} x5`, email: 'second@home.example' };
		const { items } = await close({ items: [item] });
		expect(items[0]?.json).toEqual({
			outcome: 'duplicate',
			leadId: storedLeads()[0]?.id,
			name: 'LEE, Ann',
			contactName: 'LEE, Ann',
			phoneNumber: '+12062000000',
			phoneExtension: '5',
			email: 'second@home.example',
			matchedBy: 'phone number +12062000000 and name',
			itemIndex: 0,
			phone: item.phone,
		});
	});

	it('Report as Error says what they share', async () => {
		await close({ items: [team[0] ?? {}] });
		const again = { ...team[0], name: 'A. L.' };
		const options = { ifAlreadyThere: 'error' };
		const result = await close({ items: [again], options, settings: onError.continue });
		expect(String(result.items[0]?.json.error)).toMatch(
			/^Close already has this lead: lead_\w+ has the same phone number \+12062000000 and email an@acme\.example$/,
		);
	});

	it('rejects a value of Same Person that it does not know', async () => {
		const result = await close({ items: team, options: { samePerson: 'byName' } });
		expect(errorText(result)).toMatch(/Same Person.*nameAgrees, sharedValue/);
		expect(ledger()).toMatchObject({ held: 0 });
	});
});

describe('Close Create or Update: who is the same person', () => {
	const upsert = async (items: IDataObject[], parameters: IDataObject = {}, more: object = {}) =>
		await close({
			items,
			parameters: {
				operation: 'upsert',
				matchBy: { key: [{ by: 'email' }, { by: 'phone' }] },
				additionalFields: { description: '={{ $json.name }} changed' },
				ifFound: 'replace',
				...parameters,
			},
			...more,
		});
	const descriptions = () => storedLeads().map(({ name, description }) => [name, description]);

	it('updates no one else’s lead', async () => {
		await close({ items: team.slice(0, 2) });
		const result = await upsert([{ ...team[0] }, { ...team[2] }]);
		expect(kinds(result)).toEqual(['updated', 'created']);
		expect(descriptions().sort()).toEqual([
			['Ann Lee', 'Ann Lee changed'],
			['Bob Ray', null],
			['Cy Fox', 'Cy Fox changed'],
		]);
	});

	it('a duplicate shows its own data', async () => {
		const item = { name: 'LEE, Ann', phone: SWITCHBOARD, email: 'second@home.example' };
		const { items } = await upsert([team[0] ?? {}, item]);
		expect(items[1]?.json).toMatchObject({
			outcome: 'duplicate',
			leadId: storedLeads()[0]?.id,
			name: 'LEE, Ann',
			email: 'second@home.example',
			matchedBy: 'phone number +12062000000 and name',
		});
	});

	it('several leads of the same person are several', async () => {
		const { phone } = team[0] ?? {};
		const same = { name: 'Ann Lee', phone };
		await close({ items: [same, same], options: { ifAlreadyThere: 'create' } });
		const result = await upsert([same], {}, { settings: onError.continue });
		expect(String(result.items[0]?.json.error)).toMatch(/^2 leads match/);
	});

	it('a row without a name updates the lead that has its number', async () => {
		await close({ items: team.slice(0, 1) });
		const matchBy = { key: [{ by: 'phone' }] };
		expect(kinds(await upsert([{ name: '', phone: SWITCHBOARD }], { matchBy }))).toEqual([
			'updated',
		]);
	});

	it('Any Shared Phone or Email: updates the lead that has it', async () => {
		await close({ items: team.slice(0, 1) });
		const options = { samePerson: 'sharedValue' };
		expect(kinds(await upsert([team[1] ?? {}], {}, { options }))).toEqual(['updated']);
	});
});
