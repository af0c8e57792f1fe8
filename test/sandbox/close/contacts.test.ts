import { closeAccounts, closeAuthorization, closeFields, closeStatuses } from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import { send, useSandbox, type Sent } from '../helpers';

const sandbox = useSandbox();
const headers = { authorization: closeAuthorization(closeAccounts.one.key) };

async function call(path: string, sent: Sent = {}) {
	return await send(`${sandbox().url}/close${path}`, { ...sent, headers });
}

async function made(path: string, json: unknown): Promise<string> {
	const reply = await call(path, { json });
	if (!isRecord(reply.json) || typeof reply.json.id !== 'string') throw new Error(reply.text);
	return reply.json.id;
}

const john = {
	name: 'John Smith',
	title: 'President',
	emails: [{ email: 'john@example.com', type: 'office' }],
	phones: [{ phone: '9045551234', type: 'mobile' }],
	urls: [{ type: 'url', url: 'http://john.example/' }],
};

describe('Close: contacts', () => {
	it('adds a contact to a lead, and shows it', async () => {
		const lead = await made('/lead/', { name: 'x' });
		const id = await made('/contact/', { ...john, lead_id: lead });
		const reply = await call(`/contact/${id}/`);
		expect([reply.status, reply.json]).toEqual([
			200,
			expect.objectContaining({
				...john,
				id,
				lead_id: lead,
				display_name: 'John Smith',
				emails: [{ ...john.emails[0], is_unsubscribed: false }],
				phones: [expect.objectContaining({ phone: '+19045551234', type: 'mobile' })],
			}),
		]);
		expect((await call(`/contact/${id}/?_fields=id`)).json).toEqual({ id });
		expect((await call(`/lead/${lead}/`)).json).toMatchObject({ contact_ids: [id] });
	});

	it('creates a lead with the name of the contact when no lead_id is sent', async () => {
		await made('/contact/', john);
		expect([...sandbox().world.close.leads.values()]).toMatchObject([
			{
				name: 'John Smith',
				statusId: closeStatuses.potential.id,
				contacts: [{ title: 'President' }],
			},
		]);
	});

	it('changes the sent fields only', async () => {
		const lead = await made('/lead/', { name: 'x' });
		const id = await made('/contact/', { ...john, lead_id: lead });
		const json = { name: 'Johnny', emails: null };
		const reply = await call(`/contact/${id}/`, { method: 'PUT', json });
		expect(reply.status).toBe(200);
		expect(reply.json).toMatchObject({ name: 'Johnny', title: 'President', emails: [] });
		expect(sandbox().world.close.findByPhone('+19045551234')).toMatchObject([
			{ id: lead, contacts: [{ name: 'Johnny' }] },
		]);
		const other = await made('/lead/', { name: 'y' });
		await call(`/contact/${id}/`, { method: 'PUT', json: { lead_id: other } });
		expect((await call(`/lead/${other}/`)).json).toMatchObject({ contact_ids: [id] });
		expect((await call(`/lead/${lead}/`)).json).toMatchObject({ contact_ids: [] });
	});

	it('deletes a contact', async () => {
		const id = await made('/contact/', john);
		const reply = await call(`/contact/${id}/`, { method: 'DELETE' });
		expect([reply.status, reply.json]).toEqual([200, {}]);
		expect((await call(`/contact/${id}/`)).status).toBe(404);
		expect(sandbox().world.close.leads.size).toBe(1);
	});

	it.each([
		['an unknown lead', { lead_id: 'lead_nonsense' }, 'lead_id'],
		['an unknown field', { surname: 'Smith' }, 'surname'],
		[
			'a lead custom field',
			{ [`custom.${closeFields.text.id}`]: 'x' },
			`custom.${closeFields.text.id}`,
		],
		['a name that is too long', { name: 'x'.repeat(1001) }, 'name'],
		['too many phones', { phones: Array(101).fill({ phone: '9045551234' }) }, 'phones'],
		['an invalid phone', { phones: [{ phone: '123' }] }, 'phones'],
		['an invalid URL', { urls: [{ url: 'a b' }] }, 'urls'],
	])('rejects %s', async (_what, change, field) => {
		const id = await made('/contact/', john);
		for (const [path, method] of [
			['/contact/', 'POST'],
			[`/contact/${id}/`, 'PUT'],
		] as const) {
			const reply = await call(path, { method, json: change });
			expect([reply.status, reply.json]).toEqual([
				400,
				{ errors: [], 'field-errors': { [field]: expect.anything() } },
			]);
		}
	});
});

describe('Close: notes', () => {
	it('adds a note to a lead', async () => {
		const lead = await made('/lead/', { name: 'x' });
		const reply = await call('/activity/note/', { json: { lead_id: lead, note: 'Called.' } });
		expect([reply.status, reply.json]).toEqual([
			200,
			expect.objectContaining({
				_type: 'Note',
				id: expect.stringMatching(/^acti_/),
				lead_id: lead,
				note: 'Called.',
				note_html: '<body><p>Called.</p></body>',
				user_name: 'Ada Archer',
			}),
		]);
		const html = { lead_id: lead, note_html: '<body><p>Again.</p></body>' };
		expect((await call('/activity/note/', { json: html })).json).toMatchObject({ note: 'Again.' });
	});

	it('rejects a note without a lead or a text', async () => {
		const note = async (json: unknown) => (await call('/activity/note/', { json })).json;
		expect(await note({ note: 'x' })).toEqual({
			errors: [],
			'field-errors': { lead: 'This field is required.' },
		});
		expect(await note({ lead_id: 'lead_x', note: 'x' })).toMatchObject({
			'field-errors': { lead: 'Object does not exist.' },
		});
		const lead_id = await made('/lead/', {});
		expect(await note({ lead_id })).toMatchObject({ 'field-errors': { note: expect.any(String) } });
	});
});

describe('Close: lists for the fields of a lead', () => {
	it('lists the statuses, the default first', async () => {
		const { json } = await call('/status/lead/');
		expect(json).toEqual({
			data: Object.values(closeStatuses).map((status) => ({
				...status,
				organization_id: expect.stringMatching(/^orga_/),
			})),
			has_more: false,
		});
	});

	it('lists the custom fields by page, and all in one schema', async () => {
		const all = Object.values(closeFields);
		const { json } = await call('/custom_field/lead/?_limit=3');
		expect(json).toMatchObject({
			data: all.slice(0, 3).map(({ id, type }) => ({ id, type, accepts_multiple_values: false })),
			has_more: true,
		});
		expect((await call('/custom_field_schema/lead/')).json).toMatchObject({
			object_type: 'lead',
			fields: all.map(({ id, name, choices, multiple }) => ({
				id,
				name,
				choices,
				accepts_multiple_values: multiple,
			})),
		});
		expect((await call('/custom_field_schema/nonsense/')).status).toBe(404);
	});

	it('lists shared fields in the schema only, and old IDs in both', async () => {
		const [own, schema] = [
			(await call('/custom_field/lead/')).text,
			(await call('/custom_field_schema/lead/')).text,
		];
		const { old, sharedText } = closeFields;
		expect(old.id).toMatch(/^lcf_/);
		expect(own).toContain(old.id);
		expect(own).not.toContain(sharedText.id);
		expect(schema).toContain(old.id);
		expect(schema).toContain(sharedText.id);
	});

	it('lists the users', async () => {
		expect((await call('/user/?_limit=1&_skip=1')).json).toMatchObject({
			data: [{ id: expect.stringMatching(/^user_/), first_name: 'Ben' }],
			has_more: true,
		});
		expect((await call('/user/?_limit=500')).status).toBe(400);
	});
});
