import { closeAccounts, closeStatuses } from '../../../sandbox';
import { unsubscribe } from '../../../sandbox/vendors/close/staff';
import {
	activeFor,
	eventIds,
	kindsIn,
	storedOf,
	useCloseTrigger,
} from '../../support/triggers/close';

const {
	close,
	open,
	activate,
	call,
	quiet,
	settled,
	anHourLater,
	emitted,
	missed,
	subscriptionOf,
	requests,
} = useCloseTrigger();

type Trigger = Awaited<ReturnType<typeof activate>>;
const phones = [{ phone: '+12062000007', type: 'mobile' }];
const kindsOf = (trigger: Trigger) => kindsIn(subscriptionOf(trigger));

/** A lead with a second contact, of which the event log knows nothing. */
async function withTwoContacts(): Promise<{ leadId: string; contactId: string }> {
	const [lead] = close().seedLeads(1);
	const leadId = lead?.id ?? '';
	const { id } = await call('POST', '/contact/', { lead_id: leadId, name: 'Gob' });
	close().events.reset();
	return { leadId, contactId: String(id) };
}

describe('Close Trigger: changed contacts', () => {
	it.each([
		['Contacts is chosen', ['contacts'], ['contact.updated', 'lead.updated']],
		['no field is chosen', [], ['contact.updated', 'lead.updated']],
		['other fields are chosen', ['status'], ['lead.updated']],
	])('are subscribed to if %s', async (_what, changedFields, kinds) => {
		const active = await activate({ triggerOn: ['lead.updated'], changedFields });
		expect(kindsOf(active)).toEqual(kinds);
	});

	it.each([['contacts'], []])(
		'start the workflow with the contact, its lead and what changed (%s)',
		async (...changedFields) => {
			const { leadId, contactId } = await withTwoContacts();
			const active = await activate({ triggerOn: ['lead.updated'], changedFields });
			await call('PUT', `/contact/${contactId}/`, { phones });
			await quiet();
			expect(active.items()).toEqual([
				expect.objectContaining({
					event: 'contact.updated',
					leadId,
					contactId,
					name: 'Seed Lead 1',
					leadStatus: 'Potential',
					contactName: 'Gob',
					phoneNumber: '+12062000007',
					email: null,
					changedFields: expect.arrayContaining(['phones']),
					note: null,
				}),
			]);
		},
	);

	it('start it once when a contact is added, and not for fields that are not chosen', async () => {
		const active = await activate({ triggerOn: ['lead.updated'], changedFields: ['contacts'] });
		const { contactId } = await withTwoContacts();
		await quiet();
		expect(active.items()).toMatchObject([{ event: 'lead.updated', contactId: null }]);
		active.node.parameters.changedFields = ['status'];
		await call('PUT', `/contact/${contactId}/`, { phones });
		await quiet();
		expect(active.items()).toHaveLength(1);
	});

	it('come from the event log, each once', async () => {
		const active = await activate({ triggerOn: ['lead.updated'], changedFields: ['contacts'] });
		const { contactId } = await withTwoContacts();
		await quiet();
		close().webhooks.hold();
		await call('PUT', `/contact/${contactId}/`, { phones });
		await anHourLater(active);
		await anHourLater(active);
		expect(active.items()).toMatchObject([
			{ event: 'lead.updated' },
			{ event: 'contact.updated', contactId, phoneNumber: '+12062000007' },
		]);
	});

	it('are those of the contact as it is now where Close hides the event', async () => {
		const credentials = { apiKey: closeAccounts.three.key };
		const active = await activate({ triggerOn: ['lead.updated'], credentials });
		const { leadId, contactId } = await withTwoContacts();
		await call('PUT', `/contact/${contactId}/`, { phones });
		await quiet();
		await active.restart(() => {
			activeFor(active, 10_000, ['contact.updated']);
			close().webhooks.hold();
			const contact = { objectType: 'contact', objectId: contactId, leadId };
			emitted({ ...contact, action: 'updated', changedFields: ['phones'] }, 7200);
		});
		expect(active.items().at(-1)).toMatchObject({
			event: 'contact.updated',
			contactName: 'Gob',
			phoneNumber: '+12062000007',
			note: expect.stringContaining('as it is now'),
		});
	});
});

