import { closeAccounts, closeAuthorization } from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import { send, useSandbox } from '../helpers';

const sandbox = useSandbox();
const headers = { authorization: closeAuthorization(closeAccounts.one.key) };
const query = { type: 'and', queries: [{ type: 'object_type', object_type: 'lead' }] };

async function page(json: Record<string, unknown> = {}) {
	const url = `${sandbox().url}/close/data/search/`;
	const base = { query, _limit: 2, _fields: { lead: ['name'] } };
	const reply = await send(url, { json: { ...base, ...json }, headers });
	const body = isRecord(reply.json) ? reply.json : {};
	const data: unknown[] = Array.isArray(body.data) ? body.data : [];
	const names = data.map((entry) => (isRecord(entry) ? entry.name : undefined));
	return { status: reply.status, names, cursor: body.cursor, count: body.count };
}

describe('Close search: pages', () => {
	const name = { type: 'regular_field', object_type: 'lead', field_name: 'name' };
	const byName = (direction: string) => [{ direction, field: name }];

	it('returns pages by cursor, in order, until the cursor is null', async () => {
		sandbox().world.close.seedLeads(5);
		const sort = byName('asc');
		const first = await page({ sort });
		expect(first.names).toEqual(['Seed Lead 1', 'Seed Lead 2']);
		const second = await page({ sort, cursor: first.cursor });
		expect(second.names).toEqual(['Seed Lead 3', 'Seed Lead 4']);
		expect(await page({ sort, cursor: first.cursor })).toMatchObject({ names: second.names });
		const last = await page({ sort, cursor: second.cursor });
		expect([last.names, last.cursor]).toEqual([['Seed Lead 5'], null]);
		expect((await page({ sort: byName('desc') })).names).toEqual(['Seed Lead 5', 'Seed Lead 4']);
		expect((await page({ sort: byName('desc'), cursor: first.cursor })).status).toBe(400);
	});

	it('ends at results_limit and at the maximum, and counts on request', async () => {
		const { close } = sandbox().world;
		close.seedLeads(5);
		const limited = await page({ results_limit: 1, include_counts: true });
		expect(limited).toMatchObject({ cursor: null, count: { limited: 1, total: 5 } });
		const none = await page({ results_limit: 0, include_counts: true });
		expect(none).toMatchObject({ names: [], cursor: null, count: { limited: 0, total: 5 } });
		close.searchMaximum = 3;
		const first = await page();
		const second = await page({ cursor: first.cursor });
		expect([second.names.length, second.cursor]).toEqual([1, null]);
	});

	it('expires cursors', async () => {
		sandbox().world.close.seedLeads(3);
		sandbox().world.close.cursorLifetimeMs = 0;
		const { cursor } = await page();
		expect(cursor).toEqual(expect.any(String));
		expect((await page({ cursor })).status).toBe(400);
	});

	it('finds writes only after the index lag', async () => {
		const { close } = sandbox().world;
		close.indexLagMs = 60_000;
		const [seeded] = close.seedLeads(1);
		await send(`${sandbox().url}/close/lead/`, { json: { name: 'New' }, headers });
		const id = seeded?.id ?? '';
		const url = `${sandbox().url}/close/lead/${id}/`;
		await send(url, { method: 'PUT', json: { name: 'Renamed' }, headers });
		await send(url, { method: 'PUT', json: { name: 'Renamed again' }, headers });
		expect((await page()).names).toEqual(['Seed Lead 1']);
		expect((await send(url, { headers })).json).toMatchObject({ name: 'Renamed again' });
		close.indexLagMs = 0;
		expect((await page()).names).toEqual(['New', 'Renamed again']);
	});
});
