import { autocallsAccounts } from '../../../sandbox';
import { bearer, send, useSandbox } from '../helpers';

const sandbox = useSandbox();
const { one, two } = autocallsAccounts;
const json = { accept: 'application/json' };

async function call(method: string, path: string, body?: unknown, key: string = one.key) {
	const url = `${sandbox().url}/autocalls/user/${path}`;
	return await send(url, { method, json: body, headers: { ...bearer(key), ...json } });
}

const seeded = (count = 1) => sandbox().world.autocalls.seedLeads(1, count);
const leadAt = (id: number) => sandbox().world.autocalls.leads.get(id);

/** Creates a lead with one secondary contact. */
async function createPair(): Promise<void> {
	const secondary = [{ phone_number: '+15095559999' }];
	const lead = { phone_number: '+15095551234', campaign_id: 1, secondary_contacts: secondary };
	expect((await call('POST', 'lead', lead)).status).toBe(200);
}

describe('Autocalls: update a lead', () => {
	it('changes the sent fields and merges variables', async () => {
		seeded();
		const reply = await call('PUT', 'leads/1', {
			campaign_id: 2,
			phone_number: '+15095550000',
			status: 'reached-max-retries',
			variables: { email: 'a@example.com' },
		});
		expect([reply.status, reply.json]).toEqual([200, { message: 'Lead updated successfully' }]);
		expect(leadAt(1)).toMatchObject({
			campaignId: 2,
			phoneNumber: '+15095550000',
			status: 'reached-max-retries',
			variables: { customer_name: 'Seed Lead 1', email: 'a@example.com' },
		});
		expect(sandbox().world.ledger('autocalls')).toMatchObject({ held: 1, disabled: 1 });
		expect((await call('PUT', 'leads/1', { status: 'created' })).status).toBe(200);
		expect(leadAt(1)).toMatchObject({ campaignId: 2, phoneNumber: '+15095550000' });
		expect(sandbox().world.ledger('autocalls')).toMatchObject({ disabled: 0 });
	});

	it('counts completed leads as disabled, and accepts an empty update', async () => {
		seeded(2);
		await call('PUT', 'leads/2', { status: 'completed' });
		expect((await call('PUT', 'leads/1', {})).status).toBe(200);
		expect(sandbox().world.ledger('autocalls')).toMatchObject({ held: 2, disabled: 1 });
	});

	it('moves secondary contacts with their lead', async () => {
		await createPair();
		await call('PUT', 'leads/1', { campaign_id: 2 });
		expect(leadAt(2)).toMatchObject({ campaignId: 2, mainId: 1 });
	});

	it.each([
		['unknown fields', { name: 'x', lead_id: 1 }, { message: 'Invalid fields: name, lead_id' }],
		[
			'an invalid phone_number',
			{ phone_number: '5095551234' },
			{ message: 'Invalid phone number' },
		],
		['a status that only the vendor sets', { status: 'processing' }, { errors: { status: [''] } }],
		['variables as text', { variables: 'x' }, { errors: { variables: [''] } }],
		['a campaign_id that is not a number', { campaign_id: 'x' }, { errors: { campaign_id: [''] } }],
	])('rejects %s', async (_what, change, expected) => {
		seeded();
		const before = JSON.stringify(leadAt(1));
		const reply = await call('PUT', 'leads/1', { status: 'completed', ...change });
		expect(reply.status).toBe(422);
		const [field] = Object.keys('errors' in expected ? expected.errors : {});
		const errors = field && { [field]: [expect.any(String)] };
		expect(reply.json).toEqual(errors ? { message: 'Validation failed', errors } : expected);
		expect(JSON.stringify(leadAt(1))).toBe(before);
	});

	it('answers 404 for unknown leads and campaigns, and those of another account', async () => {
		seeded();
		const noLead = [404, { message: 'Lead not found' }];
		for (const path of ['leads/2', 'leads/x', 'leads/1.5']) {
			const reply = await call('PUT', path, { status: 'completed' });
			expect([reply.status, reply.json]).toEqual(noLead);
		}
		expect((await call('PUT', 'leads/1', { status: 'completed' }, two.key)).status).toBe(404);
		const reply = await call('PUT', 'leads/1', { campaign_id: 101 });
		expect([reply.status, reply.json]).toEqual([404, { message: 'Campaign not found' }]);
		expect(leadAt(1)).toMatchObject({ campaignId: 1, status: 'created' });
	});
});

