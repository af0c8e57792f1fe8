import { aktifyAccounts, signAktify } from '../../../sandbox';
import {
	basicAuth,
	campaign,
	clientSecret,
	useAktifyTrigger,
	webhookToken,
} from '../../support/triggers/aktify';
import { phoneOf } from '../../support/fixtures';
import { useSandbox } from '../../support/sandbox';
import { post } from '../../support/triggers/ActiveTrigger';

const scene = useSandbox();
const { open, configure, activate, answers } = useAktifyTrigger(scene);
const aktify = () => scene.world.aktify;

const template = '{"type":"{{ eventType }}","eventTime":"{{ eventTime }}","phone":"{{ phone }}"}';
const custom = { headers: { 'X-Webhook-Token': webhookToken }, template };
const byToken = { verifyWith: 'token' };
const body = JSON.stringify({ phone: phoneOf(0) });

describe('Aktify Trigger: custom payloads', () => {
	it('start the workflow if Aktify sends the token in a header', async () => {
		const active = await activate(byToken, { custom });
		const [event] = aktify().play(campaign, phoneOf(0), 'lead.call_ended');
		expect(await answers()).toEqual([200]);
		expect(active.items()).toEqual([
			{
				event: 'lead.call_ended',
				occurredAt: new Date(event?.at ?? 0).toISOString(),
				phoneNumber: phoneOf(0),
				leadId: null,
				contactName: null,
				campaignId: null,
				details: expect.objectContaining({ type: 'lead.call_ended' }),
			},
		]);
	});

	it.each([
		['in the address', `?token=${webhookToken}`, {}],
		['in a header', '', { 'x-webhook-token': webhookToken }],
		['as a Bearer token', '', { authorization: `Bearer ${webhookToken}` }],
		['as a bearer token in small letters', '', { authorization: `bearer ${webhookToken}` }],
	])('start the workflow with the token %s', async (_where, query, headers) => {
		const active = await activate(byToken);
		expect(await post(`${active.webhookUrl}${query}`, body, headers)).toBe(200);
		expect(active.executions).toHaveLength(1);
	});

	it.each([
		['no token', '', {}],
		['an empty one', '?token=', {}],
		['another', `?token=${clientSecret}`, {}],
		['one that is longer', `?token=${webhookToken}x`, {}],
		['one that is shorter', '', { 'x-webhook-token': webhookToken.slice(1) }],
		['several', `?token[]=${webhookToken}`, {}],
		['an empty Bearer token', '', { authorization: 'Bearer ' }],
		['the token as another kind of login', '', { authorization: `Basic ${webhookToken}` }],
		['a signature instead', '', signAktify(clientSecret, body, Date.now(), 'v2')],
		['a signature with the token', '', signAktify(webhookToken, body, Date.now(), 'v1')],
	])('are rejected with 401 if they have %s', async (_what, query, headers) => {
		const active = await activate(byToken);
		expect(await post(`${active.webhookUrl}${query}`, body, headers)).toBe(401);
		expect(active.executions).toEqual([]);
	});

	it('are rejected once the token in the credential is too short', async () => {
		const active = await activate(byToken);
		const [credential] = Object.values(active.options.credentials);
		if (credential !== undefined) credential.webhookToken = 'short';
		expect(await post(`${active.webhookUrl}?token=short`, body)).toBe(401);
		expect(active.executions).toEqual([]);
	});

	it('are rejected if signatures are required, even with the token', async () => {
		const active = await activate({}, { custom });
		aktify().play(campaign, phoneOf(0), 'lead.call_ended');
		scene.world.deliveries.speed = 10_000;
		expect(new Set(await answers())).toEqual(new Set([401]));
		expect(await post(`${active.webhookUrl}?token=${webhookToken}`, body)).toBe(401);
		const bearer = { authorization: `Bearer ${webhookToken}` };
		expect(await post(active.webhookUrl, body, bearer)).toBe(401);
		expect(active.executions).toEqual([]);
	});

	it('a signed webhook without the token is rejected', async () => {
		scene.world.deliveries.speed = 10_000;
		const active = await activate(byToken);
		aktify().play(campaign, phoneOf(0), 'lead.call_ended');
		expect(new Set(await answers())).toEqual(new Set([401]));
		expect(active.executions).toEqual([]);
	});

	it('two equal ones without a time both start the workflow: none may be lost', async () => {
		const active = await activate(byToken, { custom: { ...custom, template: body } });
		aktify().play(campaign, phoneOf(0), 'lead.call_ended');
		aktify().play(campaign, phoneOf(0), 'lead.call_ended');
		expect(await answers()).toEqual([200, 200]);
		expect(active.items()).toEqual([
			expect.objectContaining({ event: null, occurredAt: null, phoneNumber: phoneOf(0) }),
			expect.objectContaining({ event: null, occurredAt: null, phoneNumber: phoneOf(0) }),
		]);
	});

	it('one with a time starts the workflow once, also after a replay or a restart', async () => {
		const active = await activate(byToken, { custom });
		const [event] = aktify().play(campaign, phoneOf(0), 'lead.call_ended');
		await scene.world.deliveries.settled();
		await aktify().webhooks.forge('redelivery', event?.id ?? '');
		await active.restart();
		await aktify().webhooks.forge('replay', event?.id ?? '');
		expect(active.executions).toHaveLength(1);
	});

	it('start nothing if they name an event that is not selected', async () => {
		const active = await activate({ ...byToken, triggerOn: ['dnc.created'] }, { custom });
		aktify().play(campaign, phoneOf(0), 'lead.call_ended');
		aktify().play(campaign, phoneOf(1), 'dnc.created');
		expect(await answers()).toEqual([200, 200]);
		expect(active.items()).toEqual([expect.objectContaining({ phoneNumber: phoneOf(1) })]);
	});

	it('are output as sent when Simplify is off', async () => {
		const active = await activate({ ...byToken, options: { simplify: false } });
		const payload = { lead: { number: phoneOf(0), tags: ['a', null] } };
		const url = `${active.webhookUrl}?token=${webhookToken}`;
		expect(await post(url, JSON.stringify(payload))).toBe(200);
		expect(active.items()).toEqual([{ event: null, occurredAt: null, raw: payload }]);
	});

	it('are rejected if the token was removed from the credential', async () => {
		const active = await activate(byToken);
		const stored = active.options.credentials.leadDispatchAktifyApi;
		Object.assign(stored ?? {}, { webhookToken: '' });
		expect(await post(`${active.webhookUrl}?token=`, body)).toBe(401);
		expect(await post(`${active.webhookUrl}?token=${webhookToken}`, body)).toBe(401);
		expect(active.executions).toEqual([]);
	});

	it('can be received as a test event in the editor', async () => {
		const idle = await open(byToken);
		const items = await idle.listenForTestEvent(async () => {
			const url = idle.webhookUrl.replace('/webhook/', '/webhook-test/');
			expect(await post(url, body, { 'x-webhook-token': aktifyAccounts.one.key })).toBe(401);
			configure(idle, { url, custom });
			aktify().play(campaign, phoneOf(0), 'lead.call_ended');
			await scene.world.deliveries.settled();
		});
		expect(items).toEqual([{ json: expect.objectContaining({ phoneNumber: phoneOf(0) }) }]);
	});

	it('with a `data` of their own lose none of their other fields', async () => {
		const active = await activate(byToken);
		const payload = { eventType: 'lead.call_ended', data: { phone: phoneOf(0), a: 1 }, note: 'x' };
		const url = `${active.webhookUrl}?token=${webhookToken}`;
		expect(await post(url, JSON.stringify(payload))).toBe(200);
		expect(active.items()).toMatchObject([
			{ event: 'lead.call_ended', phoneNumber: phoneOf(0), details: { a: 1, note: 'x' } },
		]);
	});
});

