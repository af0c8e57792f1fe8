import { useAutocallsTrigger } from '../support/triggers/autocalls';
import { activeFor, eventIds, useCloseTrigger } from '../support/triggers/close';
import type { ActiveTrigger } from '../support/triggers/ActiveTrigger';

const { scene, activate, anHourLater, close, emitted, missed, open, settled } = useCloseTrigger();
const { openForCalls, webhookOf, writes } = useAutocallsTrigger(scene);

/** Another n8n gets what is stored of a workflow, as with `n8n export:workflow` and `import:workflow`. */
function copy(from: ActiveTrigger, to: ActiveTrigger): ActiveTrigger {
	to.stored = from.stored;
	to.instanceId = 'another n8n';
	return to;
}

describe('A workflow copied to another n8n with its static data', () => {
	it('keeps the subscription of the original and creates its own (Close)', async () => {
		const first = await activate();
		const ofFirst = structuredClone({ ...subscriptionTo(first), events: undefined });
		const second = copy(first, await open());
		await second.activate();
		expect(subscriptionTo(second)?.id).not.toBe(ofFirst.id);
		const { id } = emitted({ action: 'created', leadId: 'lead_1', data: { contacts: [] } });
		await settled();
		await second.restart();
		await second.deactivate();
		await anHourLater(first);
		expect(subscriptionTo(first)).toMatchObject({ id: ofFirst.id, url: ofFirst.url });
		expect(subscriptionTo(second)).toBeUndefined();
		expect([eventIds(first), eventIds(second)]).toEqual([[id], [id]]);
	});

	it('starts with nothing that the original missed, whichever half n8n starts first (Close)', async () => {
		const first = await activate();
		activeFor(first, 3600);
		missed(3, 60);
		const second = copy(first, await open());
		second.entryMs = 100;
		expect(await second.publish()).toEqual([]);
		expect(eventIds(second)).toEqual([]);
		expect(subscriptionTo(second)).toBeDefined();
	});

	it('removes nothing of the original when it is unpublished (Close)', async () => {
		const first = await activate();
		await copy(first, await open()).deactivate();
		expect(subscriptionTo(first)).toBeDefined();
	});

	it('replaces no webhook of the original unless the user allows it (Autocalls)', async () => {
		const first = await openForCalls();
		await first.activate();
		const url = webhookOf(501);
		const second = copy(first, await openForCalls());
		await expect(second.activate()).rejects.toThrow('already has a webhook');
		await second.deactivate();
		expect(await second.publish()).toHaveLength(1);
		await second.poll();
		expect(webhookOf(501)).toBe(url);
		expect(writes()).toEqual(['enable-webhook 501']);
	});
});

function subscriptionTo({ webhookUrl }: ActiveTrigger) {
	return [...close().webhooks.subscriptions.values()].find(({ url }) => url === webhookUrl);
}
