import { createHmac } from 'crypto';
import {
	aktifyAccounts,
	EVENT_TYPES_V2,
	type AktifyEventType,
	type WebhookConfig,
} from '../../../sandbox';
import { send, useSandbox } from '../helpers';
import { useReceiver, type Received } from '../receiver';

const sandbox = useSandbox();
const receiver = useReceiver();
const { one, two } = aktifyAccounts;
const clientSecret = one.key;
const phone = '+15095551234';
const aktify = () => sandbox().world.aktify;

function configure(change: Partial<WebhookConfig> = {}, scope: string = one.campaign) {
	const url = `${receiver().url}/hook`;
	const events = [...EVENT_TYPES_V2];
	const config = { url, clientSecret, version: 'v2', signature: 'v2', events } as const;
	return aktify().webhooks.configureWebhook(scope, { ...config, ...change });
}

async function create(json: Record<string, unknown> = {}, key: string = one.key) {
	const url = `${sandbox().url}/aktify/api/v1/leads`;
	const lead = { phoneNumber: phone, region: 'WA', ...json };
	return await send(url, { json: lead, headers: { 'x-api-key': key } });
}

/** The received events, once all deliveries have ended. */
async function receivedEvents(): Promise<unknown[]> {
	await sandbox().world.deliveries.settled();
	return receiver().received.map(({ body }): unknown => JSON.parse(body));
}

/** Time and version of a valid signature, or its problem. Shares no code with the sandbox. */
function signatureOf({ headers, body }: Received, secret: string = clientSecret) {
	const parts = /^t=(\d{13}),(v[12])=([0-9a-f]{64})$/.exec(headers['aktify-signature'] ?? '');
	if (!parts) return 'no signature';
	const [, time = '', version, hash] = parts;
	const hmac = createHmac('sha256', Buffer.from(secret, 'utf8'));
	if (version === 'v2') hmac.update(time).update('.');
	const isValid = hmac.update(Buffer.from(body, 'utf8')).digest('hex') === hash;
	return isValid ? { version, time: Number(time) } : 'bad signature';
}

const metadata = (eventType: string, campaignId: string = one.campaign) => ({
	apiVersion: '2026-02-09',
	eventType,
	campaignId,
	eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
});

describe('Aktify events', () => {
	it('reports a created lead once, with its fields', async () => {
		configure();
		const lead = { externalLeadId: 'x-1', firstName: 'Zoë', lastName: 'Smith', source: 'form' };
		await create(lead);
		expect((await create(lead)).status).toBe(409);
		expect(await receivedEvents()).toEqual([
			{
				metadata: metadata('campaign.lead_created'),
				data: { phone, externalLeadId: 'x-1', firstName: 'Zoë', lastName: 'Smith' },
			},
		]);
		expect(receiver().received[0]?.path).toBe('/hook');
	});

	it('reports a landline in place of the creation', async () => {
		configure();
		aktify().landlines.add(phone);
		await create();
		expect(await receivedEvents()).toEqual([
			{ metadata: metadata('lead.landline_detected'), data: { phone } },
		]);
	});

	it('reports a lead once it is processed', async () => {
		configure();
		aktify().processingMs = 500_000;
		sandbox().world.deliveries.speed = 5000;
		aktify().accept(one.campaign, phone, {});
		aktify().play(one.campaign, phone, 'lead.call_initiated');
		expect(await receivedEvents()).toMatchObject([
			{ metadata: { eventType: 'lead.call_initiated' } },
			{ metadata: { eventType: 'campaign.lead_created' } },
		]);
	});

	it.each(EVENT_TYPES_V2)('sends %s on request, for a number in any spelling', async (type) => {
		configure();
		aktify().play(one.campaign, '(509) 555-1234', type, { note: 'more' });
		expect(await receivedEvents()).toEqual(
			expect.arrayContaining([
				{ metadata: metadata(type), data: expect.objectContaining({ phone, note: 'more' }) },
			]),
		);
	});

	it('reports a do-not-contact to every campaign, in both versions', async () => {
		await create({ externalLeadId: 'x-1' });
		configure({ url: `${receiver().url}/two` }, two.campaign);
		const events: AktifyEventType[] = ['dnc.created', 'webchat.lead.created'];
		configure({ url: `${receiver().url}/old`, version: 'v1', signature: 'v1', events }, 'account');
		aktify().play(one.campaign, phone, 'lead.carrier_optout_received');
		const data = { externalLeadId: 'x-1', dncTimestamp: expect.any(String) };
		await receivedEvents();
		const bodyTo = (path: string): unknown =>
			JSON.parse(receiver().received.find((came) => came.path === path)?.body ?? '');
		expect(receiver().received).toHaveLength(2);
		expect(bodyTo('/two')).toEqual({
			metadata: metadata('dnc.created'),
			data: { ...data, phone },
		});
		expect(bodyTo('/old')).toEqual({
			apiVersion: '2021-08-23',
			type: 'dnc.created',
			data: { ...data, phoneNumber: phone },
		});
		expect(aktify().dncs.has(phone)).toBe(true);
	});

	it('sends events to the webhooks of their campaign and of the account', async () => {
		configure({ url: `${receiver().url}/one` });
		configure({ url: `${receiver().url}/two` }, two.campaign);
		configure({ url: `${receiver().url}/all` }, 'account');
		configure({ url: `${receiver().url}/none`, events: ['lead.call_ended'] }, 'account');
		configure({ url: 'https://n8n.example.com/hook' }, 'account');
		await create({}, two.key);
		expect(await receivedEvents()).toHaveLength(2);
		expect(
			receiver()
				.received.map(({ path }) => path)
				.sort(),
		).toEqual(['/all', '/two']);
	});
});

