import { createHmac } from 'crypto';
import { aktifyAccounts } from '../../../sandbox';
import type { ForgeryKind } from '../../../sandbox';
import {
	campaign,
	clientSecret,
	useAktifyTrigger,
	webhookToken,
} from '../../support/triggers/aktify';
import { phoneOf } from '../../support/fixtures';
import { useSandbox } from '../../support/sandbox';
import { post } from '../../support/triggers/ActiveTrigger';

const scene = useSandbox();
const { activate, open } = useAktifyTrigger(scene);
const aktify = () => scene.world.aktify;

const minute = 60_000;
const otherSecret = aktifyAccounts.two.key;
const schemes = ['v1', 'v2'] as const;
type Scheme = (typeof schemes)[number];

/** An event as Aktify writes one, about lead `index`. */
const eventOf = (index = 0) => ({
	metadata: {
		apiVersion: '2026-02-09',
		eventType: 'lead.call_ended',
		campaignId: campaign,
		eventTime: '2026-03-04T05:06:07.000Z',
	},
	data: { phone: phoneOf(index) },
});
const body = JSON.stringify(eventOf());

/** The hash that Aktify's docs describe, worked out for these tests alone. */
function hashOf(scheme: Scheme, text: string, time: number, key: string = clientSecret): string {
	const hmac = createHmac('sha256', Buffer.from(key));
	return hmac.update(scheme === 'v1' ? text : `${time}.${text}`).digest('hex');
}

function signed(scheme: Scheme, text: string, time = Date.now(), key: string = clientSecret) {
	return { 'aktify-signature': `t=${time},${scheme}=${hashOf(scheme, text, time, key)}` };
}

it('parses no body whose signature is none, before it rejects it', async () => {
	const active = await activate();
	const parse = jest.spyOn(JSON, 'parse');
	const text = JSON.stringify({ ...eventOf(), marker: 'unsigned' });
	for (const header of ['', `t=${Date.now()}`, `t=${Date.now()},v1=`, `t=${Date.now()},v2=zz`]) {
		expect(await post(active.webhookUrl, text, { 'aktify-signature': header })).toBe(401);
	}
	const parsed = parse.mock.calls.filter(([input]) => String(input).includes('unsigned'));
	parse.mockRestore();
	// By n8n itself, once for each request.
	expect(parsed).toHaveLength(4);
});

describe.each(schemes)('Aktify Trigger: signature %s', (scheme) => {
	it('accepts what Aktify signed', async () => {
		const active = await activate();
		expect(await post(active.webhookUrl, body, signed(scheme, body))).toBe(200);
		expect(active.executions).toHaveLength(1);
	});

	it.each([-4, 4])('accepts a signature whose clock is %s minutes off', async (minutes) => {
		const active = await activate();
		const headers = signed(scheme, body, Date.now() + minutes * minute);
		expect(await post(active.webhookUrl, body, headers)).toBe(200);
		expect(active.executions).toHaveLength(1);
	});

	it.each<[string, () => Record<string, string>]>([
		['no header', () => ({})],
		['an empty header', () => ({ 'aktify-signature': '' })],
		['a header of something else', () => ({ 'aktify-signature': 'Bearer x' })],
		['another secret', () => signed(scheme, body, Date.now(), otherSecret)],
		['an empty secret', () => signed(scheme, body, Date.now(), '')],
		['the hash of another body', () => signed(scheme, JSON.stringify(eventOf(1)))],
		['an old time', () => signed(scheme, body, Date.now() - 6 * minute)],
		['a time to come', () => signed(scheme, body, Date.now() + 6 * minute)],
		['no time', () => ({ 'aktify-signature': `${scheme}=${hashOf(scheme, body, Date.now())}` })],
		[
			'a time that is none',
			() => ({ 'aktify-signature': `t=x,${scheme}=${hashOf(scheme, body, NaN)}` }),
		],
		['an empty hash', () => ({ 'aktify-signature': `t=${Date.now()},${scheme}=` })],
		[
			'half a hash',
			() => ({ 'aktify-signature': signed(scheme, body)['aktify-signature'].slice(0, -32) }),
		],
		[
			'its hash under the other name',
			() => ({
				'aktify-signature': signed(scheme, body)['aktify-signature'].replace(
					`,${scheme}=`,
					scheme === 'v1' ? ',v2=' : ',v1=',
				),
			}),
		],
		['the Webhook Token instead', () => ({ 'x-webhook-token': webhookToken })],
	])('refuses %s with 401, and starts nothing', async (_what, headers) => {
		const active = await activate();
		expect(await post(active.webhookUrl, body, headers())).toBe(401);
		expect(active.executions).toEqual([]);
	});

	it('rejects an altered body', async () => {
		const active = await activate();
		const headers = signed(scheme, body);
		const altered = JSON.stringify({ ...eventOf(), more: true });
		expect(await post(active.webhookUrl, altered, headers)).toBe(401);
		expect(await post(active.webhookUrl, body.replace('one', 'two'), headers)).toBe(401);
		expect(active.executions).toEqual([]);
	});

	it.each<ForgeryKind>(['badSignature', 'noSignature', 'oldTimestamp', 'alteredBody'])(
		'refuses the forgery %s of a real event with 401, and starts nothing more',
		async (kind) => {
			const active = await activate({}, { signature: scheme });
			const [event] = aktify().play(campaign, phoneOf(0), 'lead.call_ended');
			await scene.world.deliveries.settled();
			const attempts = await aktify().webhooks.forge(kind, event?.id ?? '');
			expect(attempts.map(({ status }) => status)).toEqual([401]);
			expect(active.executions).toHaveLength(1);
		},
	);

	it.each([
		['with white space', JSON.stringify(eventOf(), undefined, 2)],
		['with escapes', body.replace('+', '\\u002b').replaceAll('/', '\\/')],
	])('accepts the signed JSON in another serialization, %s', async (_what, respelled) => {
		expect(respelled).not.toBe(body);
		const active = await activate();
		expect(await post(active.webhookUrl, respelled, signed(scheme, body))).toBe(200);
		expect(active.executions).toHaveLength(1);
	});

	it('starts nothing for a replay in another serialization', async () => {
		const active = await activate();
		const headers = signed(scheme, body);
		expect(await post(active.webhookUrl, body, headers)).toBe(200);
		for (const respelled of [`${body}\n`, JSON.stringify(eventOf(), undefined, 1)]) {
			expect(await post(active.webhookUrl, respelled, headers)).toBe(200);
		}
		expect(active.executions).toHaveLength(1);
	});

	it('starts nothing for a replay with the time of another signature', async () => {
		const active = await activate();
		const time = Date.now();
		await post(active.webhookUrl, body, signed(scheme, body, time));
		const hash = hashOf(scheme, body, time);
		const headers = { 'aktify-signature': `t=${time + 1},${scheme}=${hash}` };
		// Version 1 does not sign the time: there it is the event that was received before.
		expect(await post(active.webhookUrl, body, headers)).toBe(scheme === 'v1' ? 200 : 401);
		expect(active.executions).toHaveLength(1);
	});

	it('rejects everything if the secret was removed from the credential', async () => {
		const active = await activate();
		const stored = active.options.credentials.leadDispatchAktifyApi;
		Object.assign(stored ?? {}, { clientSecret: '' });
		expect(await post(active.webhookUrl, body, signed(scheme, body))).toBe(401);
		expect(await post(active.webhookUrl, body, signed(scheme, body, Date.now(), ''))).toBe(401);
		expect(active.executions).toEqual([]);
	});
});

