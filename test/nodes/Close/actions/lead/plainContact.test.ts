import type { IDataObject } from 'n8n-workflow';
import { onError, phoneOf } from '../../../../support/fixtures';
import { outcomesOf } from '../../../../support/results';
import { useClose } from '../../fixtures';

const { close, createRequests, storedLeads } = useClose();

const plain = {
	contactName: '={{ $json.name }}',
	phoneNumber: '={{ $json.phone }}',
	email: '={{ $json.email }}',
};
const ann = { name: 'Ann Lee', phone: phoneOf(0), email: 'Ann@Example.com' };

/** Runs Create, or Create or Update, with the plain fields and these rows of More Contacts. */
const write = async (operation: string, items: IDataObject[], contact: IDataObject[] = []) =>
	await close({
		items,
		parameters: { operation, ...plain, contacts: contact.length === 0 ? {} : { contact } },
		settings: onError.continue,
	});
const sentContacts = () => createRequests().map(({ body }) => Object(body).contacts);

describe.each(['create', 'upsert'])('Close: the plain contact fields (%s)', (operation) => {
	it('are the contact of the lead', async () => {
		const result = await write(operation, [ann]);
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'created',
			name: 'Ann Lee',
			contactName: 'Ann Lee',
			phoneNumber: phoneOf(0),
			email: 'Ann@Example.com',
		});
		expect(sentContacts()).toEqual([
			[
				{
					name: 'Ann Lee',
					phones: [{ phone: phoneOf(0), type: 'office' }],
					emails: [{ email: 'Ann@Example.com', type: 'office' }],
				},
			],
		]);
	});

	it('become one contact with a row of More Contacts that has the number or the email', async () => {
		const phones = { phone: [{ phone: phoneOf(0), type: 'mobile' }, { phone: phoneOf(1) }] };
		await write(
			operation,
			[ann],
			[
				{ phones, title: 'CEO' },
				{ name: 'LEE, Ann', emails: { email: [{ email: 'ann@example.com', type: 'home' }] } },
			],
		);
		expect(sentContacts()).toEqual([
			[
				{
					name: 'Ann Lee',
					title: 'CEO',
					phones: [
						{ phone: phoneOf(0), type: 'mobile' },
						{ phone: phoneOf(1), type: 'office' },
					],
					emails: [{ email: 'ann@example.com', type: 'home' }],
				},
			],
		]);
	});

	it('stay a contact of their own beside other people, also of the same number', async () => {
		const phones = { phone: [{ phone: phoneOf(0) }] };
		await write(operation, [ann], [{ name: 'Bob Lee', phones }]);
		expect(sentContacts()).toEqual([
			[
				expect.objectContaining({ name: 'Ann Lee' }),
				{ name: 'Bob Lee', phones: [{ phone: phoneOf(0), type: 'office' }] },
			],
		]);
	});

	it('are validated, with their own names in the message', async () => {
		const result = await write(operation, [
			{ ...ann, phone: '555-1' },
			{ ...ann, email: 'ann at example' },
		]);
		expect(outcomesOf(result)).toEqual({ notSent: 2 });
		const [first, second] = result.items.map(({ json }) => String(json.error));
		expect(first).toMatch(/^Phone Number: "555-1"/);
		expect(second).toMatch(/^Email: "ann at example"/);
		expect(createRequests()).toEqual([]);
	});
});

describe('Close: the plain contact fields', () => {
	it('find the lead that has them already, and an earlier item', async () => {
		await write('create', [ann]);
		const result = await write('create', [{ ...ann, name: 'LEE, ANN' }, ann]);
		expect(outcomesOf(result)).toEqual({ duplicate: 2 });
		const other = await write('create', [{ ...ann, name: 'Bob Lee', email: '' }]);
		expect(outcomesOf(other)).toEqual({ created: 1 });
		const updated = await write('upsert', [ann]);
		expect(updated.items[0]?.json).toMatchObject({ outcome: 'updated' });
		expect(storedLeads()).toHaveLength(2);
	});

	it('give the number of the item for a duplicate, and its extension', async () => {
		const item = { ...ann, phone: `${phoneOf(0)} ext. 12` };
		expect((await write('create', [item])).items[0]?.json).toMatchObject({ phoneExtension: '12' });
		expect((await write('create', [item])).items[0]?.json).toMatchObject({
			outcome: 'duplicate',
			phoneNumber: phoneOf(0),
			contactName: 'Ann Lee',
		});
	});
});