describe('Aktify webhook deliveries', () => {
	it.each(['v1', 'v2'] as const)('signs with version %s', async (signature) => {
		configure({ signature });
		await create({ firstName: 'Zoë' });
		await receivedEvents();
		const [came] = receiver().received;
		if (!came) throw new Error('Nothing came.');
		expect(signatureOf(came)).toEqual({ version: signature, time: expect.any(Number) });
		expect(signatureOf(came, two.key)).toBe('bad signature');
	});

	it('sends a custom payload with its headers and without a signature', async () => {
		const template = 'phone={{ phone }}&id={{ externalLeadId }}&type={{ eventType }}';
		const headers = {
			'Content-Type': 'application/x-www-form-urlencoded',
		};
		const authentication = { token: 'x' };
		configure({ custom: { headers, template, authentication } });
		await create();
		await sandbox().world.deliveries.settled();
		const [came] = receiver().received;
		expect(came).toMatchObject({
			headers: {
				'content-type': 'application/x-www-form-urlencoded',
				authorization: 'Bearer x',
			},
			body: `phone=${phone}&id=&type=campaign.lead_created`,
		});
		expect(came?.headers).not.toHaveProperty('aktify-signature');
		await expect(aktify().webhooks.forge('badSignature', 'event-1')).rejects.toThrow(
			'no signature',
		);
	});

	it('sends other events as usual, and the usual body for an empty template', async () => {
		const authentication = { user: 'me', password: 'secret:word' };
		const events: AktifyEventType[] = ['lead.link_sent'];
		configure({ custom: { template: '', authentication, events } });
		aktify().play(one.campaign, phone, 'lead.link_sent');
		await sandbox().world.deliveries.settled();
		aktify().play(one.campaign, phone, 'lead.link_clicked');
		expect(await receivedEvents()).toMatchObject([
			{ metadata: { eventType: 'lead.link_sent' }, data: { url: expect.any(String) } },
			{ data: { url: expect.any(String), shortUrl: expect.any(String) } },
		]);
		const [custom, usual] = receiver().received;
		expect(custom?.headers.authorization).toBe('Basic bWU6c2VjcmV0OndvcmQ=');
		expect(custom?.headers).not.toHaveProperty('aktify-signature');
		expect(usual?.headers).not.toHaveProperty('authorization');
		expect(usual && signatureOf(usual)).toMatchObject({ version: 'v2' });
	});

	it('needs a secret of 16 characters', () => {
		expect(() => configure({ clientSecret: 'x'.repeat(15) })).toThrow('fewer than 16');
	});

	it('retries with a new signature, and breaks the webhook after the fifth failure', async () => {
		sandbox().world.deliveries.speed = 1e6;
		receiver().answerWith((before) => (before < 4 ? 500 : 204));
		const webhook = configure();
		await create();
		await receivedEvents();
		const { received } = receiver();
		expect(received.map((came) => signatureOf(came))).toEqual(
			Array.from({ length: 5 }, () => ({ version: 'v2', time: expect.any(Number) })),
		);
		expect(webhook.status).toBe('active');
		receiver().answerWith(404);
		aktify().play(one.campaign, phone, 'lead.call_ended');
		await receivedEvents();
		expect([received.length, webhook.status]).toEqual([10, 'broken']);
	});

	it('sends nothing to a broken webhook until it is configured again', async () => {
		const webhook = configure();
		webhook.status = 'broken';
		aktify().play(one.campaign, phone, 'lead.call_ended');
		expect(await receivedEvents()).toEqual([]);
		expect(configure()).toBe(webhook);
		aktify().play(one.campaign, phone, 'lead.call_initiated');
		expect(await receivedEvents()).toMatchObject([
			{ metadata: { eventType: 'lead.call_initiated' } },
		]);
		aktify().webhooks.removeWebhook(webhook);
		aktify().play(one.campaign, phone, 'lead.call_ended');
		expect(await receivedEvents()).toHaveLength(1);
	});

	it.each<[string, Partial<WebhookConfig>, string]>([
		['an http URL', { url: 'http://n8n.example.com/hook' }, 'https'],
		['an event of the other version', { version: 'v1' }, 'no event'],
		[
			'a custom payload of version 1',
			{ version: 'v1', events: ['dnc.created'], custom: { headers: {}, template: '' } },
			'version 2',
		],
	])('cannot be configured with %s', (_what, change, message) => {
		expect(() => configure(change)).toThrow(message);
		expect(() => configure({}, 'three')).toThrow('no campaign');
		expect(aktify().webhooks.all).toEqual([]);
	});
});