describe('Close Trigger: a workflow published before contacts were subscribed to', () => {
	it.each(['at the next start', 'within an hour'])('gets their events %s', async (when) => {
		const { leadId, contactId } = await withTwoContacts();
		const active = await activate({ triggerOn: ['lead.updated'] });
		const own = subscriptionOf(active);
		const { id, signatureKey } = own;
		own.events = own.events.filter((event) => event.object_type === 'lead');
		let ids: string[] = [];
		const before = () => {
			activeFor(active, 3600);
			close().webhooks.hold();
			const data = { id: contactId, lead_id: leadId };
			const contact = { objectType: 'contact', objectId: contactId, leadId, data };
			emitted({ ...contact, action: 'updated', changedFields: ['phones'] }, 600);
			const update = { action: 'updated', leadId, changedFields: ['name'] };
			ids = [emitted(update, 60).id];
			close().webhooks.lose();
		};
		if (when === 'at the next start') {
			await active.restart(before);
		} else {
			await anHourLater(active);
			await active.restart(before);
		}
		expect(kindsOf(active)).toEqual(['contact.updated', 'lead.updated']);
		expect(subscriptionOf(active)).toMatchObject({ id, signatureKey });
		// What happened to contacts before does not come, and nothing of the leads is lost.
		expect(eventIds(active)).toEqual(ids);
		await call('PUT', `/contact/${contactId}/`, { phones });
		await quiet();
		await anHourLater(active);
		expect(active.items().map(({ event }) => event)).toEqual(['lead.updated', 'contact.updated']);
	});
});

describe('Close Trigger: Lead Status Changed', () => {
	const triggerOn = ['activity.lead_status_change.created'];

	it('has the old and the new status', async () => {
		const active = await activate({ triggerOn });
		const leadId = close().seedLeads(1)[0]?.id ?? '';
		await call('PUT', `/lead/${leadId}/`, { status_id: closeStatuses.badFit.id });
		await call('PUT', `/lead/${leadId}/`, { name: 'Another' });
		await quiet();
		expect(active.items()).toEqual([
			expect.objectContaining({
				event: 'activity.lead_status_change.created',
				leadId,
				phoneNumber: '+15092000001',
				leadStatus: 'Bad Fit',
				statusId: closeStatuses.badFit.id,
				previousStatus: 'Potential',
				previousStatusId: closeStatuses.potential.id,
			}),
		]);
	});

	it('reports the last status where Close joins two changes', async () => {
		const active = await activate({ triggerOn });
		expect(kindsOf(active)).toEqual([
			'activity.lead_status_change.created',
			'activity.lead_status_change.updated',
		]);
		const leadId = close().seedLeads(1)[0]?.id ?? '';
		emitted({
			objectType: 'activity.lead_status_change',
			objectId: 'acti_1',
			action: 'updated',
			leadId,
			data: {
				id: 'acti_1',
				old_status_label: 'Potential',
				new_status_label: 'Customer',
				new_status_id: closeStatuses.customer.id,
			},
			changedFields: ['new_status_id', 'new_status_label'],
		});
		await settled();
		expect(active.items()).toMatchObject([
			{ leadId, leadStatus: 'Customer', previousStatus: 'Potential' },
		]);
	});

	it('comes from the event log, and in a test run', async () => {
		const active = await activate({ triggerOn });
		const leadId = close().seedLeads(1)[0]?.id ?? '';
		const change = async (status_id: string) =>
			await call('PUT', `/lead/${leadId}/`, { status_id });
		close().webhooks.hold();
		await change(closeStatuses.badFit.id);
		await anHourLater(active);
		expect(active.items()).toMatchObject([{ leadStatus: 'Bad Fit' }]);
		close().webhooks.lose();
		const items = await active.listenForTestEvent(async () => {
			await change(closeStatuses.customer.id);
			await settled();
		});
		expect(items).toMatchObject([{ json: { leadStatus: 'Customer', previousStatus: 'Bad Fit' } }]);
	});
});

describe('Close Trigger: Email Unsubscribed', () => {
	const triggerOn = ['unsubscribed_email.created'];

	it('has the email, by webhook, from the event log and in a test run', async () => {
		const active = await activate({ triggerOn });
		unsubscribe(close(), 'ada@example.com');
		await settled();
		close().webhooks.hold();
		unsubscribe(close(), 'ben@example.com');
		await anHourLater(active);
		close().webhooks.lose();
		expect(active.items()).toMatchObject(
			['ada@example.com', 'ben@example.com'].map((email) => ({
				event: 'unsubscribed_email.created',
				email,
				leadId: null,
				phoneNumber: null,
				note: null,
			})),
		);
		expect(requests('GET', /^\/lead\//)).toEqual([]);
		const items = await active.listenForTestEvent(async () => {
			unsubscribe(close(), 'cleo@example.com');
			await settled();
		});
		expect(items).toMatchObject([{ json: { email: 'cleo@example.com' } }]);
	});
});

it('Close Trigger: reads the log of each kind of event that it subscribes to', async () => {
	const active = await open({
		triggerOn: ['lead.updated', 'unsubscribed_email.created'],
		changedFields: ['contacts'],
	});
	await active.activate();
	missed(1);
	await anHourLater(active);
	expect(Object.keys(Object(storedOf(active).facts.logReadFrom)).sort()).toEqual(kindsOf(active));
	const asked = requests('GET', /^\/event\/$/).map(
		({ query }) => `${String(query.object_type)}.${String(query.action)}`,
	);
	expect(asked).toEqual(expect.arrayContaining(kindsOf(active)));
});