describe('Aktify Trigger: invalid requests', () => {
	const megabyte = 1024 * 1024;

	it('does not accept a v2 signature as v1', async () => {
		const active = await activate();
		const time = Date.now();
		const headers = {
			'content-type': 'text/plain',
			'aktify-signature': `t=${time},v1=${hashOf('v2', body, time)}`,
		};
		expect(await post(active.webhookUrl, `${time}.${body}`, headers)).toBeGreaterThanOrEqual(400);
		expect(active.executions).toEqual([]);
	});

	it('answers 413 for a body over 1 MB, signed or not', async () => {
		const active = await activate();
		const large = JSON.stringify({ ...eventOf(), more: 'x'.repeat(megabyte) });
		expect(await post(active.webhookUrl, large, signed('v2', large))).toBe(413);
		expect(await post(active.webhookUrl, large)).toBe(413);
		const rest = megabyte - JSON.stringify({ ...eventOf(), more: '' }).length;
		const justSo = JSON.stringify({ ...eventOf(), more: 'x'.repeat(rest) });
		expect(justSo).toHaveLength(megabyte);
		expect(await post(active.webhookUrl, justSo, signed('v2', justSo))).toBe(200);
		expect(active.executions).toHaveLength(1);
	});

	it('answers 400 to invalid JSON and an empty body if they are signed, otherwise 401', async () => {
		const active = await activate();
		const plain = { 'content-type': 'text/plain' };
		for (const text of ['{"metadata":', '']) {
			expect(await post(active.webhookUrl, text, { ...plain, ...signed('v2', text) })).toBe(400);
			expect(await post(active.webhookUrl, text, plain)).toBe(401);
		}
		// n8n itself answers what says that it is JSON and is not.
		expect(await post(active.webhookUrl, '{', signed('v2', '{'))).toBe(422);
		expect(active.executions).toEqual([]);
		expect(active.failures).toEqual([]);
	});

	it.each(['null', '7', '"text"', '[1,2]', '{}', '{"metadata":{"eventType":7}}', '{"type":{}}'])(
		'answers 200 to signed JSON that is not an event, and starts nothing: %s',
		async (text) => {
			const active = await activate();
			expect(await post(active.webhookUrl, text, signed('v2', text))).toBe(200);
			expect(active.executions).toEqual([]);
			expect(active.failures).toEqual([]);
		},
	);

	it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('answers 404 to %s', async (method) => {
		const active = await activate();
		expect(await post(active.webhookUrl, body, signed('v2', body), method)).toBe(404);
		expect(active.executions).toEqual([]);
	});

	it('answers 404 before the workflow is published', async () => {
		const idle = await open();
		expect(await post(idle.webhookUrl, body, signed('v2', body))).toBe(404);
		expect(idle.executions).toEqual([]);
	});
});
