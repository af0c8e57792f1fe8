import {
	closeAccounts,
	closeAuthorization,
	closeFields,
	closeStatuses,
	closeUsers,
} from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import { bearer, send, useSandbox, type Sent } from '../helpers';
import { useReceiver } from '../receiver';

const sandbox = useSandbox();
const receiver = useReceiver();
const headers = { authorization: closeAuthorization(closeAccounts.one.key) };

async function call(path: string, sent: Sent = {}) {
	return await send(`${sandbox().url}/close${path}`, { headers, ...sent });
}

const put = async (path: string, json: unknown) => await call(path, { method: 'PUT', json });

const everything = [
	...['created', 'updated', 'deleted', 'merged'].map((action) => ({ object_type: 'lead', action })),
	{ object_type: 'activity.lead_status_change', action: 'created' },
];
const ofContacts = ['created', 'updated', 'deleted'].map((action) => ({
	object_type: 'contact',
	action,
}));

async function subscribe(events: unknown = everything): Promise<string> {
	const { json } = await call('/webhook/', { json: { url: `${receiver().url}/hook`, events } });
	return isRecord(json) ? String(json.id) : '';
}

/** The received events, once all deliveries have ended. */
async function receivedEvents(): Promise<Array<Record<string, unknown>>> {
	await sandbox().world.deliveries.settled();
	return receiver().received.map(({ body }) => {
		const json: unknown = JSON.parse(body);
		return isRecord(json) && isRecord(json.event) ? json.event : {};
	});
}

async function created(json: unknown = { name: 'Bluth Company' }, path = '/lead/') {
	const reply = await call(path, { json });
	return isRecord(reply.json) ? String(reply.json.id) : '';
}

/** A lead without an event of its creation. */
const seeded = () => sandbox().world.close.seedLeads(1)[0]?.id ?? '';