describe('Autocalls: a white label that updates leads at another path', () => {
	const top = async (method: string, id: number, body?: unknown) =>
		await send(`${sandbox().url}/autocalls/leads/${id}`, {
			method,
			json: body,
			headers: { ...bearer(one.key), ...json },
		});

	it('has no such path by default, and says so as Laravel does', async () => {
		seeded();
		const reply = await top('PUT', 1, { status: 'completed' });
		const message = 'The route api/leads/1 could not be found.';
		expect([reply.status, reply.json]).toEqual([404, { message }]);
		expect(leadAt(1)).toMatchObject({ status: 'created' });
	});

	it('updates there only, and deletes at the documented path', async () => {
		sandbox().world.autocalls.updatesBelowRoot = true;
		seeded();
		expect((await top('PUT', 1, { status: 'completed' })).status).toBe(200);
		expect(leadAt(1)).toMatchObject({ status: 'completed' });
		const reply = await call('PUT', 'leads/1', { status: 'created' });
		const message = 'The route api/user/leads/1 could not be found.';
		expect([reply.status, reply.json]).toEqual([404, { message }]);
		expect((await top('PUT', 9, {})).json).toEqual({ message: 'Lead not found' });
		expect((await top('DELETE', 1)).status).toBe(405);
		expect((await call('DELETE', 'leads/1')).status).toBe(200);
	});
});

describe('Autocalls: delete a lead', () => {
	it('removes a lead and its secondary contacts', async () => {
		await createPair();
		const reply = await call('DELETE', 'leads/1');
		expect([reply.status, reply.json]).toEqual([200, { message: 'Lead deleted successfully' }]);
		expect(sandbox().world.autocalls.leads.size).toBe(0);
		const again = await call('DELETE', 'leads/1');
		expect([again.status, again.json]).toEqual([404, { message: 'Lead not found' }]);
	});

	it('removes only a secondary contact', async () => {
		await createPair();
		expect((await call('DELETE', 'leads/2')).status).toBe(200);
		expect((await call('GET', 'leads')).json).toMatchObject({
			data: [{ id: 1, secondary_contacts: [] }],
		});
	});

	it('rejects a lead during its call, and one of another account', async () => {
		seeded();
		sandbox().world.autocalls.setStatus(1, 'processing');
		const reply = await call('DELETE', 'leads/1');
		expect([reply.status, reply.json]).toEqual([422, { message: expect.any(String) }]);
		sandbox().world.autocalls.setStatus(1, 'completed');
		expect((await call('DELETE', 'leads/1', undefined, two.key)).status).toBe(404);
		expect((await call('DELETE', 'leads/1')).status).toBe(200);
	});
});

describe('Autocalls: campaign status', () => {
	it('starts and stops a campaign, until the sandbox is reset', async () => {
		const statusOf = () => sandbox().world.autocalls.campaigns.get(2)?.status;
		for (const [action, status] of [
			['start', 'in-progress'],
			['start', 'in-progress'],
			['stop', 'stopped'],
		] as const) {
			const reply = await call('POST', 'campaigns/update-status', { campaign_id: 2, action });
			expect([reply.status, reply.json]).toEqual([
				200,
				{ message: expect.any(String), success: true, data: { campaign_id: 2, status } },
			]);
			expect(statusOf()).toBe(status);
		}
		sandbox().world.reset();
		expect(statusOf()).toBe('draft');
	});

	it.each([
		[422, { campaign_id: 1, action: 'pause' }],
		[422, { action: 'start' }],
		[422, {}],
		[404, { campaign_id: 999, action: 'start' }],
		[404, { campaign_id: 101, action: 'start' }],
	])('answers %s to %j', async (status, body) => {
		const reply = await call('POST', 'campaigns/update-status', body);
		expect(reply.status).toBe(status);
		expect(reply.json).toMatchObject({ message: expect.any(String), success: false });
	});
});
