import { createHmac } from 'crypto';
import { signClose } from '../../../sandbox';
import { bodyOf, eventIds, storeFacts, useCloseTrigger } from '../../support/triggers/close';
import { post } from '../../support/triggers/ActiveTrigger';

const { close, activate, emitted, settled, signed, subscriptionOf } = useCloseTrigger();

const minuteMs = 60_000;

describe('Close Trigger: answers 401, and starts nothing', () => {
	it.each(['badSignature', 'noSignature', 'oldTimestamp', 'alteredBody'] as const)(
		'for a forgery: %s',
		async (kind) => {
			const active = await activate();
			close().webhooks.hold();
			const { id } = emitted({ action: 'created', leadId: 'lead_1', data: { contacts: [] } });
			const answers = await close().webhooks.forge(kind, id);
			expect(answers.map(({ status }) => status)).toEqual([401]);
			expect(active.executions).toEqual([]);
			// Nor does the forgery count as the event.
			await close().webhooks.release();
			expect(eventIds(active)).toEqual([id]);
		},
	);

	it('for a signature that is too old or from the future', async () => {
		const active = await activate();
		const { signatureKey } = subscriptionOf(active);
		const at = async (offsetMs: number) => {
			const body = bodyOf(`at ${offsetMs}`);
			const signature = signClose(signatureKey, body, Date.now() + offsetMs);
			return await post(active.webhookUrl, body, signature);
		};
		expect([await at(-6 * minuteMs), await at(6 * minuteMs), await at(-1e12)]).toEqual([
			401, 401, 401,
		]);
		expect(active.executions).toEqual([]);
		expect([await at(-4 * minuteMs), await at(4 * minuteMs)]).toEqual([200, 200]);
	});

	it('for malformed signatures', async () => {
		const active = await activate();
		const { signatureKey, id } = subscriptionOf(active);
		const body = bodyOf('forged');
		const real = signClose(signatureKey, body, Date.now());
		const hash = real['close-sig-hash'] ?? '';
		const seconds = real['close-sig-timestamp'] ?? '';
		const by = (key: string | Buffer, time: string) => ({
			'close-sig-hash': createHmac('sha256', key).update(`${time}${body}`).digest('hex'),
			'close-sig-timestamp': time,
		});
		const key = Buffer.from(signatureKey, 'hex');
		const attempts: Array<Record<string, string>> = [
			{ 'close-sig-hash': hash },
			{ 'close-sig-timestamp': seconds },
			{ ...real, 'close-sig-hash': '' },
			{ ...real, 'close-sig-hash': hash.slice(0, -1) },
			{ ...real, 'close-sig-hash': `${hash}0` },
			{ ...real, 'close-sig-hash': `sha256=${hash}` },
			{ ...real, 'close-sig-timestamp': String(Number(seconds) + 1) },
			{ ...real, 'close-sig-timestamp': '' },
			by(key, String(Date.now())),
			by(key, 'now'),
			by(key, 'NaN'),
			by(signatureKey, seconds),
			by('', seconds),
			by('undefined', seconds),
			by(id, seconds),
		];
		for (const headers of attempts) {
			expect([headers, await post(active.webhookUrl, body, headers)]).toEqual([headers, 401]);
		}
		expect(active.executions).toEqual([]);
		expect(await post(active.webhookUrl, body, real)).toBe(200);
	});

	it('for the signature of another trigger', async () => {
		const active = await activate();
		const other = await activate();
		const body = bodyOf('other');
		const signature = signClose(subscriptionOf(other).signatureKey, body, Date.now());
		expect(await post(active.webhookUrl, body, signature)).toBe(401);
		expect(await post(other.webhookUrl, body, signature)).toBe(200);
		expect(active.executions).toEqual([]);
	});

	it.each([
		['missing', undefined],
		['empty', ''],
		['not hex', 'zz'],
		['hex and more', `${'ab'.repeat(32)}z`],
	])('while the stored secret is %s', async (_what, secret) => {
		const active = await activate();
		storeFacts(active, { signatureKey: secret });
		// Another process, which knows what is stored and nothing else.
		active.node.id = 'another';
		const body = bodyOf('forged');
		const keys = [subscriptionOf(active).signatureKey, '', secret ?? ''];
		for (const key of keys) {
			const signature = signClose(key, body, Date.now());
			expect(await post(active.webhookUrl, body, signature)).toBe(401);
		}
		expect(await post(active.webhookUrl, body)).toBe(401);
		expect(active.executions).toEqual([]);
	});
});

