import { closeFields, closeStatuses, closeUsers } from '../../../sandbox';
import { bodyOf, useCloseTrigger } from '../../support/triggers/close';
import { run } from '../../support/engine';

const { scene, close, activate, call, emitted, requests, settled, signed, quiet } =
	useCloseTrigger();

const name = 'Bluth Company';
const lead = {
	name,
	contacts: [
		{
			name: 'Gob',
			phones: [{ phone: '+12062000007', type: 'mobile' }],
			emails: [{ email: 'gob@bluth.example', type: 'office' }],
		},
	],
};

/** Creates a lead without an event. */
const silently = (): string => close().seedLeads(1)[0]?.id ?? '';

describe('Close Trigger: the output for a lead', () => {
	it('created: in the field names of the Close node', async () => {
		const active = await activate();
		const { id } = await call('POST', '/lead/', lead);
		await quiet();
		const [item] = active.items();
		expect(item).toEqual({
			event: 'lead.created',
			eventId: expect.stringMatching(/^ev_/),
			occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
			leadId: id,
			name,
			contactName: 'Gob',
			phoneNumber: '+12062000007',
			email: 'gob@bluth.example',
			leadStatus: closeStatuses.potential.label,
			statusId: closeStatuses.potential.id,
			contactId: null,
			previousStatus: null,
			previousStatusId: null,
			changedFields: [],
			mergedLeadId: null,
			mergedInto: null,
			bulkActionId: null,
			url: null,
			customFields: {},
			createdAt: expect.any(String),
			updatedAt: expect.any(String),
			userId: closeUsers.ben.id,
			note: null,
		});

		const { items } = await run({
			node: 'close',
			credentials: active.options.credentials,
			parameters: {
				authentication: 'apiKey',
				resource: 'lead',
				operation: 'get',
				leadId: String(id),
				options: {},
			},
			items: [{}],
		});
		const { outcome, ...known } = items[0]?.json ?? {};
		expect(outcome).toBe('found');
		expect(item).toMatchObject(known);
	});

	it('updated: with its previous status', async () => {
		const active = await activate();
		const id = silently();
		await call('PUT', `/lead/${id}/`, { status_id: closeStatuses.qualified.id });
		await quiet();
		expect(active.items()).toEqual([
			expect.objectContaining({
				event: 'lead.updated',
				leadId: id,
				phoneNumber: '+15092000001',
				leadStatus: 'Qualified',
				previousStatus: 'Potential',
				previousStatusId: closeStatuses.potential.id,
				changedFields: expect.arrayContaining(['status_id']),
			}),
		]);
	});

	it('deleted: with its last data', async () => {
		const active = await activate();
		const id = silently();
		await call('DELETE', `/lead/${id}/`);
		await quiet();
		expect(active.items()).toEqual([
			expect.objectContaining({
				event: 'lead.deleted',
				leadId: id,
				name: 'Seed Lead 1',
				phoneNumber: null,
				leadStatus: 'Potential',
			}),
		]);
		expect(requests('GET', /^\/lead\//)).toEqual([]);
	});

	it('merged: the destination with its present phone number', async () => {
		const active = await activate({ triggerOn: ['lead.merged'] });
		const [source, destination] = close().seedLeads(2);
		await call('POST', '/lead/merge/', { source: source?.id, destination: destination?.id });
		await quiet();
		expect(active.items()).toEqual([
			expect.objectContaining({
				event: 'lead.merged',
				leadId: destination?.id,
				name: 'Seed Lead 2',
				phoneNumber: '+15092000002',
			}),
		]);
	});

	it('is as Close sent it when Simplify is off', async () => {
		const active = await activate({ options: { simplify: false } });
		const { id } = await call('POST', '/lead/', lead);
		await settled();
		expect(active.items()).toEqual([
			{
				event: 'lead.created',
				eventId: expect.stringMatching(/^ev_/),
				occurredAt: expect.any(String),
				raw: expect.objectContaining({
					object_type: 'lead',
					action: 'created',
					lead_id: id,
					data: expect.objectContaining({ id, name }),
					previous_data: {},
				}),
			},
		]);
		expect(requests('GET', /^\/lead\//)).toEqual([]);
	});

	it('uses the contacts in the event if there are any', async () => {
		const active = await activate();
		const data = { id: 'lead_1', contacts: lead.contacts };
		expect(await signed(active, bodyOf('with contacts', { data }))).toBe(200);
		expect(active.items()).toEqual([expect.objectContaining({ phoneNumber: '+12062000007' })]);
		expect(requests('GET', /^\/lead\//)).toEqual([]);
	});

	it.each([
		['was deleted', { kind: 'status', status: 404 }],
		['cannot be read', { kind: 'status', status: 403 }],
		['is returned as a web page', { kind: 'htmlPage', status: 404 }],
		[
			'is rate-limited for long',
			{ kind: 'status', status: 429, headers: { 'retry-after': '600' } },
		],
	] as const)('has no phone number if the lead %s', async (_what, fault) => {
		const active = await activate();
		const id = silently();
		scene.world.faults.add({ vendor: 'close', path: `/lead/${id}/`, ...fault });
		emitted({ action: 'created', leadId: id });
		await settled();
		expect(scene.world.deliveries.log.map(({ state }) => state)).toEqual(['received']);
		expect(active.items()).toEqual([
			expect.objectContaining({ leadId: id, name: 'Seed Lead 1', phoneNumber: null }),
		]);
	});
});

describe('Close Trigger: Changed Field Names or IDs', () => {
	it.each([
		['status', { status_id: closeStatuses.customer.id }],
		['name', { name: 'Sitwell' }],
		['url', { url: 'https://sitwell.example' }],
		['description', { description: 'Rivals' }],
		['addresses', { addresses: [{ label: 'business', city: 'Newport Beach' }] }],
		[closeFields.text.id, { [`custom.${closeFields.text.id}`]: 'L7' }],
		[closeFields.old.id, { [`custom.${closeFields.old.id}`]: 'L7' }],
	])('starts the workflow only if %s changed', async (field, change) => {
		const active = await activate({ triggerOn: ['lead.updated'], changedFields: [field] });
		const id = silently();
		const others = {
			status_id: closeStatuses.qualified.id,
			name: 'Another',
			url: 'https://another.example',
			description: 'Another',
			addresses: [{ label: 'business', city: 'Another' }],
			[`custom.${closeFields.text.id}`]: 'Another',
		};
		const rest = Object.entries(others).filter(([key]) => !Object.hasOwn(change, key));
		await call('PUT', `/lead/${id}/`, Object.fromEntries(rest));
		await quiet();
		expect(active.executions).toEqual([]);
		await call('PUT', `/lead/${id}/`, change);
		await quiet();
		expect(active.items()).toEqual([expect.objectContaining({ event: 'lead.updated' })]);
	});

	it('starts the workflow when a contact was added or removed', async () => {
		const active = await activate({ triggerOn: ['lead.updated'], changedFields: ['contacts'] });
		const id = silently();
		await call('PUT', `/lead/${id}/`, { name: 'Another' });
		await call('POST', '/contact/', { lead_id: id, name: 'Lucille' });
		await quiet();
		expect(active.items()).toEqual([
			expect.objectContaining({ changedFields: expect.arrayContaining(['contact_ids']) }),
		]);
	});

	it('starts the workflow if any of the fields changed, and for other kinds of events', async () => {
		const triggerOn = ['lead.updated', 'lead.created'];
		const active = await activate({ triggerOn, changedFields: ['url', 'status'] });
		const { id } = await call('POST', '/lead/', { name });
		await call('PUT', `/lead/${String(id)}/`, { status_id: closeStatuses.customer.id });
		await call('PUT', `/lead/${String(id)}/`, { name: 'Another' });
		await quiet();
		expect(active.items().map(({ event }) => event)).toEqual(['lead.created', 'lead.updated']);
	});
});

describe('Close Trigger: ignored events', () => {
	it('an event that is not selected starts nothing, even if Close sends it', async () => {
		const active = await activate({ triggerOn: ['lead.created'] });
		for (const action of ['updated', 'deleted', 'merged']) {
			expect(await signed(active, bodyOf(action, { action }))).toBe(200);
		}
		expect(active.executions).toEqual([]);
		expect(await signed(active, bodyOf('created'))).toBe(200);
		expect(active.executions).toHaveLength(1);
	});
});
