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

	it('lists the contacts of a lead, page by page', async () => {
		const lead = await made('/lead/', { name: 'x', contacts: [john, john, john] });
		await made('/lead/', { name: 'y', contacts: [john] });
		const { json } = await call(`/lead/${lead}/?_fields=contact_ids`);
		const list = async (query: string) => (await call(`/contact/?${query}`)).json;
		const first = await list(`lead_id=${lead}&_limit=2&_fields=id,lead_id`);
		const second = await list(`lead_id=${lead}&_limit=2&_skip=2&_fields=id,lead_id`);
		const dataOf = (page: unknown) => (isRecord(page) && Array.isArray(page.data) ? page.data : []);
		expect([first, second]).toMatchObject([{ has_more: true }, { has_more: false }]);
		const listed = [...dataOf(first), ...dataOf(second)];
		expect({ contact_ids: listed.map(({ id }) => id).reverse() }).toEqual(json);
		expect(listed.every(({ lead_id }) => lead_id === lead)).toBe(true);
		expect(dataOf(await list(''))).toHaveLength(4);
		expect(await list('lead_id=lead_x')).toEqual({ data: [], has_more: false });
	});

	it('leaves what is deprecated out of leads, if a setting says so', async () => {
		sandbox().world.close.omitsDeprecatedFields = true;
		const id = await made('/lead/', { name: 'x', contacts: [john] });
		const { json } = await call(`/lead/${id}/`);
		expect(json).toMatchObject({
			contact_ids: [expect.stringMatching(/^cont_/)],
			primary_phone: { phone: '+19045551234' },
			primary_email: { email: 'john@example.com' },
		});
		expect(json).not.toHaveProperty('contacts');
		expect(json).not.toHaveProperty('opportunities');
		const search = {
			query: { type: 'object_type', object_type: 'lead' },
			_fields: { lead: ['id', 'contacts', 'contact_ids'] },
		};
		expect((await call('/data/search/', { json: search })).json).toMatchObject({
			data: [{ __object_type: 'lead', id, contact_ids: [expect.any(String)] }],
		});
		expect((await call(`/lead/${id}/?_fields=id,contacts`)).json).toEqual({ id });
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

	it('takes a title, rich text, a pin and a contact of the lead', async () => {
		const lead = await made('/lead/', { name: 'x', contacts: [john] });
		const other = await made('/contact/', { ...john, lead_id: await made('/lead/', {}) });
		const own = sandbox().world.close.leads.get(lead)?.contacts[0]?.id;
		const note = async (json: object) =>
			(await call('/activity/note/', { json: { lead_id: lead, ...json } })).json;
		const html = '<body><p>Said <b>yes</b></p></body>';
		const more = { title: 'Call', pinned: true, contact_id: own };
		expect(await note({ note: 'wins not', note_html: html, ...more })).toMatchObject({
			...more,
			note: 'Said yes',
			note_html: html,
			pinned_at: expect.any(String),
		});
		expect(await note({ note: '1 < 2\n& 3' })).toMatchObject({
			note_html: '<body><p>1 &lt; 2<br />&amp; 3</p></body>',
			pinned: false,
			pinned_at: null,
		});
		for (const [field, value] of [
			['contact_id', other],
			['pinned', 'yes'],
			['note_html', '<p>No body</p>'],
			['title', 7],
		]) {
			expect(await note({ note: 'x', [String(field)]: value })).toMatchObject({
				'field-errors': { [String(field)]: expect.any(String) },
			});
		}
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
