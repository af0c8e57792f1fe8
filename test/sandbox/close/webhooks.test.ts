import { createHmac } from 'crypto';
import { closeAccounts, closeAuthorization } from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import { send, useSandbox } from '../helpers';
import { useReceiver, type Received } from '../receiver';

const sandbox = useSandbox();
const receiver = useReceiver();
const headers = { authorization: closeAuthorization(closeAccounts.one.key) };
const webhooks = () => sandbox().world.close.webhooks;
const settled = async () => await sandbox().world.deliveries.settled();

async function subscribe(): Promise<{ id: string; key: string }> {
	const events = ['created', 'updated'].map((action) => ({ object_type: 'lead', action }));
	const json = { url: `${receiver().url}/hook`, events };
	const reply = await send(`${sandbox().url}/close/webhook/`, { json, headers });
	if (!isRecord(reply.json)) throw new Error(reply.text);
	return { id: String(reply.json.id), key: String(reply.json.signature_key) };
}

const create = async () =>
	await send(`${sandbox().url}/close/lead/`, { json: { name: 'Zoë & Söhne' }, headers });

/** Verifies a signature as documented. Shares no code with the sandbox. */
function isSigned(key: string, { headers: sent, body }: Received): boolean {
	const bytes = Uint8Array.from(key.match(/../g) ?? [], (pair) => parseInt(pair, 16));
	const hash = createHmac('sha256', bytes);
	hash.update(Buffer.from(sent['close-sig-timestamp'] ?? '', 'utf8'));
	hash.update(Buffer.from(body, 'utf8'));
	return hash.digest('hex') === sent['close-sig-hash'];
}

const ageOf = ({ headers: sent }: Received) =>
	Date.now() / 1000 - Number(sent['close-sig-timestamp']);

/** The received webhooks after the first one, which is the original. */
async function afterFirst(act: (eventId: string) => Promise<unknown>) {
	const { key } = await subscribe();
	await create();
	await settled();
	const [event] = sandbox().world.close.events.newestFirst();
	await act(event?.id ?? '');
	const [first, second] = receiver().received;
	if (!first || !second) throw new Error(`${receiver().received.length} came, not two.`);
	return { key, first, second };
}

describe('Close webhook deliveries', () => {
	it("signs the raw body with the subscription's key", async () => {
		const { key } = await subscribe();
		const other = await subscribe();
		await create();
		await settled();
		const [first, second] = receiver().received;
		if (!first || !second) throw new Error('Two were to come.');
		expect(first.headers['content-type']).toBe('application/json');
		expect(first.body).toContain('Zoë & Söhne');
		expect([isSigned(key, first), isSigned(other.key, first)].sort()).toEqual([false, true]);
		expect([isSigned(key, second), isSigned(other.key, second)].sort()).toEqual([false, true]);
		expect(Math.abs(ageOf(first))).toBeLessThan(60);
	});

	it('retries with a new signature until the webhook is received', async () => {
		sandbox().world.deliveries.speed = 1e6;
		receiver().answerWith((before) => (before < 3 ? 500 : 204));
		const { key, id } = await subscribe();
		await create();
		await settled();
		const { received } = receiver();
		expect(received).toHaveLength(4);
		expect(received.map((one) => isSigned(key, one))).toEqual([true, true, true, true]);
		expect(new Set(received.map(({ body }) => body)).size).toBe(1);
		expect(sandbox().world.deliveries.log).toMatchObject([{ state: 'received' }]);
		expect(webhooks().subscriptions.get(id)?.status).toBe('active');
	});

	it('pauses the subscription after three days of failures only', async () => {
		sandbox().world.deliveries.speed = 1e9;
		receiver().answerWith(503);
		const { id } = await subscribe();
		await create();
		await settled();
		// 10 s, 1 min, 5 min, then every 20 min for 72 hours.
		expect(receiver().received).toHaveLength(219);
		const reply = await send(`${sandbox().url}/close/webhook/${id}/`, { headers });
		expect(reply.json).toMatchObject({ status: 'paused' });
		await create();
		await settled();
		expect(receiver().received).toHaveLength(219);
	});

	it('stops when the subscription is deleted or paused', async () => {
		sandbox().world.deliveries.speed = 1e6;
		const { id } = await subscribe();
		receiver().answerWith(() => {
			webhooks().pauseSubscription(id);
			return 500;
		});
		await create();
		await settled();
		expect(receiver().received).toHaveLength(1);
		expect(sandbox().world.deliveries.log).toMatchObject([{ state: 'givenUp' }]);
	});
});

describe('Close webhook forgeries', () => {
	it('redelivers an event with the same ID and a new signature', async () => {
		const { key, first, second } = await afterFirst(async (id) => {
			expect(await webhooks().forge('redelivery', id)).toMatchObject([{ status: 200 }]);
		});
		expect(second.body).toBe(first.body);
		expect(isSigned(key, second)).toBe(true);
	});

	it('replays an attempt unchanged', async () => {
		const { first, second } = await afterFirst(async (id) => await webhooks().forge('replay', id));
		expect(second.body).toBe(first.body);
		for (const name of ['close-sig-hash', 'close-sig-timestamp']) {
			expect(second.headers[name]).toBe(first.headers[name]);
		}
	});

	it.each(['badSignature', 'noSignature', 'alteredBody'] as const)(
		"sends an invalid signature (%s), and returns the receiver's status",
		async (kind) => {
			const { key, first, second } = await afterFirst(async (id) => {
				receiver().answerWith(401);
				const attempts = await webhooks().forge(kind, id);
				expect(attempts).toMatchObject([{ status: 401, received: false }]);
			});
			expect([isSigned(key, first), isSigned(key, second)]).toEqual([true, false]);
			expect(second.body === first.body).toBe(kind !== 'alteredBody');
			expect(() => JSON.parse(second.body)).not.toThrow();
		},
	);

	it('signs correctly with an old timestamp', async () => {
		const { key, second } = await afterFirst(
			async (id) => await webhooks().forge('oldTimestamp', id),
		);
		expect(isSigned(key, second)).toBe(true);
		expect(ageOf(second)).toBeGreaterThan(300);
	});

	it('sends held events in reverse order', async () => {
		await subscribe();
		webhooks().hold();
		const events = ['created', 'updated'].map((action) =>
			webhooks().emit({ action, leadId: 'lead_1', data: { id: 'lead_1', name: 'Made up' } }),
		);
		await settled();
		expect(receiver().received).toEqual([]);
		expect(await webhooks().release('reversed')).toHaveLength(2);
		const came = receiver().received.map(({ body }): unknown => JSON.parse(body));
		expect(came).toMatchObject([
			{ event: { id: events[1]?.id, action: 'updated', data: { name: 'Made up' } } },
			{ event: { id: events[0]?.id, action: 'created', lead_id: 'lead_1' } },
		]);
		webhooks().emit({ action: 'created', leadId: 'lead_2' });
		await settled();
		expect(receiver().received).toHaveLength(3);
	});

	it('throws when there is nothing to forge', async () => {
		const { id } = webhooks().emit({ action: 'created', leadId: 'lead_1' });
		await expect(webhooks().forge('redelivery', id)).rejects.toThrow('receives');
		await expect(webhooks().forge('redelivery', 'ev_none')).rejects.toThrow('no event');
		await subscribe();
		await expect(webhooks().forge('replay', id)).rejects.toThrow('Nothing has been sent');
		expect(() => webhooks().signatureKey('whsub_none')).toThrow('no subscription');
	});
});