describe('Close Trigger: requests', () => {
	it('accepts a signed body with any characters', async () => {
		const active = await activate();
		const body = ` ${bodyOf('ünïcödé', { note: '\u2028 "quoted" 😀' })}\n`;
		expect(await signed(active, body)).toBe(200);
		expect(eventIds(active)).toEqual(['ünïcödé']);
	});

	it('rejects a body over 1 MB, signed or not', async () => {
		const active = await activate();
		const large = bodyOf('large', { note: 'x'.repeat(1024 * 1024) });
		expect([await signed(active, large), await post(active.webhookUrl, large)]).toEqual([413, 413]);
		const fits = bodyOf('fits', { note: 'x'.repeat(1000 * 1000) });
		expect(await signed(active, fits)).toBe(200);
		expect(eventIds(active)).toEqual(['fits']);
	});

	it('rejects a body that is not JSON', async () => {
		const active = await activate();
		const text = { 'content-type': 'text/plain' };
		const answers: number[] = [];
		for (const body of ['{"event": {', 'event', '']) {
			answers.push(await signed(active, body, text));
			answers.push(await post(active.webhookUrl, body, text));
		}
		expect(answers).toEqual([400, 401, 400, 401, 400, 401]);
		// As JSON, n8n itself refuses it.
		expect(await signed(active, '{"event": {')).toBe(422);
		expect(active.executions).toEqual([]);
	});

	it.each(['GET', 'PUT', 'DELETE'])('answers 404 to %s', async (method) => {
		const active = await activate();
		const body = bodyOf('forged');
		const signature = signClose(subscriptionOf(active).signatureKey, body, Date.now());
		expect(await post(active.webhookUrl, body, signature, method)).toBe(404);
		expect(active.executions).toEqual([]);
	});

	it('ignores JSON that is not an event, and continues to work', async () => {
		const active = await activate();
		const bodies = [
			'null',
			'1',
			'"event"',
			'[]',
			'[{"event":{}}]',
			'{}',
			'{"event":null}',
			'{"event":[]}',
			'{"event":{}}',
			'{"__proto__":{"event":{"id":"x"}}}',
			bodyOf('', {}),
			bodyOf('no object', { object_type: null }),
			bodyOf('an ID that is none', { id: { $ne: '' } }),
			bodyOf('another object', { object_type: 'contact' }),
			bodyOf('another action', { action: 'exploded' }),
		];
		for (const body of bodies) expect([body, await signed(active, body)]).toEqual([body, 200]);
		const bottomless = `{"event":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
		expect(await signed(active, bottomless)).toBe(400);
		expect(active.executions).toEqual([]);
		emitted({ action: 'created', leadId: 'lead_1', data: { contacts: [] } });
		await settled();
		expect(active.executions).toHaveLength(1);
	});

	it('outputs an event with missing and malformed fields', async () => {
		const active = await activate();
		const odd = { date_updated: 'soon', data: 7, previous_data: [], changed_fields: 'name' };
		const body = bodyOf('odd', { ...odd, date_created: null, lead_id: null, object_id: null });
		expect(await signed(active, body)).toBe(200);
		expect(active.items()).toEqual([
			expect.objectContaining({
				eventId: 'odd',
				leadId: null,
				occurredAt: null,
				changedFields: [],
			}),
		]);
	});
});
