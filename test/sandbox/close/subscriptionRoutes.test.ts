import { closeAccounts, closeAuthorization, closeUsers } from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import { bearer, send, useSandbox, type Sent } from '../helpers';

const sandbox = useSandbox();
const headers = { authorization: closeAuthorization(closeAccounts.one.key) };
const events = [{ object_type: 'lead', action: 'created' }];
const target = 'https://n8n.example.com/webhook/1';

async function call(path: string, sent: Sent = {}) {
	return await send(`${sandbox().url}/close${path}`, { headers, ...sent });
}

async function subscribe(json: Record<string, unknown> = {}) {
	const reply = await call('/webhook/', { json: { url: target, events, ...json } });
	const body = isRecord(reply.json) ? reply.json : {};
	return { status: reply.status, body, id: String(body.id) };
}

describe('Close: webhook subscriptions', () => {
	it('answers a create with 201 and a key that no later reply has', async () => {
		const made = await subscribe();
		const shown = {
			id: expect.stringMatching(/^whsub_\w{22}$/),
			url: target,
			events: [{ object_type: 'lead', action: 'created', extra_filter: null }],
			status: 'active',
			verify_ssl: true,
			organization_id: expect.stringMatching(/^orga_/),
			created_by: closeUsers.ada.id,
			updated_by: closeUsers.ada.id,
			date_created: expect.any(String),
			date_updated: expect.any(String),
		};
		const key = expect.stringMatching(/^[0-9a-f]{64}$/);
		expect([made.status, made.body]).toEqual([201, { ...shown, signature_key: key }]);
		expect(sandbox().world.close.webhooks.signatureKey(made.id)).toBe(made.body.signature_key);
		expect((await call(`/webhook/${made.id}/`)).json).toEqual(shown);
		expect((await call('/webhook/')).json).toEqual({ data: [shown], has_more: false });
		expect((await call(`/webhook/${made.id}/?_fields=status`)).json).toEqual({ status: 'active' });
	});

	it('lists subscriptions by page, changes and deletes them', async () => {
		const first = await subscribe();
		const second = await subscribe();
		const page = await call('/webhook/?_limit=1&_skip=1');
		expect(page.json).toEqual({
			data: [expect.objectContaining({ id: second.id })],
			has_more: false,
		});
		const path = `/webhook/${first.id}/`;
		const wanted = [{ object_type: 'lead', action: 'updated' }];
		const json = { status: 'paused', events: wanted, verify_ssl: false };
		const changed = await call(path, { method: 'PUT', json });
		expect([changed.status, changed.json]).toEqual([
			200,
			expect.objectContaining({
				url: target,
				status: 'paused',
				verify_ssl: false,
				events: [{ ...wanted[0], extra_filter: null }],
			}),
		]);
		expect(changed.json).not.toHaveProperty('signature_key');
		const gone = await call(path, { method: 'DELETE' });
		expect([gone.status, gone.text]).toEqual([200, '{}']);
		expect((await call(path)).status).toBe(404);
		expect((await call(path, { method: 'PUT', json: {} })).status).toBe(404);
		expect((await call(path, { method: 'DELETE' })).status).toBe(404);
	});

	it.each([
		['a missing url', { url: undefined }, 'url'],
		['an invalid url', { url: 'n8n' }, 'url'],
		['http on another machine', { url: 'http://n8n.example.com/webhook/1' }, 'url'],
		['missing events', { events: undefined }, 'events'],
		['an empty list of events', { events: [] }, 'events'],
		['events that are not a list', { events: 'lead' }, 'events'],
		['an unknown object type', { events: [{ object_type: 'thing', action: 'created' }] }, 'events'],
		['an unknown action', { events: [{ object_type: 'contact', action: 'merged' }] }, 'events'],
		['an invalid filter', { events: [{ ...events[0], extra_filter: { type: 'x' } }] }, 'events'],
		['an unknown status', { status: 'broken' }, 'status'],
		['verify_ssl as text', { verify_ssl: 'yes' }, 'verify_ssl'],
	])('rejects %s', async (_what, change, field) => {
		const { status, body } = await subscribe(change);
		expect([status, body]).toEqual([
			400,
			{ errors: [], 'field-errors': { [field]: expect.anything() } },
		]);
		expect(sandbox().world.close.webhooks.subscriptions.size).toBe(0);
	});

	it('accepts at most 40 subscriptions', async () => {
		for (let count = 0; count < 40; count++) expect((await subscribe()).status).toBe(201);
		const last = await subscribe();
		expect([last.status, last.body]).toEqual([
			400,
			{ errors: [expect.stringContaining('40')], 'field-errors': {} },
		]);
		const [first] = sandbox().world.close.webhooks.subscriptions.keys();
		await call(`/webhook/${first}/`, { method: 'DELETE' });
		expect((await subscribe()).status).toBe(201);
	});

	it('accepts an OAuth token or a key, and nothing else', async () => {
		const { tokens, tokenLifetimeMs } = sandbox().world.close;
		const token = bearer(tokens.issue(tokenLifetimeMs).accessToken);
		const json = { url: target, events };
		const made = await call('/webhook/', { json, headers: token });
		expect(made.json).toMatchObject({ created_by: closeUsers.cleo.id });
		const id = isRecord(made.json) ? String(made.json.id) : '';
		expect((await call(`/webhook/${id}/`)).status).toBe(200);
		for (const path of ['/webhook/', `/webhook/${id}/`, '/event/']) {
			expect((await call(path, { headers: {} })).status).toBe(401);
		}
		expect((await call('/webhook/', { json, headers: {} })).status).toBe(401);
		expect((await call('/webhook/', { method: 'PUT', json })).status).toBe(405);
	});

	it('stores an https subscription, but sends nothing to it', async () => {
		await subscribe();
		await call('/lead/', { json: { name: 'Bluth' } });
		expect(sandbox().world.deliveries.log).toEqual([]);
		expect(sandbox().world.close.events.newestFirst()).toHaveLength(1);
	});
});
