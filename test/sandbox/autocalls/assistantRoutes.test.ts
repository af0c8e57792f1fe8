import { autocallsAccounts } from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import { bearer, send, useSandbox } from '../helpers';

const sandbox = useSandbox();
const { one, two } = autocallsAccounts;
const accept = { accept: 'application/json' };

async function call(path: string, json?: unknown, key: string = one.key, more = accept) {
	const url = `${sandbox().url}/autocalls/user/assistants${path}`;
	return await send(url, { json, headers: { ...bearer(key), ...more } });
}

function idsOf(list: unknown): unknown[] {
	if (!Array.isArray(list)) throw new Error('There is no list.');
	return list.map((entry: unknown) => (isRecord(entry) ? entry.id : undefined));
}

const range = (first: number, last: number) =>
	Array.from({ length: last - first + 1 }, (_, index) => first + index);
const hook = 'http://127.0.0.1:9/hook';

describe('Autocalls: list assistants', () => {
	it('returns pages of ten by default, with the webhooks', async () => {
		const first = await call('/get');
		expect([first.status, first.json]).toMatchObject([
			200,
			{ current_page: 1, last_page: 2, per_page: 10, total: 14, from: 1, to: 10 },
		]);
		expect(first.json).toMatchObject({
			data: {
				0: {
					id: 501,
					name: 'Outreach by Ada',
					type: 'outbound',
					status: 'active',
					is_webhook_active: false,
					webhook_url: null,
					created_at: '2025-06-29T16:21:00.000000Z',
				},
				length: 10,
			},
			next_page_url: 'https://app.autocalls.ai/api/user/assistants/get?page=2',
		});
		const second = await call('/get?page=2');
		const data = isRecord(second.json) ? second.json.data : undefined;
		expect(idsOf(data)).toEqual(range(511, 514));
		expect(second.json).toMatchObject({ next_page_url: null, from: 11, to: 14 });
		expect((await call('/get?per_page=100')).json).toMatchObject({ data: { length: 14 } });
		expect((await call('/get?per_page=101')).status).toBe(422);
	});

	it('returns a plain list of all assistants, or of outbound ones', async () => {
		expect(idsOf((await call('')).json)).toEqual(range(501, 514));
		expect(idsOf((await call('/outbound')).json)).toEqual(range(501, 512));
	});

	it("lists only the account's own assistants", async () => {
		expect(idsOf((await call('', undefined, two.key)).json)).toEqual([601]);
		expect((await call('', undefined, 'wrong')).status).toBe(401);
		expect((await call('/get', {})).status).toBe(405);
	});
});

describe('Autocalls: webhook of an assistant', () => {
	const stateOf = (id: number) => sandbox().world.autocalls.assistants.get(id);

	it('stores one URL, and a new one replaces it', async () => {
		const json = { assistant_id: 502, webhook_url: hook };
		const enabled = await call('/enable-webhook', json);
		expect([enabled.status, enabled.json]).toEqual([
			200,
			{ message: 'Webhook enabled successfully', data: [] },
		]);
		expect((await call('/get?per_page=2')).json).toMatchObject({
			data: {
				0: { id: 501, webhook_url: null, is_webhook_active: false },
				1: { id: 502, webhook_url: hook, is_webhook_active: true },
			},
		});
		const other = 'https://example.com/hook';
		await call('/enable-webhook', { assistant_id: '502', webhook_url: other });
		expect(stateOf(502)).toMatchObject({ webhookUrl: other, isWebhookActive: true });
		expect(sandbox().world.requests.at(-1)?.effect).toBe(true);
	});

	it('removes the URL when disabled, once or twice', async () => {
		await call('/enable-webhook', { assistant_id: 502, webhook_url: hook });
		for (let round = 0; round < 2; round++) {
			const disabled = await call('/disable-webhook', { assistant_id: 502 });
			expect([disabled.status, disabled.json]).toEqual([
				200,
				{ message: 'Webhook disabled successfully', data: [] },
			]);
			expect(stateOf(502)).toMatchObject({ webhookUrl: null, isWebhookActive: false });
		}
	});

	it.each(['/enable-webhook', '/disable-webhook'])(
		'%s answers 404 for an unknown assistant, or one of another account',
		async (path) => {
			for (const assistant_id of [601, 999]) {
				const reply = await call(path, { assistant_id, webhook_url: hook });
				expect([reply.status, reply.json]).toEqual([404, { message: 'Assistant not found' }]);
			}
			expect(stateOf(601)?.webhookUrl).toBeNull();
		},
	);

	it.each<[string, object, string[]]>([
		['/enable-webhook', {}, ['assistant_id', 'webhook_url']],
		['/enable-webhook', { assistant_id: 'x', webhook_url: hook }, ['assistant_id']],
		['/enable-webhook', { assistant_id: 501, webhook_url: 'hook' }, ['webhook_url']],
		['/enable-webhook', { assistant_id: 501, webhook_url: 'ftp://a.example/' }, ['webhook_url']],
		['/disable-webhook', { webhook_url: hook }, ['assistant_id']],
	])('%s rejects %j', async (path, json, fields) => {
		const reply = await call(path, json);
		const errors = isRecord(reply.json) && isRecord(reply.json.errors) ? reply.json.errors : {};
		expect(reply.status).toBe(422);
		expect(reply.json).toMatchObject({ message: 'The given data was invalid.' });
		expect(Object.keys(errors)).toEqual(fields);
		expect(stateOf(501)?.webhookUrl).toBeNull();
	});

	it('redirects a client that does not accept JSON to the login page, as Laravel does', async () => {
		const reply = await call('/enable-webhook', {}, one.key, { accept: '*/*' });
		expect(reply.status).toBe(302);
	});
});
