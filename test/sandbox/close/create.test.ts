import { closeAccounts, closeAuthorization, closeFields, closeStatuses } from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import { send, useSandbox, type Sent } from '../helpers';

const sandbox = useSandbox();
const headers = { authorization: closeAuthorization(closeAccounts.one.key) };

async function call(path: string, sent: Sent = {}) {
	return await send(`${sandbox().url}/close${path}`, { ...sent, headers });
}

const create = async (json: unknown) => await call('/lead/', { json });
async function created(json: unknown = { name: 'Bluth Company' }): Promise<string> {
	const reply = await create(json);
	if (!isRecord(reply.json) || typeof reply.json.id !== 'string') throw new Error(reply.text);
	return reply.json.id;
}

const custom = (field: { id: string }, suffix = '') => `custom.${field.id}${suffix}`;

const full = {
	name: 'Bluth Company',
	description: 'Best. Show. Ever.',
	url: 'thebluthcompany.example',
	status_id: closeStatuses.qualified.id,
	contacts: [
		{
			name: 'Gob',
			title: 'Sr. Vice President',
			emails: [{ email: 'gob@example.com', type: 'office' }],
			phones: [{ phone: '(800) 444-5555', type: 'mobile' }],
			urls: [{ url: 'http://gob.example/', type: 'url' }],
		},
	],
	addresses: [
		{ label: 'business', address_1: '747 Howard St', city: 'San Francisco', country: 'US' },
	],
	[custom(closeFields.text)]: 'x-1',
	[custom(closeFields.number)]: 12.5,
	[custom(closeFields.date)]: '2024-02-29',
	[custom(closeFields.datetime)]: '2024-02-29T12:00:00+00:00',
	[custom(closeFields.choice)]: 'Website',
	[custom(closeFields.choices)]: ['IT', 'Cars'],
};

