import {
	allKinds,
	eventIds,
	kindsIn,
	storedOf,
	useCloseTrigger,
} from '../../support/triggers/close';

const { close, open, activate, emitted, settled, subscriptionOf } = useCloseTrigger();

const subscriptions = () => [...close().webhooks.subscriptions.values()];
const created = () => emitted({ action: 'created', leadId: 'lead_1', data: { contacts: [] } });

describe('Close Trigger: test runs in the editor', () => {
	it('waits for one real event, and removes its subscription', async () => {
		const trigger = await open();
		let id = '';
		const items = await trigger.listenForTestEvent(async () => {
			expect(subscriptions().map(kindsIn)).toEqual([allKinds]);
			({ id } = created());
			await settled();
		});
		expect(items?.map(({ json }) => json)).toEqual([
			expect.objectContaining({ event: 'lead.created', eventId: id, leadId: 'lead_1' }),
		]);
		expect(subscriptions()).toEqual([]);
		expect(trigger.stored).toBe('{}');
	});

	it('removes its subscription if no event arrived', async () => {
		const trigger = await open();
		expect(await trigger.listenForTestEvent(async () => {})).toBeUndefined();
		expect(subscriptions()).toEqual([]);
	});

	it('rejects a forgery', async () => {
		const trigger = await open();
		const items = await trigger.listenForTestEvent(async () => {
			close().webhooks.hold();
			const { id } = created();
			const answers = await close().webhooks.forge('badSignature', id);
			expect(answers.map(({ status }) => status)).toEqual([401]);
		});
		expect(items).toBeUndefined();
	});

	it('does not affect the published workflow: its subscription, its state, its events', async () => {
		const active = await activate();
		created();
		await settled();
		const before = { ...subscriptionOf(active) };
		const stored = active.stored;
		let id = '';
		const items = await active.listenForTestEvent(async () => {
			expect(subscriptions()).toHaveLength(2);
			({ id } = created());
			await settled();
		});
		expect(items).toEqual([{ json: expect.objectContaining({ eventId: id }) }]);
		expect(subscriptions()).toEqual([{ ...before, received: before.received + 1 }]);
		// The event came to both, and the active workflow started with it.
		expect(eventIds(active)).toContain(id);
		expect(active.executions).toHaveLength(2);
		expect(storedOf(active).facts.subscriptionId).toBe(before.id);
		expect(active.stored).not.toBe(stored);

		const next = created();
		await settled();
		await active.restart();
		expect(eventIds(active)).toHaveLength(3);
		expect(eventIds(active)).toContain(next.id);
		expect(subscriptions()).toHaveLength(1);
	});

	it('stores nothing of a test run', async () => {
		const active = await activate();
		const stored = active.stored;
		const secret = subscriptionOf(active).signatureKey;
		await active.listenForTestEvent(async () => {});
		expect(active.stored).toBe(stored);
		expect(subscriptionOf(active).signatureKey).toBe(secret);
		const { id } = created();
		await settled();
		expect(eventIds(active)).toEqual([id]);
	});

	it('outputs an event that the published workflow has seen', async () => {
		const active = await activate();
		const { id } = created();
		await settled();
		const items = await active.listenForTestEvent(async () => {
			await close().webhooks.forge('redelivery', id);
		});
		expect(items).toEqual([{ json: expect.objectContaining({ eventId: id }) }]);
		expect(active.executions).toHaveLength(1);
	});
});