describe('Aktify Trigger: custom payloads with Basic Auth', () => {
	const byBasicAuth = { verifyWith: 'basicAuth' };
	const { user, password } = basicAuth;
	const basic = (text: string, scheme = 'Basic') => ({
		authorization: `${scheme} ${Buffer.from(text).toString('base64')}`,
	});

	it.each([
		['the template', template],
		['the body as usual where the template is empty', ''],
	])('start the workflow with %s', async (_what, filled) => {
		const active = await activate(byBasicAuth, {
			custom: { template: filled, authentication: basicAuth },
		});
		const [event] = aktify().play(campaign, phoneOf(0), 'lead.call_ended');
		expect(await answers()).toEqual([200]);
		expect(active.items()).toMatchObject([
			{
				event: 'lead.call_ended',
				occurredAt: new Date(event?.at ?? 0).toISOString(),
				phoneNumber: phoneOf(0),
			},
		]);
	});

	it.each([
		['as they are', basic(`${user}:${password}`)],
		['with the scheme in small letters', basic(`${user}:${password}`, 'basic')],
	])('start the workflow with user name and password %s', async (_how, headers) => {
		const active = await activate(byBasicAuth);
		expect(await post(active.webhookUrl, body, headers)).toBe(200);
		expect(active.executions).toHaveLength(1);
	});

	it.each([
		['nothing', {}],
		['another password', basic(`${user}:${password}x`)],
		['no password', basic(`${user}:`)],
		['another user name', basic(`x${user}:${password}`)],
		['no user name', basic(`:${password}`)],
		['the password alone', basic(password)],
		['both in the wrong order', basic(`${password}:${user}`)],
		['no base64', { authorization: `Basic ${user}:${password}` }],
		['an empty login', { authorization: 'Basic ' }],
		['the password as a Bearer token', { authorization: `Bearer ${password}` }],
		['the token instead', { 'x-webhook-token': webhookToken }],
		['a signature instead', signAktify(clientSecret, body, Date.now(), 'v2')],
	])('are rejected with 401 if they have %s', async (_what, headers) => {
		const active = await activate(byBasicAuth);
		expect(await post(active.webhookUrl, body, headers)).toBe(401);
		expect(await post(`${active.webhookUrl}?token=${webhookToken}`, body, headers)).toBe(401);
		expect(active.executions).toEqual([]);
	});

	it('with a colon or letters beyond ASCII in the password start the workflow', async () => {
		const odd = 'pass:wörd:0123456789';
		const active = await activate({ ...byBasicAuth, credentials: { webhookPassword: odd } });
		expect(await post(active.webhookUrl, body, basic(`${user}:${odd}`))).toBe(200);
	});

	it('are rejected once the password in the credential is empty or too short', async () => {
		const active = await activate(byBasicAuth);
		const stored = active.options.credentials.leadDispatchAktifyApi ?? {};
		for (const webhookPassword of ['', 'short']) {
			stored.webhookPassword = webhookPassword;
			const headers = basic(`${user}:${webhookPassword}`);
			expect(await post(active.webhookUrl, body, headers)).toBe(401);
		}
		expect(active.executions).toEqual([]);
	});

	it('are rejected for event types that have no custom payload, which Aktify signs', async () => {
		scene.world.deliveries.speed = 10_000;
		const active = await activate(byBasicAuth, {
			custom: { template, authentication: basicAuth, events: ['lead.call_ended'] },
		});
		aktify().play(campaign, phoneOf(0), 'lead.call_ended');
		aktify().play(campaign, phoneOf(1), 'lead.link_sent');
		expect(new Set(await answers())).toEqual(new Set([200, 401]));
		expect(active.items()).toMatchObject([{ event: 'lead.call_ended' }]);
	});
});