describe('Close: create a lead', () => {
	it('stores shared and old fields, and a user by name', async () => {
		const { sharedText, old, user } = closeFields;
		const sent = { name: 'X', [custom(sharedText)]: 'West', [custom(old)]: 'O-1' };
		const reply = await create({ ...sent, [custom(user)]: 'Ada Archer' });
		const ada = sandbox().world.close.users[0]?.id;
		expect(reply.json).toMatchObject({ ...sent, [custom(user)]: ada });
	});

	it('answers 200 with the complete lead, as on the Close API page', async () => {
		const { user, users } = closeFields;
		const ada = sandbox().world.close.users[0]?.id ?? '';
		const sent = { ...full, [custom(user)]: ada, [custom(users)]: [ada] };
		const reply = await create(sent);
		expect(reply.status).toBe(200);
		expect(reply.json).toEqual({
			id: expect.stringMatching(/^lead_[0-9A-Za-z]{43}$/),
			...sent,
			url: 'http://thebluthcompany.example',
			display_name: 'Bluth Company',
			html_url: expect.stringContaining('https://app.close.com/lead/lead_'),
			status_label: 'Qualified',
			organization_id: expect.stringMatching(/^orga_/),
			contact_ids: [expect.stringMatching(/^cont_[0-9A-Za-z]{43}$/)],
			contacts: [
				expect.objectContaining({
					...full.contacts[0],
					emails: [{ email: 'gob@example.com', is_unsubscribed: false, type: 'office' }],
					phones: [
						{
							country: 'US',
							phone: '+18004445555',
							phone_formatted: '+1 800-444-5555',
							type: 'mobile',
						},
					],
					display_name: 'Gob',
				}),
			],
			contacts_summary: 'Gob',
			addresses: [{ ...full.addresses[0], address_2: null, state: null, zipcode: null }],
			primary_address_summary: '747 Howard St, San Francisco, US',
			primary_email: { email: 'gob@example.com', is_unsubscribed: false, type: 'office' },
			primary_phone: expect.objectContaining({ phone: '+18004445555' }),
			localtime: null,
			opportunities: [],
			tasks: [],
			recent_calls: [],
			summaries: [],
			integration_links: [],
			source: 'api',
			created_by: ada,
			created_by_name: 'Ada Archer',
			updated_by: ada,
			updated_by_name: 'Ada Archer',
			date_created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/),
			date_updated: expect.any(String),
		});
		expect(sandbox().world.requests[0]?.effect).toBe(true);
	});

	it('creates a new lead every time, with the first status by default', async () => {
		const ids = [await created(full), await created(full), await created({})];
		expect(new Set(ids).size).toBe(3);
		const { close } = sandbox().world;
		expect(close.leads.get(ids[2] ?? '')?.statusId).toBe(closeStatuses.potential.id);
		expect(close.findByPhone('800-444-5555')).toHaveLength(2);
		expect(close.findByEmail('GOB@example.com')).toHaveLength(2);
		expect(sandbox().world.ledger('close')).toEqual({ held: 3, doubled: 1, disabled: 0 });
	});

	it('accepts a status by ID or by label, but not both', async () => {
		expect((await create({ status: 'Customer' })).json).toMatchObject({
			status_id: closeStatuses.customer.id,
		});
		const both = await create({ status: 'Customer', status_id: closeStatuses.customer.id });
		expect([both.status, both.json]).toEqual([
			400,
			{ errors: [expect.any(String)], 'field-errors': {} },
		]);
	});

	const unknown = 'custom.cf_nothing';
	it.each<[string, string, unknown]>([
		['an unknown status', 'status', 'Nonsense'],
		['an unknown status_id', 'status_id', 'stat_nonsense'],
		['a numeric name', 'name', 7],
		['an invalid url', 'url', 'not a url'],
		['contacts that are not a list', 'contacts', {}],
		['an unknown custom field', unknown, 'x'],
		['the deprecated custom object', 'custom', { Source: 'Website' }],
		['a custom field by name', 'custom.Source', 'Website'],
		['a number for text', custom(closeFields.text), 5],
		['text for a number', custom(closeFields.number), '5'],
		['an impossible date', custom(closeFields.date), '2023-02-29'],
		['a time for a date', custom(closeFields.date), '2024-02-29T00:00:00Z'],
		['a date for a time', custom(closeFields.datetime), '2024-02-29'],
		['an unknown choice', custom(closeFields.choice), 'Newspaper'],
		['a list for a single choice', custom(closeFields.choice), ['Website']],
		['a single value for multiple choices', custom(closeFields.choices), 'IT'],
		['an unknown value among multiple choices', custom(closeFields.choices), ['IT', 'Nonsense']],
		['an unknown user', custom(closeFields.user), 'user_unknown'],
		['a contact of a new lead', custom(closeFields.contact), 'cont_1'],
		['.add on create', custom(closeFields.choices, '.add'), 'IT'],
	])('rejects %s with a field error', async (_what, field, value) => {
		const reply = await create({ name: 'x', [field]: value });
		expect([reply.status, reply.json]).toEqual([
			400,
			{ errors: [], 'field-errors': { [field]: expect.any(String) } },
		]);
		expect(sandbox().world.close.leads.size).toBe(0);
	});

	it('nests the field errors of contacts by position', async () => {
		const good = { phones: [{ phone: '8004445555' }] };
		const bad = { phones: [{ phone: '+442079460000' }, { phone: '555-1234' }], fax: '1' };
		const worse = { emails: [{ email: 'nobody' }, { type: 'office' }] };
		const reply = await create({ contacts: [good, bad, worse, 'x'] });
		const one = (fields: unknown) => ({ errors: [], 'field-errors': fields });
		expect([reply.status, reply.json]).toEqual([
			400,
			one({
				contacts: {
					errors: {
						1: one({
							phones: { errors: { 1: one({ phone: 'Invalid phone number.' }) } },
							fax: 'Unknown field.',
						}),
						2: one({
							emails: {
								errors: {
									0: one({ email: 'Invalid email address.' }),
									1: one({ email: 'This field is required.' }),
								},
							},
						}),
						3: 'Value must be of dict type.',
					},
				},
			}),
		]);
	});

	it('accepts only JSON objects', async () => {
		expect((await create([full])).status).toBe(400);
		expect((await call('/lead/', { text: '{}' })).status).toBe(415);
		expect((await call('/lead/', { form: { name: 'x' } })).status).toBe(415);
	});

	it('answers 402 at the limit of the plan, and creates nothing', async () => {
		const id = await created();
		sandbox().world.close.planLimitReached = true;
		const reply = await create(full);
		expect([reply.status, reply.json]).toEqual([402, { error: 'plan limit' }]);
		expect((await call('/contact/', { json: { name: 'x' } })).status).toBe(402);
		const note = { lead_id: id, note: 'x' };
		expect((await call('/activity/note/', { json: note })).status).toBe(402);
		const put: Sent = { method: 'PUT', json: { name: 'y' } };
		expect((await call(`/lead/${id}/`, put)).status).toBe(200);
		expect(sandbox().world.close.leads.size).toBe(1);
	});
});

describe('Close ledger', () => {
	it('counts a lead as a duplicate when an earlier one has the same phone, e-mail, or else name', async () => {
		const one = await created({ contacts: [{ phones: [{ phone: '+18004445555' }] }] });
		await created({ contacts: [{ name: 'b' }, { phones: [{ phone: '800.444.5555' }] }] });
		await created({ name: 'A', contacts: [{ emails: [{ email: 'a@example.com' }] }] });
		await created({ name: 'B', contacts: [{ emails: [{ email: 'A@Example.com' }] }] });
		await created({ name: 'A', contacts: [{ emails: [{ email: 'other@example.com' }] }] });
		await created({ name: 'Nobody', contacts: [] });
		await created({ name: 'nobody' });
		expect(sandbox().world.ledger('close')).toMatchObject({ held: 7, doubled: 3 });
		await call(`/lead/${one}/`, { method: 'DELETE' });
		expect(sandbox().world.ledger('close')).toMatchObject({ held: 6, doubled: 2 });
	});
});