describe('Close events', () => {
	it('reports a created lead', async () => {
		const subscription = await subscribe();
		const id = await created({ name: 'Bluth Company', contacts: [{ name: 'Gob' }] });
		expect(await receivedEvents()).toEqual([
			{
				id: expect.stringMatching(/^ev_\w{22}$/),
				date_created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/),
				date_updated: expect.any(String),
				action: 'created',
				object_type: 'lead',
				object_id: id,
				lead_id: id,
				organization_id: expect.stringMatching(/^orga_/),
				user_id: closeUsers.ada.id,
				request_id: expect.stringMatching(/^req_\w{22}$/),
				api_key_id: closeAccounts.one.keyId,
				data: expect.objectContaining({ id, name: 'Bluth Company', status_label: 'Potential' }),
				previous_data: {},
				changed_fields: [],
				meta: { request_method: 'POST', request_path: '/api/v1/lead/' },
			},
		]);
		const [{ path = '', body = '' } = {}] = receiver().received;
		expect([path, JSON.parse(body)]).toMatchObject(['/hook', { subscription_id: subscription }]);
	});

	it('reports changed fields with their previous values', async () => {
		const id = seeded();
		await subscribe();
		const custom = `custom.${closeFields.text.id}`;
		await put(`/lead/${id}/`, { name: 'Renamed', [custom]: 'x-1' });
		expect(await receivedEvents()).toEqual([
			expect.objectContaining({
				action: 'updated',
				data: expect.objectContaining({ name: 'Renamed', [custom]: 'x-1' }),
				previous_data: expect.objectContaining({ name: 'Seed Lead 1', [custom]: null }),
				changed_fields: [custom, 'date_updated', 'display_name', 'name'],
				meta: { request_method: 'PUT', request_path: `/api/v1/lead/${id}/` },
			}),
		]);
	});

	it('reports nothing for an update without changes, or of a contact only', async () => {
		const id = seeded();
		const contact = sandbox().world.close.leads.get(id)?.contacts[0]?.id ?? '';
		await subscribe();
		await put(`/lead/${id}/`, { name: 'Seed Lead 1' });
		await put(`/contact/${contact}/`, { name: 'Someone Else' });
		await call('/activity/note/', { json: { lead_id: id, note: 'Hello' } });
		await put(`/lead/${id}/`, { name: 5 });
		expect(await receivedEvents()).toEqual([]);
	});

	it('reports added and removed contacts, and the lead that a contact creates', async () => {
		const id = seeded();
		await subscribe();
		const contact = await created({ lead_id: id, name: 'Gob' }, '/contact/');
		await call(`/contact/${contact}/`, { method: 'DELETE' });
		await created({ name: 'Lindsay' }, '/contact/');
		const fields = expect.arrayContaining(['contact_ids']);
		const events = await receivedEvents();
		expect(events.filter(({ action }) => action === 'updated')).toMatchObject([
			{ lead_id: id, changed_fields: fields },
			{ lead_id: id, changed_fields: fields },
		]);
		expect(events.filter(({ action }) => action === 'created')).toMatchObject([
			{ data: { name: 'Lindsay' }, meta: { request_path: '/api/v1/contact/' } },
		]);
	});

	it('holds no contacts and no html_url', async () => {
		const id = seeded();
		await subscribe();
		await put(`/lead/${id}/`, { name: 'Another' });
		const [event] = await receivedEvents();
		const data = isRecord(event?.data) ? event.data : {};
		expect(Object.keys(data)).toEqual(expect.arrayContaining(['contact_ids', 'status_id']));
		for (const field of ['html_url', 'contacts', 'primary_phone']) {
			expect(data).not.toHaveProperty(field);
		}
	});

	it('reports contacts: created, updated with what changed, and deleted with their lead', async () => {
		await subscribe(ofContacts);
		const lead = await created({ name: 'Bluth', contacts: [{ name: 'Gob' }] });
		const contact = sandbox().world.close.leads.get(lead)?.contacts[0]?.id ?? '';
		const phones = [{ phone: '+12062000007', type: 'mobile' }];
		await put(`/contact/${contact}/`, { phones });
		await call(`/lead/${lead}/`, { method: 'DELETE' });
		const about = { object_type: 'contact', object_id: contact, lead_id: lead };
		expect(await receivedEvents()).toMatchObject([
			{ ...about, action: 'created', data: { name: 'Gob' } },
			{
				...about,
				action: 'updated',
				data: { phones: [{ phone: '+12062000007' }] },
				previous_data: { phones: [] },
				changed_fields: expect.arrayContaining(['phones']),
			},
			{ ...about, action: 'deleted', data: null, previous_data: { name: 'Gob' } },
		]);
	});

	it('reports the contacts that a merge moves', async () => {
		const [source, destination] = sandbox()
			.world.close.seedLeads(2)
			.map(({ id }) => id);
		await subscribe(ofContacts);
		await call('/lead/merge/', { json: { source, destination } });
		expect(await receivedEvents()).toMatchObject([
			{
				action: 'updated',
				lead_id: destination,
				previous_data: { lead_id: source },
				changed_fields: ['lead_id'],
				meta: { merge_source_lead_id: source },
			},
		]);
	});

	it('names the bulk action that caused an event', async () => {
		const [one, two] = sandbox()
			.world.close.seedLeads(2)
			.map(({ id }) => id);
		await subscribe();
		const admin = async (json: unknown) =>
			await send(`${sandbox().url}/_sandbox/close/bulkAction`, { json });
		const changed = await admin({ leadIds: [one], statusId: closeStatuses.badFit.id });
		const deleted = await admin({ leadIds: [one, two], delete: true });
		const idOf = ({ json }: { json: unknown }) => (isRecord(json) ? json.bulkActionId : undefined);
		const events = await receivedEvents();
		expect(events.map(({ action, meta }) => [action, meta])).toEqual([
			['updated', { bulk_action_id: idOf(changed) }],
			['created', { bulk_action_id: idOf(changed) }],
			['deleted', { bulk_action_id: idOf(deleted) }],
			['deleted', { bulk_action_id: idOf(deleted) }],
		]);
		expect((await admin({ leadIds: ['lead_none'], delete: true })).status).toBe(400);
		expect((await admin({ leadIds: [] })).status).toBe(400);
	});

	it('reports an email that was unsubscribed, without a lead', async () => {
		await subscribe([{ object_type: 'unsubscribed_email', action: 'created' }]);
		const json = { email: 'ada@example.com' };
		await send(`${sandbox().url}/_sandbox/close/unsubscribe`, { json });
		expect(await receivedEvents()).toMatchObject([{ lead_id: null, data: json }]);
	});

	it('reports a status change in addition', async () => {
		const id = seeded();
		await subscribe([everything.at(-1)]);
		await put(`/lead/${id}/`, { status_id: closeStatuses.badFit.id });
		expect(await receivedEvents()).toEqual([
			expect.objectContaining({
				action: 'created',
				object_type: 'activity.lead_status_change',
				object_id: expect.stringMatching(/^acti_/),
				lead_id: id,
				data: expect.objectContaining({
					old_status_id: closeStatuses.potential.id,
					old_status_label: 'Potential',
					new_status_id: closeStatuses.badFit.id,
					new_status_label: 'Bad Fit',
				}),
			}),
		]);
		const update = sandbox()
			.world.close.events.newestFirst()
			.find(({ action }) => action === 'updated');
		expect(update?.changedFields).toEqual(expect.arrayContaining(['status_id', 'status_label']));
	});

	it('reports a delete with the previous data', async () => {
		const id = seeded();
		await subscribe();
		await call(`/lead/${id}/`, { method: 'DELETE' });
		await call(`/lead/${id}/`, { method: 'DELETE' });
		expect(await receivedEvents()).toMatchObject([
			{ action: 'deleted', object_id: id, data: null, previous_data: { name: 'Seed Lead 1' } },
		]);
	});

	it('emits custom events, with the current lead as default data', async () => {
		const leadId = seeded();
		await subscribe();
		const { webhooks } = sandbox().world.close;
		const { id } = webhooks.emit({ action: 'created', leadId, userId: null });
		webhooks.emit({ action: 'deleted', leadId: 'lead_none' });
		const events = await receivedEvents();
		expect(events.find((event) => event.id === id)).toMatchObject({
			data: { id: leadId, name: 'Seed Lead 1' },
			user_id: null,
			meta: {},
		});
		expect(events.find((event) => event.id !== id)).toMatchObject({
			data: null,
			previous_data: { id: 'lead_none' },
		});
	});

	it('reports a merge as update, delete and merge, each with both leads', async () => {
		const [source, destination] = sandbox()
			.world.close.seedLeads(2)
			.map(({ id }) => id);
		await subscribe();
		await call('/lead/merge/', { json: { source, destination } });
		const meta = { merge_source_lead_id: source, merge_destination_lead_id: destination };
		const events = await receivedEvents();
		expect(new Set(events.map(({ request_id: request }) => request)).size).toBe(1);
		expect(events).toHaveLength(3);
		expect(events).toEqual(
			expect.arrayContaining([
				expect.objectContaining({
					action: 'updated',
					object_id: destination,
					meta: expect.objectContaining(meta),
				}),
				expect.objectContaining({
					action: 'deleted',
					object_id: source,
					previous_data: expect.objectContaining({ contact_ids: [expect.any(String)] }),
					meta: expect.objectContaining(meta),
				}),
				expect.objectContaining({
					action: 'merged',
					object_id: destination,
					lead_id: destination,
					data: expect.objectContaining({ id: destination }),
					meta: expect.objectContaining(meta),
				}),
			]),
		);
	});

	it('sends events only to subscriptions of their type that are not paused', async () => {
		const travel = {
			type: 'field_accessor',
			field: 'name',
			filter: { type: 'contains', value: 'travel' },
		};
		const filter = { type: 'field_accessor', field: 'data', filter: travel };
		const id = await subscribe([{ ...everything[0], extra_filter: filter }]);
		await created({ name: 'A travel agency' });
		await created({ name: 'A bakery' });
		await put(`/webhook/${id}/`, { status: 'paused' });
		await created({ name: 'More travel' });
		await put(`/webhook/${id}/`, { status: 'active' });
		await created({ name: 'Even more travel' });
		const names = (await receivedEvents()).map(({ data }) =>
			isRecord(data) ? data.name : undefined,
		);
		expect(names.sort()).toEqual(['A travel agency', 'Even more travel']);
	});

	it('has a user but no key for OAuth requests', async () => {
		const { tokens, tokenLifetimeMs } = sandbox().world.close;
		await subscribe();
		const token = bearer(tokens.issue(tokenLifetimeMs).accessToken);
		await call('/lead/', { json: { name: 'Bluth' }, headers: token });
		expect(await receivedEvents()).toMatchObject([
			{ api_key_id: null, user_id: closeUsers.cleo.id },
		]);
	});

	it('merges updates into one event until it is sent', async () => {
		const id = seeded();
		await subscribe();
		const { close } = sandbox().world;
		close.eventDelayMs = 3_600_000;
		close.webhooks.hold();
		await put(`/lead/${id}/`, { name: 'Second' });
		await put(`/lead/${id}/`, { name: 'Third', description: 'x' });
		await close.webhooks.release();
		close.webhooks.hold();
		await put(`/lead/${id}/`, { name: 'Fourth' });
		await close.webhooks.release();
		expect(await receivedEvents()).toMatchObject([
			{
				data: { name: 'Third', description: 'x' },
				previous_data: { name: 'Seed Lead 1', description: null },
				changed_fields: ['date_updated', 'description', 'display_name', 'name'],
			},
			{ previous_data: { name: 'Third' }, changed_fields: expect.arrayContaining(['name']) },
		]);
		expect(close.events.newestFirst()).toHaveLength(2);
	});

	it('sends a delayed event with its latest state', async () => {
		await subscribe();
		const { close } = sandbox().world;
		close.eventDelayMs = 20;
		const update = (name: string) =>
			close.webhooks.emit({ action: 'updated', leadId: 'lead_1', data: { name } });
		expect(update('Second').id).toBe(update('Third').id);
		expect(await receivedEvents()).toMatchObject([{ data: { name: 'Third' } }]);
	});

	it.each([
		['Bluth', 1],
		['Wayne', 0],
	])('sends only events that pass extra_filter (%s)', async (value, count) => {
		const name = { type: 'field_accessor', field: 'name', filter: { type: 'equals', value } };
		const filter = { type: 'field_accessor', field: 'data', filter: name };
		await subscribe([{ ...everything[0], extra_filter: filter }]);
		await created({ name: 'Bluth' });
		expect(await receivedEvents()).toHaveLength(count);
	});
});
