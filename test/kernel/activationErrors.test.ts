import { autocallsAccounts, closeAccounts } from '../../sandbox';
import type { ActiveTrigger } from '../support/triggers/ActiveTrigger';
import { useAktifyTrigger } from '../support/triggers/aktify';
import { useAutocallsTrigger } from '../support/triggers/autocalls';
import { useCloseTrigger } from '../support/triggers/close';
import { useSquadVoiceTrigger } from '../support/triggers/squadVoice';

const { scene, close, open, call } = useCloseTrigger();
const { openForCalls, openForStatuses, setWebhook } = useAutocallsTrigger(scene);
const { open: openAktify } = useAktifyTrigger(scene);
const { open: openSquad, openV4 } = useSquadVoiceTrigger(scene);

/** The messages of what failed for good: n8n 2.41 shows nothing else. */
async function messagesOf(active: ActiveTrigger): Promise<string[]> {
	const failures = await active.publish();
	const [first] = failures;
	expect(Reflect.get(first ?? {}, 'description') ?? '').toBe('');
	return failures.map(({ message }) => message);
}

const again = 'Then publish the workflow again.';

describe('A trigger that cannot start says in its message what to do', () => {
	it('Close: a credential that is not accepted, in both halves', async () => {
		const active = await open({ credentials: { apiKey: closeAccounts.one.key.slice(0, 8) } });
		const messages = await messagesOf(active);
		expect(messages).toHaveLength(2);
		for (const message of messages) {
			expect(message).toMatch(/^Close did not accept the credential \(HTTP 401.*test it\. Then/);
			expect(message).toContain(again);
		}
	});

	it('Close: all 40 subscriptions are in use', async () => {
		const stranger = {
			url: 'https://a.example/',
			events: [{ object_type: 'lead', action: 'created' }],
		};
		for (let count = 0; count < 40; count++) await call('POST', '/webhook/', stranger);
		expect(await messagesOf(await open())).toEqual([
			expect.stringMatching(/40 webhook subscriptions .* or delete unused .* Then publish the/),
		]);
	});

	it('Close: an address that is not https', async () => {
		const active = await open();
		active.host = 'n8n.example';
		active.newProcess();
		expect(await messagesOf(active)).toEqual([
			expect.stringMatching(
				/requires an https address, and n8n's is http:\/\/n8n\.example.*WEBHOOK_URL.* Then/,
			),
		]);
		expect(close().webhooks.subscriptions.size).toBe(0);
	});

	it('Close: Trigger On is empty, in both halves', async () => {
		const messages = await messagesOf(await open({ triggerOn: [] }));
		expect(messages).toEqual(Array(2).fill(expect.stringContaining('Trigger On is empty')));
		for (const message of messages) expect(message).toContain(again);
	});

	it('Close: n8n tries again what may pass', async () => {
		scene.world.faults.add({
			vendor: 'close',
			path: '/webhook/',
			kind: 'status',
			status: 503,
			headers: { 'retry-after': '3600' },
		});
		const [message] = await messagesOf(await open());
		expect(message).toMatch(
			/n8n tries again a few times\. If the trigger still does not start, publish/,
		);
		expect(message).not.toContain('lead');
	});

	it.each([
		[
			'a key that is not accepted',
			{ credentials: { apiKey: 'x' } },
			/did not accept.*test it\. Then/,
		],
		['no assistant', { assistants: [] }, /No assistant is chosen\. Choose the.*\. Then/],
		[
			'an assistant that is not there',
			{ assistants: ['601'] },
			/no assistant 601\. .*Choose.*\. Then/,
		],
		[
			'an assistant of another system',
			{},
			/already has a webhook, to crm\.example\.com\. Remove.*\. Then/,
		],
		['an option that is not understood', { options: { simplify: 'x' } }, /Simplify.*\. Then/],
	])('Autocalls: %s', async (_what, wishes, expected) => {
		setWebhook(501, 'https://crm.example.com/secret');
		const messages = await messagesOf(await openForCalls(wishes));
		expect(messages[0]).toMatch(expected);
		expect(messages[0]).toContain(again);
		expect(messages[0]).not.toMatch(/secret/);
		expect(messages[0]).not.toContain(autocallsAccounts.one.key);
	});

	it.each([
		['no client secret', { credentials: { clientSecret: '' } }, /Add the Client Secret/],
		['a short token', { verifyWith: 'token', credentials: { webhookToken: 'x' } }, /fewer than 16/],
	])('Aktify: %s', async (_what, wishes, expected) => {
		const [message = ''] = await messagesOf(await openAktify(wishes));
		expect(message).toMatch(expected);
		expect(message).toContain(again);
	});

	it.each([
		['a short token', { webhookToken: 'x' }, /fewer than 16/],
		['API v1', { apiVersion: 'v1' }, /webhooks in API v4 only\. Set Receive Leads By to Polling/],
	])('SquadVoice: %s', async (_what, credentials, expected) => {
		const active = await openV4({ source: 'webhook' });
		Object.assign(active.options.credentials.leadDispatchSquadVoiceApi ?? {}, credentials);
		const [message = ''] = await messagesOf(active);
		expect(message).toMatch(expected);
		expect(message).toContain(again);
	});

	it.each([
		['Autocalls', async () => await openForStatuses({ credentials: { apiKey: 'x' } })],
		['SquadVoice', async () => await openSquad({ credentials: { accessToken: 'x' } })],
	])('%s: the first poll', async (vendor, openTrigger) => {
		const active = await openTrigger();
		const expected = `${vendor} did not accept the credential`;
		const [message = ''] = await messagesOf(active);
		expect(message.startsWith(expected)).toBe(true);
		expect(message).toMatch(/test it\. Then publish the workflow again\.$/);
	});

	it('a later poll does not ask to publish again', async () => {
		const active = await openForStatuses();
		expect(await active.publish()).toEqual([]);
		scene.world.faults.add({ vendor: 'autocalls', kind: 'status', status: 401 });
		const failure: unknown = await active.poll().catch((error: unknown) => error);
		expect(String(Reflect.get(Object(failure), 'message'))).not.toContain('publish');
	});

	it('SquadVoice: an affiliate', async () => {
		const credentials = { accountKind: 'affiliate', affiliateId: 'a1', campaignId: 'c1' };
		const [message] = await messagesOf(await openSquad({ credentials }));
		expect(message).toMatch(/affiliate account can only create leads\. Use the .*\. Then publish/);
	});

	it('says in the editor what to do, without publishing', async () => {
		const active = await openForCalls({ assistants: [] });
		const failure: unknown = await active
			.listenForTestEvent(async () => {})
			.catch((e: unknown) => e);
		expect(failure).toMatchObject({
			message: 'No assistant is chosen',
			description: 'Choose the assistants whose calls start the workflow',
		});
	});
});