describe('Aktify webhook forgeries', () => {
	async function afterFirst(act: (eventId: string) => Promise<unknown>) {
		configure();
		const [event] = aktify().play(one.campaign, phone, 'lead.message_received');
		await receivedEvents();
		await act(event?.id ?? '');
		const [first, second] = receiver().received;
		if (!first || !second) throw new Error(`${receiver().received.length} came, not two.`);
		return { first, second, signature: signatureOf(second) };
	}

	it('redelivers the same body with a new timestamp', async () => {
		const { first, second, signature } = await afterFirst(async (id) => {
			expect(await aktify().webhooks.forge('redelivery', id)).toMatchObject([{ status: 200 }]);
		});
		expect(second.body).toBe(first.body);
		expect(signature).toEqual({ version: 'v2', time: expect.any(Number) });
	});

	it('replays an attempt unchanged', async () => {
		const { first, second } = await afterFirst(
			async (id) => await aktify().webhooks.forge('replay', id),
		);
		expect(second.body).toBe(first.body);
		expect(second.headers['aktify-signature']).toBe(first.headers['aktify-signature']);
	});

	it('signs correctly with an old timestamp', async () => {
		const { signature } = await afterFirst(
			async (id) => await aktify().webhooks.forge('oldTimestamp', id),
		);
		const time = typeof signature === 'string' ? NaN : signature.time;
		expect(Date.now() - time).toBeGreaterThan(300_000);
	});

	it.each([
		['badSignature', 'bad signature'],
		['noSignature', 'no signature'],
		['alteredBody', 'bad signature'],
	] as const)(
		"sends an invalid signature (%s), and returns the receiver's status",
		async (kind, expected) => {
			const { first, second, signature } = await afterFirst(async (id) => {
				receiver().answerWith(401);
				const attempts = await aktify().webhooks.forge(kind, id);
				expect(attempts).toMatchObject([{ status: 401, received: false }]);
			});
			expect(signature).toBe(expected);
			expect(second.body === first.body).toBe(kind !== 'alteredBody');
			expect(() => JSON.parse(second.body)).not.toThrow();
		},
	);

	it('throws when there is nothing to forge', async () => {
		const [event] = aktify().play(one.campaign, phone, 'lead.call_ended');
		const id = event?.id ?? '';
		await expect(aktify().webhooks.forge('redelivery', id)).rejects.toThrow('receives');
		configure();
		await expect(aktify().webhooks.forge('replay', id)).rejects.toThrow('Nothing has been sent');
		expect(() => aktify().play(one.campaign, 'x', 'lead.call_ended')).toThrow('not a phone number');
	});
});
