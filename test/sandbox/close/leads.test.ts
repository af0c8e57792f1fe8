import { closeAccounts, closeAuthorization, closeFields, closeStatuses } from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import { send, useSandbox, type Sent } from '../helpers';

const sandbox = useSandbox();
const headers = { authorization: closeAuthorization(closeAccounts.one.key) };

async function call(path: string, sent: Sent = {}) {
	return await send(`${sandbox().url}/close${path}`, { ...sent, headers });
}

const create = async (json: unknown) => await call('/lead/', { json });
const update = async (id: string, json: unknown) =>
	await call(`/lead/${id}/`, { method: 'PUT', json });

async function created(json: unknown = { name: 'Bluth Company' }): Promise<string> {
	const reply = await create(json);
	if (!isRecord(reply.json) || typeof reply.json.id !== 'string') throw new Error(reply.text);
	return reply.json.id;
}

const custom = (field: { id: string }, suffix = '') => `custom.${field.id}${suffix}`;

const full = {
	name: 'Bluth Company',
	description: 'Best. Show. Ever.',
	status_id: closeStatuses.qualified.id,
	contacts: [{ name: 'Gob', phones: [{ phone: '8004445555' }] }],
	[custom(closeFields.text)]: 'x-1',
	[custom(closeFields.number)]: 12.5,
	[custom(closeFields.choice)]: 'Website',
	[custom(closeFields.choices)]: ['IT', 'Cars'],
};

describe('Close: read and write leads', () => {
	it('shows a lead with all or the requested fields', async () => {
		const id = await created(full);
		expect((await call(`/lead/${id}/`)).json).toMatchObject({ id, name: 'Bluth Company' });
		const some = await call(`/lead/${id}/?_fields=id,status_label,nonsense`);
		expect(some.json).toEqual({ id, status_label: 'Qualified' });
		const { json } = await call(`/lead/${id}/?_fields=custom`);
		expect(Object.keys(isRecord(json) ? json : {})).toHaveLength(4);
	});

	it('changes the sent fields only; null removes a value', async () => {
		const id = await created(full);
		const change = {
			status_id: closeStatuses.badFit.id,
			description: null,
			[custom(closeFields.text)]: null,
		};
		const reply = await update(id, change);
		expect(reply.status).toBe(200);
		expect(reply.json).toMatchObject({
			name: 'Bluth Company',
			description: null,
			status_label: 'Bad Fit',
			contacts: [{ name: 'Gob' }],
			[custom(closeFields.number)]: 12.5,
		});
		expect(reply.json).not.toHaveProperty([custom(closeFields.text)]);
		expect(sandbox().world.ledger('close').disabled).toBe(1);
		sandbox().world.close.disabledStatusIds.clear();
		expect(sandbox().world.ledger('close').disabled).toBe(0);
	});

	it('adds and removes one of multiple values', async () => {
		const id = await created(full);
		const field = custom(closeFields.choices);
		expect((await update(id, { [`${field}.add`]: 'Apparel' })).json).toMatchObject({
			[field]: ['IT', 'Cars', 'Apparel'],
		});
		expect((await update(id, { [`${field}.remove`]: 'IT' })).json).toMatchObject({
			[field]: ['Cars', 'Apparel'],
		});
		expect((await update(id, { [`${field}.add`]: ['IT'] })).status).toBe(400);
		expect((await update(id, { [custom(closeFields.choice, '.add')]: 'Event' })).status).toBe(400);
		expect((await update(id, { [field]: [] })).json).not.toHaveProperty([field]);
	});

	it('rejects nested contacts on update', async () => {
		const id = await created(full);
		const reply = await update(id, { name: 'Other', contacts: [{ name: 'Buster' }] });
		expect([reply.status, reply.json]).toEqual([
			400,
			{ errors: [], 'field-errors': { contacts: expect.any(String) } },
		]);
		expect((await call(`/lead/${id}/?_fields=name`)).json).toEqual({ name: 'Bluth Company' });
	});

	it('deletes a lead with its contacts and notes', async () => {
		const id = await created(full);
		await call('/activity/note/', { json: { lead_id: id, note: 'x' } });
		const reply = await call(`/lead/${id}/`, { method: 'DELETE' });
		expect([reply.status, reply.json]).toEqual([200, {}]);
		const { leads, contacts, notes } = sandbox().world.close;
		expect([leads.size, contacts.size, notes.size]).toEqual([0, 0, 0]);
		const gone = { error: expect.any(String) };
		for (const method of ['GET', 'DELETE']) {
			const again = await call(`/lead/${id}/`, { method });
			expect([again.status, again.json]).toEqual([404, gone]);
		}
		expect((await update(id, {})).status).toBe(404);
	});

	it('merges two leads', async () => {
		const destination = await created({ name: 'Keeper', contacts: [{ name: 'Lucille' }] });
		const source = await created(full);
		await call('/activity/note/', { json: { lead_id: source, note: 'x' } });
		const reply = await call('/lead/merge/', { json: { source, destination } });
		expect([reply.status, reply.json]).toEqual([200, {}]);
		expect((await call(`/lead/${source}/`)).status).toBe(404);
		expect((await call(`/lead/${destination}/`)).json).toMatchObject({
			name: 'Keeper',
			contacts: [{ name: 'Lucille' }, { name: 'Gob', lead_id: destination }],
		});
		expect([...sandbox().world.close.notes.values()]).toMatchObject([{ leadId: destination }]);
		const again = await call('/lead/merge/', { json: { source, destination } });
		expect([again.status, again.json]).toEqual([
			400,
			{ errors: [], 'field-errors': { source: expect.any(String) } },
		]);
		const self = { source: destination, destination };
		expect((await call('/lead/merge/', { json: self })).status).toBe(400);
	});

	it('lists leads by page', async () => {
		const { close } = sandbox().world;
		close.seedLeads(250);
		const names = async (query: string) => (await call(`/lead/${query}`)).json;
		const first = await names('?_fields=name');
		expect(first).toMatchObject({ has_more: true });
		const data = isRecord(first) && Array.isArray(first.data) ? first.data : [];
		expect([data.length, data[0]]).toEqual([100, { name: 'Seed Lead 250' }]);
		expect(await names('?_fields=name&_skip=248&_limit=2')).toEqual({
			data: [{ name: 'Seed Lead 2' }, { name: 'Seed Lead 1' }],
			has_more: false,
		});
		for (const bad of [
			'_limit=201',
			'_limit=0',
			'_limit=x',
			'_skip=10001',
			'_skip=-1',
			'query=a',
		]) {
			expect((await call(`/lead/?${bad}`)).status).toBe(400);
		}
		expect((await call('/lead/?_skip=10001')).text).toContain('(max_skip = 10000)');
		close.limitMaximum = 300;
		expect((await call('/lead/?_limit=250')).json).toMatchObject({ has_more: false });
	});
});
