import { squadVoiceAccounts, type Sandbox } from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import { bearer, send, useSandbox } from '../helpers';

const sandbox = useSandbox();
const { standard, v4 } = squadVoiceAccounts;
const state = (): Sandbox['world']['squadVoice'] => sandbox().world.squadVoice;
const day = Date.UTC(2026, 0, 15);
const hour = 3_600_000;

async function responses(query = '', version: 'v1' | 'v4' = 'v1') {
	const account = version === 'v1' ? standard : v4;
	const url = `${sandbox().url}/squadvoice/api/${version}/leads/responses/${account.campaign}/${query}`;
	return await send(url, { headers: bearer(account.token) });
}

async function resultsOf(query = '', version: 'v1' | 'v4' = 'v1') {
	const { json } = await responses(query, version);
	const results: unknown = isRecord(json) ? json.results : undefined;
	if (!Array.isArray(results)) throw new Error('There are no results.');
	return results.map((result: unknown) => (isRecord(result) ? result : {}));
}

const idsOf = async (query?: string, version?: 'v1' | 'v4') =>
	(await resultsOf(query, version)).map((result) => result.lead_id);

afterEach(() => jest.restoreAllMocks());

describe('SquadVoice clock', () => {
	it('appears in stored times and in the Date header', async () => {
		const clock = jest.spyOn(Date, 'now').mockReturnValue(day);
		state().clockSkewMs = hour;
		state().seedLeads('0PT711', 1);
		clock.mockReturnValue(day + 1000);
		state().process('0PT711', 'seed-1');
		expect(await resultsOf()).toMatchObject([
			{ created_at: day + hour, processed_at: day + hour + 1000 },
		]);
		const date = 'Thu, 15 Jan 2026 01:00:01 GMT';
		expect((await responses()).headers.get('date')).toBe(date);
		expect((await responses('?page=9')).headers.get('date')).toBe(date);
		sandbox().world.faults.add({ kind: 'status', times: 1 });
		sandbox().world.faults.add({ kind: 'redirect', times: 1 });
		expect((await responses()).headers.get('date')).toBe(date);
		expect((await responses()).headers.get('date')).toBe(date);
		sandbox().world.settings.limits.squadVoice = {
			requests: 0,
			windowMs: 1000,
			headers: 'none',
			announce: false,
		};
		const limited = await responses();
		expect([limited.status, limited.headers.get('date')]).toEqual([429, date]);
		const { headers } = await send(`${sandbox().url}/aktify/api/v1/leads`);
		expect(headers.get('date')).not.toBe(date);
	});

	it('shows a lead as processed after a delay, when configured', async () => {
		const clock = jest.spyOn(Date, 'now').mockReturnValue(day);
		state().visibleAfterMs = 5000;
		for (const campaign of ['0PT711', 'V4CAMP']) {
			state().seedLeads(campaign, 1);
			state().process(campaign, 'seed-1', { at: day - 1000, outcome: 'Busy' });
		}
		clock.mockReturnValue(day + 4999);
		expect(await resultsOf('', 'v4')).toEqual([]);
		expect(await resultsOf('?processed_after=1')).toEqual([]);
		const [unprocessed] = await resultsOf();
		expect(unprocessed).toMatchObject({ lead_id: 'seed-1' });
		expect(unprocessed).not.toHaveProperty('processed_at');
		clock.mockReturnValue(day + 5000);
		expect(await idsOf('', 'v4')).toEqual(['seed-1']);
		expect(await resultsOf('?processed_after=1')).toMatchObject([{ processed_at: day - 1000 }]);

		state().process('0PT711', 'seed-1', { at: day + 2000, outcome: 'Sold' });
		expect(await resultsOf()).toMatchObject([{ outcome_name: 'Busy' }]);
		clock.mockReturnValue(day + 10_000);
		expect(await resultsOf()).toMatchObject([{ outcome_name: 'Sold', processed_at: day + 2000 }]);
	});
});

describe('SquadVoice list', () => {
	it('is sorted in the configured order', async () => {
		for (const leadId of ['b', 'a', 10, 9]) {
			const lead = { leadId, phoneNumber: '+15095551234', contactName: 'J', customFields: {} };
			state().accept('0PT711', lead, day);
		}
		expect(await idsOf()).toEqual(['b', 'a', 10, 9]);
		state().responsesOrder = 'newest';
		expect(await idsOf()).toEqual([9, 10, 'a', 'b']);
		expect(await idsOf('?page_size=3&page=2')).toEqual(['b']);
		state().responsesOrder = 'byId';
		expect(await idsOf()).toEqual([10, 9, 'a', 'b']);
	});

	it('moves a lead to another time window when it is processed again', async () => {
		state().seedLeads('0PT711', 2);
		state().process('0PT711', 'seed-1', { at: day });
		state().process('0PT711', 'seed-2', { at: day });
		state().process('0PT711', 'seed-1', { at: day + hour });
		expect(await idsOf(`?processed_before=${day}`)).toEqual(['seed-2']);
		expect(await idsOf(`?processed_after=${day + 1}`)).toEqual(['seed-1']);
	});

	it('counts and pages the filtered leads of a long list', async () => {
		state().seedLeads('0PT711', 4_000);
		state().processAll('0PT711', ({ leadId }) => {
			const number = Number(String(leadId).slice('seed-'.length));
			return number % 2 === 0 ? { at: day + number, blocks: [] } : undefined;
		});
		const query = `?processed_after=${day + 2}&processed_before=${day + 3_800}&page_size=500`;
		const seen = new Set<unknown>();
		expect((await responses(query)).json).toMatchObject({ count: 1900 });
		for (let page = 1; page <= 4; page++) {
			(await idsOf(`${query}&page=${page}`)).forEach((id) => seen.add(id));
		}
		expect(seen.size).toBe(1900);
		expect((await responses(`${query}&page=5`)).status).toBe(404);
		expect(await idsOf('?lead_id=seed-3999')).toEqual(['seed-3999']);
	});
});
