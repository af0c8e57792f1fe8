import { closeAccounts } from '../../../sandbox';
import { storedOf, useCloseTrigger } from '../../support/triggers/close';

const { scene, close, open, call, subscriptionOf } = useCloseTrigger();

const subscriptions = () => [...close().webhooks.subscriptions.values()];
const strangers = {
	url: 'https://stranger.example/hook',
	events: [{ object_type: 'lead', action: 'created' }],
};

/** The whole message of an error, whatever realm it comes from. */
async function messageOf(doing: Promise<unknown>): Promise<string> {
	try {
		await doing;
	} catch (error) {
		const parts: unknown[] = [Reflect.get(Object(error), 'message')];
		parts.push(Reflect.get(Object(error), 'description'));
		return parts.join(' | ');
	}
	throw new Error('Nothing was thrown');
}

describe('Close Trigger: failed publishing', () => {
	it('explains what to do when all 40 subscriptions are in use', async () => {
		for (let count = 0; count < 40; count++) await call('POST', '/webhook/', strangers);
		const active = await open();
		const message = await messageOf(active.activate());
		expect(message).toContain('40 webhook subscriptions');
		expect(message).toContain('Unpublish workflows');
		expect(subscriptions()).toHaveLength(40);
	});

	it('shows the message of Close for another limit', async () => {
		close().webhookMaximum = 1;
		await call('POST', '/webhook/', strangers);
		const active = await open();
		expect(await messageOf(active.activate())).toContain('at most 1 webhook subscriptions');
	});

	it.each([
		[
			'rejects the request',
			{ kind: 'status', status: 403, body: { error: 'Not permitted for api_sandboxclosekey' } },
		],
		['is down', { kind: 'status', status: 503, headers: { 'retry-after': '3600' } }],
	] as const)('explains that Close %s, without showing the key', async (_what, fault) => {
		scene.world.faults.add({ vendor: 'close', path: '/webhook/', ...fault });
		const active = await open();
		const message = await messageOf(active.activate());
		expect(message).toContain('Close');
		if (fault.status === 403) expect(message).toContain('Not permitted for ***');
		expect(message).not.toContain(closeAccounts.one.key);
		expect(subscriptions()).toEqual([]);
	});

	it('says that the credential is not accepted', async () => {
		const active = await open({ credentials: { apiKey: closeAccounts.one.key.slice(0, 8) } });
		expect(await messageOf(active.activate())).toContain('did not accept the credential');
	});

	it('says that Trigger On is empty', async () => {
		const active = await open({ triggerOn: [] });
		expect(await messageOf(active.activate())).toContain('Trigger On is empty');
	});

	it('leaves no duplicate subscription when a response was lost', async () => {
		scene.world.faults.add({
			vendor: 'close',
			method: 'POST',
			path: '/webhook/',
			kind: 'resetAfter',
			nth: 1,
		});
		const active = await open();
		expect(await messageOf(active.activate())).toContain('Close');
		expect(subscriptions()).toHaveLength(1);
		await active.activate();
		expect(storedOf(active).facts.subscriptionId).toBe(subscriptionOf(active).id);
	});
});
