import { closeAccounts, closeAuthorization, closeUsers } from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import { send, useSandbox } from '../helpers';

const sandbox = useSandbox();
const headers = { authorization: closeAuthorization(closeAccounts.one.key) };

async function list(query: Record<string, string> = {}) {
	const search = new URLSearchParams(query);
	const reply = await send(`${sandbox().url}/close/event/?${search}`, { headers });
	const body = isRecord(reply.json) ? reply.json : {};
	const data: unknown[] = Array.isArray(body.data) ? body.data : [];
	const leads = data.map((event) => (isRecord(event) ? event.lead_id : undefined));
	const next = typeof body.cursor_next === 'string' ? body.cursor_next : null;
	const previous = typeof body.cursor_previous === 'string' ? body.cursor_previous : null;
	return { status: reply.status, data, leads, next, previous };
}

/** Events of the leads L1, L2, … */
function emit(count: number, action = 'updated') {
	return Array.from({ length: count }, (_, index) =>
		sandbox().world.close.webhooks.emit({ action, leadId: `L${index + 1}` }),
	);
}

describe('Close: event log', () => {
	it('returns at most 50 events, newest first, and pages in both directions by cursor', async () => {
		emit(53);
		const first = await list();
		expect([first.status, first.leads.length, first.leads[0]]).toEqual([200, 50, 'L53']);
		expect(first.previous).toBeNull();
		const last = await list({ _cursor: first.next ?? '' });
		expect([last.leads, last.next]).toEqual([['L3', 'L2', 'L1'], null]);
		const back = await list({ _cursor: last.previous ?? '', _limit: '2' });
		expect(back.leads).toEqual(['L5', 'L4']);
		const ends = await list({ _cursor: back.previous ?? '' });
		expect([ends.leads.length, ends.leads.at(-1), ends.previous]).toEqual([48, 'L6', null]);
	});

	it('filters by the documented combinations, each with a date', async () => {
		const [event] = emit(3);
		emit(2, 'deleted');
		const at = { user_id: closeUsers.ada.id };
		const lead = { object_type: 'lead', action: 'deleted' };
		expect((await list(lead)).leads).toEqual(['L2', 'L1']);
		expect((await list({ lead_id: 'L3' })).leads).toEqual(['L3']);
		expect((await list({ object_id: 'L1', action: 'updated' })).leads).toEqual(['L1']);
		expect((await list({ request_id: event?.origin.requestId ?? '' })).leads).toEqual(['L1']);
		expect((await list({ ...at, lead_id: 'L2', ...lead })).leads).toEqual(['L2']);
		expect((await list({ user_id: closeUsers.ben.id })).leads).toEqual([]);
		const soon = new Date(Date.now() + 60_000).toISOString();
		expect((await list({ ...lead, date_updated__gte: soon })).leads).toEqual([]);
		expect((await list({ ...lead, date_updated__lt: soon })).leads).toHaveLength(2);
		expect((await list({ date_updated__gt: '2020-01-01T00:00:00' })).leads).toHaveLength(5);
		expect((await list({ date_updated__lte: '2020-01-01' })).leads).toEqual([]);
	});

	it.each([
		['an undocumented combination', { action: 'updated' }],
		['request_id together with lead_id', { request_id: 'x', lead_id: 'y' }],
		['_skip', { _skip: '1' }],
		['a _limit above the maximum', { _limit: '51' }],
		['a _limit of 0', { _limit: '0' }],
		['an unknown cursor', { _cursor: 'x' }],
		['an invalid date', { date_updated__gt: 'today' }],
	])('rejects %s', async (_what, query: Record<string, string>) => {
		emit(1);
		expect((await list(query)).status).toBe(400);
	});

	it('hides the data of an event after an hour from users who are no administrators', async () => {
		const recent = emit(1)[0];
		const old = emit(1, 'deleted')[0];
		if (!recent || !old) throw new Error('There are no events.');
		old.updatedAt -= 3_700_000;
		const seenBy = async (key: string, path = '') => {
			const authorization = closeAuthorization(key);
			const url = `${sandbox().url}/close/event/${path}`;
			return (await send(url, { headers: { authorization } })).json;
		};
		const nobody = closeAccounts.three.key;
		const hidden = expect.not.objectContaining({ previous_data: expect.anything() });
		expect(await seenBy(closeAccounts.two.key, `${old.id}/`)).toHaveProperty('previous_data.id');
		expect(await seenBy(nobody, `${old.id}/`)).toEqual(hidden);
		expect(await seenBy(nobody, `${old.id}/`)).not.toHaveProperty('data');
		expect(await seenBy(nobody)).toMatchObject({
			data: [{ data: { id: 'L1' } }, { action: 'deleted', changed_fields: [] }],
		});
	});

	it('returns one event by its ID', async () => {
		const [event] = emit(1);
		const url = `${sandbox().url}/close/event/`;
		const one = await send(`${url}${event?.id}/`, { headers });
		expect([one.status, [one.json]]).toEqual([200, (await list()).data]);
		expect((await send(`${url}ev_none/`, { headers })).status).toBe(404);
	});
});
