import { autocallsAccounts } from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import { bearer, send, useSandbox } from '../helpers';

const sandbox = useSandbox();
const { one, two } = autocallsAccounts;
const json = { accept: 'application/json' };

async function read(path: string, key: string = one.key) {
	return await send(`${sandbox().url}/autocalls/user/${path}`, {
		headers: { ...bearer(key), ...json },
	});
}

async function idsOf(query: string, key?: string) {
	const { json: body } = await read(`leads${query}`, key);
	const data: unknown = isRecord(body) ? body.data : undefined;
	if (!Array.isArray(data)) throw new Error('There is no data.');
	return data.map((entry: unknown) => (isRecord(entry) ? entry.id : undefined));
}

const page = (number: number) => `https://app.autocalls.ai/api/user/leads?page=${number}`;

describe('Autocalls: list leads', () => {
	it('answers in the documented format', async () => {
		const { autocalls } = sandbox().world;
		const at = Date.UTC(2025, 5, 30, 11, 18, 4);
		const variables = { customer_name: 'John Doe' };
		const contact = { phoneNumber: '+1234567899', variables: {} };
		const lead = { campaignId: 1, phoneNumber: '+1234567890', variables, allowDuplicate: false };
		autocalls.accept({ ...lead, secondaryContacts: [contact] }, at);
		const reply = await read('leads?phone_number=7890');
		const stamps = { created_at: '2025-06-30 11:18:04', updated_at: '2025-06-30 11:18:04' };
		expect([reply.status, reply.json]).toEqual([
			200,
			{
				current_page: 1,
				data: [
					{
						id: 1,
						campaign_id: 1,
						phone_number: '+1234567890',
						variables,
						status: 'created',
						fallback_sent_at: null,
						...stamps,
						campaign: { id: 1, name: 'Spring Outreach', channel: 'call' },
						secondary_contacts: [
							{ id: 2, phone_number: '+1234567899', variables: {}, status: 'created', ...stamps },
						],
					},
				],
				first_page_url: page(1),
				from: 1,
				last_page: 1,
				last_page_url: page(1),
				links: [
					{ url: null, label: '&laquo; Previous', active: false },
					{ url: page(1), label: '1', active: true },
					{ url: null, label: 'Next &raquo;', active: false },
				],
				next_page_url: null,
				path: 'https://app.autocalls.ai/api/user/leads',
				per_page: 15,
				prev_page_url: null,
				to: 1,
				total: 1,
			},
		]);
		expect(await idsOf('')).toEqual([2, 1]);
	});

	it('returns pages of 15 by default, newest first', async () => {
		sandbox().world.autocalls.seedLeads(1, 40);
		expect(await idsOf('')).toEqual(Array.from({ length: 15 }, (_, index) => 40 - index));
		expect((await read('leads?page=2')).json).toMatchObject({
			current_page: 2,
			from: 16,
			to: 30,
			total: 40,
			last_page: 3,
			next_page_url: page(3),
			prev_page_url: page(1),
			links: { length: 5 },
		});
		expect((await read('leads?per_page=30&page=2')).json).toMatchObject({
			data: { length: 10 },
			last_page: 2,
			next_page_url: null,
			per_page: 30,
		});
		const past = { data: [], from: null, to: null, current_page: 9, last_page: 3 };
		expect((await read('leads?page=9')).json).toMatchObject({ ...past, next_page_url: null });
		expect((await read('leads?page=0')).json).toMatchObject({ current_page: 1 });
		expect((await read('leads?per_page=1')).json).toMatchObject({ links: { length: 15 } });
		sandbox().world.reset();
		const nothing = { data: [], total: 0, last_page: 1, from: null, to: null };
		expect((await read('leads')).json).toMatchObject(nothing);
	});

	it('filters by status, campaign and part of the number', async () => {
		const { autocalls } = sandbox().world;
		autocalls.seedLeads(1, 12);
		const [other] = autocalls.seedLeads(2, 1);
		autocalls.setStatus(3, 'blacklisted');
		expect(await idsOf('?status=blacklisted')).toEqual([3]);
		expect(await idsOf('?campaign_id=2')).toEqual([other?.id]);
		expect(await idsOf('?campaign_id=999')).toEqual([]);
		expect(await idsOf('?phone_number=00001')).toEqual([13, 12, 11, 10, 1]);
		expect(await idsOf('?phone_number=%2B15092000001')).toEqual([1]);
		expect(await idsOf('?phone_number=+15092000001')).toEqual([1]);
		expect(await idsOf('?phone_number=00001&campaign_id=1&status=created')).toEqual([
			12, 11, 10, 1,
		]);
	});

	it('filters by the days of created_at, including both bounds', async () => {
		const leads = sandbox().world.autocalls.seedLeads(1, 4);
		leads.forEach((lead, index) => {
			lead.createdAt = Date.UTC(2025, 0, index + 1, 23, 59, 59);
		});
		expect(await idsOf('?date_from=2025-01-03')).toEqual([4, 3]);
		expect(await idsOf('?date_to=2025-01-02')).toEqual([2, 1]);
		expect(await idsOf('?date_from=2025-01-02&date_to=2025-01-03')).toEqual([3, 2]);
		expect(await idsOf('?date_from=2025-01-03&date_to=2025-01-02')).toEqual([]);
	});

	it.each([
		['per_page', '101'],
		['per_page', '0'],
		['per_page', 'all'],
		['status', 'new'],
		['campaign_id', 'one'],
		['date_from', '01/02/2025'],
		['date_to', '2025-02-30'],
		['date_to', '2025-02-03T00:00:00Z'],
	])('rejects %s=%s', async (field, value) => {
		const reply = await read(`leads?${field}=${value}`);
		expect([reply.status, reply.json]).toEqual([
			422,
			{ message: 'Validation failed', errors: { [field]: [expect.any(String)] } },
		]);
	});

	it('accepts a per_page from 1 to 100', async () => {
		sandbox().world.autocalls.seedLeads(1, 101);
		expect((await read('leads?per_page=100')).json).toMatchObject({ data: { length: 100 } });
		expect((await read('leads?per_page=1')).json).toMatchObject({ data: { length: 1 } });
	});

	it('can return a plain list without pages, as earlier versions did', async () => {
		const { autocalls } = sandbox().world;
		autocalls.seedLeads(1, 120);
		autocalls.bareLists = true;
		const reply = await read('leads?page=2&per_page=100');
		expect([reply.status, reply.json]).toMatchObject([200, { length: 120 }]);
		const found = await read('leads?phone_number=2000007');
		expect(found.json).toEqual([
			expect.objectContaining({ id: 7, campaign: { id: 1, name: 'Spring Outreach' } }),
		]);
		expect(JSON.stringify(found.json)).not.toContain('fallback_sent_at');
	});

	it('can name its lists, as a white label documents', async () => {
		const { autocalls } = sandbox().world;
		autocalls.seedLeads(1, 120);
		autocalls.namedLists = true;
		expect((await read('leads')).json).toMatchObject({ leads: { length: 120 } });
		expect((await read('campaigns')).json).toMatchObject({ campaigns: { length: 30 } });
	});

	it("lists only the account's own leads", async () => {
		sandbox().world.autocalls.seedLeads(1, 1);
		sandbox().world.autocalls.seedLeads(101, 1);
		expect([await idsOf(''), await idsOf('', two.key)]).toEqual([[1], [2]]);
	});
});

describe('Autocalls: account and campaigns', () => {
	it('returns the user of the key', async () => {
		const me = { name: 'Sandbox One', email: 'one@example.com', total_balance: 125.5 };
		const reply = await read('me');
		expect([reply.status, reply.json]).toEqual([200, me]);
		expect((await read('me', two.key)).json).toMatchObject({ name: 'Sandbox Two' });
	});

	it('lists campaigns as a plain list, or in data when configured', async () => {
		const { status, json: campaigns } = await read('campaigns');
		expect([status, campaigns]).toMatchObject([200, { length: 30 }]);
		expect(campaigns).toMatchObject({
			0: { id: 1, name: 'Spring Outreach', status: 'in-progress', max_retries: expect.any(Number) },
			1: { id: 2, name: 'Winback', status: 'draft', allowed_days: expect.any(Array) },
			2: { id: 3, name: 'SMS Reminders', created_at: '2025-06-30 08:03:00' },
		});
		sandbox().world.autocalls.wrappedCampaigns = true;
		expect((await read('campaigns')).json).toEqual({ data: campaigns });
		expect((await read('campaigns', two.key)).json).toMatchObject({ data: [{ id: 101 }] });
	});
});
