import {
	closeAccounts,
	closeAuthorization,
	closeStatuses,
	type SandboxState,
} from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import { signClose } from '../../../sandbox/vendors/close/signature';
import { assert } from '../checks';
import { bodiesTo, MAX_REPLAYED, newPhone, part, type TriggerFixture } from './TriggerFixture';

/** Another user of the organization, whose changes Close reports. */
class CloseUser {
	constructor(private readonly url: string) {}

	async do(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
		const response = await fetch(`${this.url}/close${path}`, {
			method,
			headers: {
				authorization: closeAuthorization(closeAccounts.two.key),
				...(body && { 'content-type': 'application/json' }),
			},
			body: body && JSON.stringify(body),
		});
		assert(response.ok, `Close answered ${response.status} to ${method} ${path}`);
		const text = await response.text();
		return part(text === '' ? {} : JSON.parse(text));
	}

	async createLead(name: string, phone: string): Promise<string> {
		const contacts = [{ name, phones: [{ phone, type: 'mobile' }] }];
		return String((await this.do('POST', '/lead/', { name, contacts })).id);
	}
}

const events = ['created', 'updated', 'merged', 'deleted'];

/** The Close trigger on all events of leads. */
export function closeFixture(world: SandboxState, sandboxUrl: string): TriggerFixture {
	const { webhooks } = world.close;
	const closeUser = new CloseUser(sandboxUrl);
	/** Phone numbers of the leads that still exist, by lead ID. */
	const phones = new Map<string, string>();
	let address = '';

	const subscriptionTo = (url: string) => {
		const all = [...webhooks.subscriptions.values()].filter((one) => one.url === url);
		const [only] = all;
		assert(only !== undefined && all.length === 1, `${all.length} subscriptions go to ${url}`);
		return only;
	};
	/** Without the contact that the merge moves, which the update of its lead reports. */
	const reportedEvents = () =>
		bodiesTo(world, address)
			.map(({ event }) => event)
			.filter(isRecord)
			.filter(({ object_type: type }) => type === 'lead');

	return {
		name: 'Close',
		path: 'close',
		node: {
			type: 'closeTrigger',
			parameters: {
				authentication: 'apiKey',
				triggerOn: events.map((event) => `lead.${event}`),
			},
			credentials: { leadDispatchCloseApi: { id: 'ldClose0000000001', name: 'Close (sandbox)' } },
		},
		fields: ['eventId', 'event', 'leadId'],
		registeredAt(url) {
			const { events: wanted, status } = subscriptionTo(url);
			assert(webhooks.subscriptions.size === 1, `${webhooks.subscriptions.size} subscriptions`);
			assert(status === 'active', `the subscription is ${status}`);
			const subscribed = wanted.map(({ object_type, action }) => `${object_type}.${action}`).sort();
			// Lead Updated is also about the lead's contacts.
			const expected = ['contact.updated', ...events.map((event) => `lead.${event}`)].sort();
			assert(subscribed.join() === expected.join(), `it is subscribed to ${subscribed.join(', ')}`);
			address = url;
			return url;
		},
		async causeEvents() {
			const phone = newPhone();
			const target = await closeUser.createLead('Target', phone);
			phones.set(target, phone);
			await closeUser.do('PUT', `/lead/${target}/`, { status_id: closeStatuses.qualified.id });
			const duplicate = await closeUser.createLead('Duplicate', newPhone());
			await closeUser.do('POST', '/lead/merge/', { source: duplicate, destination: target });
			const deleted = await closeUser.createLead('Deleted', newPhone());
			await closeUser.do('DELETE', `/lead/${deleted}/`);
		},
		expected: () =>
			reportedEvents().map((event) => ({
				eventId: String(event.id),
				event: `lead.${String(event.action)}`,
				leadId: String(event.lead_id),
			})),
		check(items) {
			for (const [leadId, phone] of phones) {
				const ofLead = items.filter((item) => item.leadId === leadId);
				const created = ofLead.find(({ event }) => event === 'lead.created');
				assert(created?.phoneNumber === phone, `lead.created has ${String(created?.phoneNumber)}`);
				// The merge is another update.
				const changes = ofLead.filter(({ event }) => event === 'lead.updated');
				const statuses = changes.filter(({ leadStatus }) => leadStatus === 'Qualified');
				assert(statuses.length === changes.length, 'lead.updated has another status');
				const before = changes.map(({ previousStatus }) => previousStatus);
				assert(
					before.includes('Potential'),
					`lead.updated has the previous status ${before.join()}`,
				);
			}
		},
		async replay() {
			const ids = reportedEvents()
				.slice(-MAX_REPLAYED)
				.map(({ id }) => String(id));
			const kinds = ['replay', 'redelivery', 'replay'] as const;
			const sent = ids.flatMap((id) => kinds.map(async (kind) => await webhooks.forge(kind, id)));
			return (await Promise.all(sent)).flat();
		},
		async forge() {
			const newest = String(reportedEvents().at(-1)?.id);
			const kinds = ['badSignature', 'noSignature', 'oldTimestamp', 'alteredBody'] as const;
			return await Promise.all(
				kinds.map(async (kind) => ({
					what: kind,
					attempts: await webhooks.forge(kind, newest),
					allowed: [401],
				})),
			);
		},
		headersFor: (body) => signClose(subscriptionTo(address).signatureKey, body, Date.now()),
		checkGone() {
			assert(
				webhooks.subscriptions.size === 0,
				`Close still has ${webhooks.subscriptions.size} subscriptions`,
			);
		},
	};
}
