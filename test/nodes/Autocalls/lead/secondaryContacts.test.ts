import type { IDataObject } from 'n8n-workflow';
import { errorText } from '../../../support/results';
import { useSandbox } from '../../../support/sandbox';

const scene = useSandbox();

const create = async (contact: IDataObject[], columns: IDataObject = {}) =>
	await scene.autocalls({
		items: [{ phone: '+12062000000', ...columns }],
		parameters: { secondaryContacts: { contact } },
	});
const sent = () => scene.requests('autocalls').map(({ body }) => body);
const numberOf = (index: number) => `+1206200${String(1000 + index)}`;

describe('Autocalls: secondary contacts', () => {
	it('sends any variables, next to name and email', async () => {
		const variable = [
			{ name: 'role', value: '={{ $json.role }}' },
			{ name: 'age', value: '={{ $json.age }}' },
			{ name: 'nickname', value: '' },
			{ name: '', value: '' },
		];
		await create(
			[
				{ phoneNumber: numberOf(1), customerName: 'Ada', variables: { variable } },
				{ phoneNumber: numberOf(2), variables: { variable: [{ name: 'x', value: 'y' }] } },
			],
			{ role: 'Owner', age: 41 },
		);
		expect(sent()).toMatchObject([
			{
				secondary_contacts: [
					{
						phone_number: numberOf(1),
						variables: { customer_name: 'Ada', role: 'Owner', age: 41 },
					},
					{ phone_number: numberOf(2), variables: { x: 'y' } },
				],
			},
		]);
		expect(JSON.stringify(sent())).not.toContain('nickname');
	});

	it.each([
		[
			'twice in the list',
			{
				variable: [
					{ name: 'a', value: '1' },
					{ name: 'a', value: '2' },
				],
			},
			'a',
		],
		['as a field too', { variable: [{ name: 'customer_name', value: 'Bo' }] }, 'customer_name'],
		['as a field too', { variable: [{ name: ' email ', value: 'bo@example.com' }] }, 'email'],
	])('refuses a name that is there %s, before anything is sent', async (_what, variables, name) => {
		const contact = { phoneNumber: numberOf(1), customerName: 'Ada', email: 'ada@example.com' };
		const result = await create([{ phoneNumber: numberOf(2) }, { ...contact, variables }]);
		expect(errorText(result)).toContain(
			`Secondary contact 2: the variable "${name}" is there twice`,
		);
		expect(scene.requests('autocalls')).toEqual([]);
	});

	it('takes a name whose field is empty from the list', async () => {
		const variables = { variable: [{ name: 'email', value: 'bo@example.com' }] };
		await create([{ phoneNumber: numberOf(1), email: '', variables }]);
		expect(sent()).toMatchObject([
			{ secondary_contacts: [{ variables: { email: 'bo@example.com' } }] },
		]);
	});

	it('names a value without a name', async () => {
		const variables = { variable: [{ name: '', value: 'Owner' }] };
		const result = await create([{ phoneNumber: numberOf(1), variables }]);
		expect(errorText(result)).toMatch(/has a value and no name/);
	});

	it('refuses more than ten, and does not count those without a number', async () => {
		const contacts = (count: number) =>
			Array.from({ length: count }, (_, index) => ({ phoneNumber: numberOf(index + 1) }));
		const tooMany = await create(contacts(11));
		expect(errorText(tooMany)).toMatch(/11 secondary contacts.*at most 10/s);
		expect(scene.requests('autocalls')).toEqual([]);
		await create([...contacts(10), { phoneNumber: '' }]);
		expect(sent()).toMatchObject([{ secondary_contacts: { length: 10 } }]);
	});
});
