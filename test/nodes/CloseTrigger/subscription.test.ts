import { closeUsers } from '../../../sandbox';
import {
	allEvents,
	allKinds,
	kindsIn,
	storedOf,
	storeFacts,
	useCloseTrigger,
} from '../../support/triggers/close';

const { close, activate, call, subscriptionOf, requests, quiet } = useCloseTrigger();

const subscriptions = () => [...close().webhooks.subscriptions.values()];
const strangers = {
	url: 'https://stranger.example/hook',
	events: [{ object_type: 'lead', action: 'created' }],
};

describe('Close Trigger: publishing', () => {
	it.each([
		['an API key', false, closeUsers.ada.id],
		['OAuth2', true, closeUsers.cleo.id],
	])('creates one subscription for all its events, with %s', async (_what, oAuth2, user) => {
		const active = await activate({ oAuth2 });
		expect(subscriptions()).toHaveLength(1);
		const made = subscriptionOf(active);
		expect(made.createdBy).toBe(user);
		expect(kindsIn(made)).toEqual(allKinds);
		await call('POST', '/lead/', { name: 'Bluth' });
		await quiet();
		expect(active.items()).toEqual([expect.objectContaining({ event: 'lead.created' })]);
	});

	it('finds its own subscription again, and changes nothing', async () => {
		const active = await activate();
		const { id, signatureKey } = subscriptionOf(active);
		await active.restart();
		await active.activate();
		expect(subscriptionOf(active)).toMatchObject({ id, signatureKey });
		expect(requests('POST', /^\/webhook\/$/)).toHaveLength(1);
		expect(requests('PUT', /^\/webhook\//)).toEqual([]);
		expect(requests('DELETE', /^\/webhook\//)).toEqual([]);
	});

	it.each([
		['paused', { status: 'paused' as const }],
		['redirected', { url: 'https://old.example/webhook/close' }],
	])('repairs its own subscription if it was %s', async (_what, drift) => {
		const active = await activate();
		const { id } = subscriptionOf(active);
		Object.assign(subscriptionOf(active), drift);
		await active.restart();
		expect(subscriptions()).toHaveLength(1);
		expect(subscriptionOf(active)).toMatchObject({ id, status: 'active' });
	});

	it.each([
		['other events', [{ object_type: 'lead', action: 'deleted', extra_filter: null }]],
		[
			'a filter',
			allEvents.map((event) => ({
				object_type: 'lead',
				action: event.slice(5),
				extra_filter: { type: 'equals' },
			})),
		],
	])('repairs its own subscription if it was given %s', async (_what, events) => {
		const active = await activate();
		const { id } = subscriptionOf(active);
		Object.assign(subscriptionOf(active), {
			events: events.map((event) => ({ ...event, matches: () => true })),
		});
		await active.restart();
		const repaired = subscriptionOf(active);
		expect(repaired.id).toBe(id);
		expect(kindsIn(repaired)).toEqual(allKinds);
		expect(repaired.events.every(({ extra_filter }) => extra_filter === null)).toBe(true);
	});

	it('updates the subscription after the selected events changed', async () => {
		const active = await activate();
		active.node.parameters.triggerOn = ['lead.merged'];
		await active.activate();
		expect(subscriptionOf(active).events.map(({ action }) => action)).toEqual(['merged']);
	});

	it('removes duplicates to its own address, except the one whose secret it has', async () => {
		const active = await activate();
		const { id } = subscriptionOf(active);
		const { url } = subscriptionOf(active);
		await call('POST', '/webhook/', { ...strangers, url });
		await call('POST', '/webhook/', { ...strangers, url });
		await active.restart();
		expect(subscriptionOf(active).id).toBe(id);
	});

	it.each([
		['lost', undefined],
		['lost with the ID', 'all'],
	])('creates a new subscription if the secret was %s', async (_what, what) => {
		const active = await activate();
		const { id } = subscriptionOf(active);
		await active.restart(() => {
			if (what === 'all') active.stored = '{}';
			else storeFacts(active, { signatureKey: undefined });
		});
		expect(subscriptions()).toHaveLength(1);
		expect(subscriptionOf(active).id).not.toBe(id);
		expect(storedOf(active).facts.signatureKey).toBe(subscriptionOf(active).signatureKey);
	});

	it('removes a subscription with another address whose secret was lost', async () => {
		const active = await activate();
		Object.assign(subscriptionOf(active), { url: 'https://old.example/webhook/close' });
		await active.restart(() => storeFacts(active, { signatureKey: undefined }));
		expect(subscriptions().map(({ url }) => url)).toEqual([active.webhookUrl]);
	});

	it('creates a new subscription if its own was deleted', async () => {
		const active = await activate();
		close().webhooks.subscriptions.clear();
		await active.restart();
		expect(subscriptions()).toHaveLength(1);
	});

	it('does not touch the subscriptions of others and of a second trigger', async () => {
		const { id } = await call('POST', '/webhook/', strangers);
		const one = await activate();
		const two = await activate();
		const before = structuredClone([
			{ ...close().webhooks.subscriptions.get(String(id)), events: 0 },
			{ ...subscriptionOf(two), events: 0 },
		]);
		await one.restart();
		await one.deactivate();
		expect(subscriptions().map((entry) => ({ ...entry, events: 0 }))).toEqual(before);
	});

	it('finds its own subscription on the second page', async () => {
		const active = await activate();
		const own = subscriptionOf(active);
		close().webhookMaximum = 500;
		for (let count = 0; count < 110; count++) await call('POST', '/webhook/', strangers);
		close().webhooks.subscriptions.delete(own.id);
		close().webhooks.subscriptions.set(own.id, own);
		await active.restart();
		expect(subscriptions()).toHaveLength(111);
		expect(subscriptionOf(active).id).toBe(own.id);
	});
});

describe('Close Trigger: unpublishing', () => {
	it('removes its subscription and the secret', async () => {
		const active = await activate();
		await active.deactivate();
		expect(subscriptions()).toEqual([]);
		expect(storedOf(active).facts).not.toHaveProperty('signatureKey');
		expect(storedOf(active).facts).not.toHaveProperty('subscriptionId');
	});

	it('succeeds if the subscription was already deleted', async () => {
		const active = await activate();
		close().webhooks.subscriptions.clear();
		await active.deactivate();
		expect(requests('DELETE', /^\/webhook\//).map(({ status }) => status)).toEqual([404]);
		expect(storedOf(active).facts).not.toHaveProperty('subscriptionId');
	});

	it('removes the subscription to its address if the ID was lost', async () => {
		const active = await activate();
		storeFacts(active, { subscriptionId: undefined });
		await active.restart();
		await active.deactivate();
		expect(subscriptions()).toEqual([]);
	});
});
