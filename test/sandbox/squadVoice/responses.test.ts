import { squadVoiceAccounts } from '../../../sandbox';
import { bearer, send, useSandbox } from '../helpers';

const sandbox = useSandbox();
const { standard, india } = squadVoiceAccounts;

async function responses(query = '', account: { token: string; campaign: string } = standard) {
	const url = `${sandbox().url}/squadvoice/api/v1/leads/responses/${account.campaign}/${query}`;
	return await send(url, { headers: bearer(account.token) });
}

async function post(path: string, json: unknown) {
	const url = `${sandbox().url}/squadvoice/api/v1/leads/${path}/0PT711/`;
	return await send(url, { json, headers: bearer(standard.token) });
}

describe('SquadVoice: lead responses', () => {
	it('shows an unprocessed lead as on the SquadVoice US API page', async () => {
		const url = `${sandbox().url}/squadvoice/api/v1/leads/create/INDIA1/`;
		const json = {
			lead_id: 10,
			phone_number: '+919899550412',
			contact_name: 'John Doe',
			city: 'X',
		};
		await send(url, { json, headers: bearer(india.token) });
		const reply = await responses('', india);
		expect(reply.status).toBe(200);
		expect(reply.json).toEqual({
			count: 1,
			next: null,
			previous: null,
			results: [
				{
					lead_id: 10,
					phone_number: '919899550412',
					contact_number: '919899550412',
					created_at: expect.any(Number),
					campaign_id: 'INDIA1',
					country_code: 'IN',
					campaign_name: 'India Outreach',
					contact_name: 'John Doe',
					call_attempt_keys: [],
					last_call_attempt_keys: [],
					city: 'X',
				},
			],
		});
	});

	it('shows a processed lead with keys that contain the campaign name', async () => {
		const { squadVoice } = sandbox().world;
		squadVoice.seedLeads('0PT711', 1);
		squadVoice.process('0PT711', 'seed-1', { outcome: 'Busy', at: 1531409739413, blocks: ['sms'] });
		const attempt = {
			reference_id: expect.any(String),
			outcome_id: expect.any(Number),
			outcome_name: 'Busy',
			call_duration: expect.any(Number),
			called_at: 1531409739413,
			report_keys_order: ['status', 'additional_notes', 'question_1'],
			status: expect.any(String),
			question_1: expect.any(String),
		};
		expect((await responses()).json).toMatchObject({
			results: [
				{
					state_code: 'WA',
					processed_at: 1531409739413,
					outcome_name: 'Busy',
					outcome_id: expect.any(Number),
					total_cost: expect.any(Number),
					call_attempt_keys: ['call_attempt_Spring Outreach_1'],
					last_call_attempt_keys: ['last_call_attempt_Spring Outreach_1'],
					'call_attempt_Spring Outreach_1': [{ outcome_name: 'No Answer' }, attempt],
					'last_call_attempt_Spring Outreach_1': attempt,
					'sms_Spring Outreach': { status: 'delivered' },
				},
			],
		});
	});

	it('returns pages, with links to the public host over http', async () => {
		sandbox().world.squadVoice.seedLeads('0PT711', 250);
		expect((await responses()).json).toMatchObject({ count: 250, results: { length: 100 } });
		const second = await responses('?page_size=120&page=2');
		expect(second.json).toMatchObject({
			next: 'http://app.squadrun.co/api/v1/leads/responses/0PT711/?page=3&page_size=120',
			previous: 'http://app.squadrun.co/api/v1/leads/responses/0PT711/?page_size=120',
			results: { length: 120 },
		});
		const last = await responses('?page_size=120&page=3');
		expect(last.json).toMatchObject({ next: null, results: { length: 10 } });
		const past = await responses('?page_size=120&page=4');
		expect([past.status, past.json]).toEqual([404, { detail: 'Invalid page.' }]);
		expect((await responses('?page=0')).status).toBe(404);
		expect((await responses('?page=x')).status).toBe(404);
	});

	it('reduces a page_size to its maximum, and uses the default for an invalid one', async () => {
		sandbox().world.squadVoice.seedLeads('0PT711', 600);
		expect((await responses('?page_size=1000')).json).toMatchObject({ results: { length: 500 } });
		expect((await responses('?page_size=-1')).json).toMatchObject({ results: { length: 100 } });
	});

	it('finds a lead by lead_id, and returns an empty page for an unknown one', async () => {
		sandbox().world.squadVoice.seedLeads('0PT711', 3);
		const found = await responses('?lead_id=seed-2');
		expect(found.json).toMatchObject({ count: 1, results: [{ lead_id: 'seed-2' }] });
		const none = await responses('?lead_id=nobody');
		expect([none.status, none.json]).toEqual([
			200,
			{ count: 0, next: null, previous: null, results: [] },
		]);
	});

	it('filters by the time of processing', async () => {
		const { squadVoice } = sandbox().world;
		squadVoice.seedLeads('0PT711', 4);
		[1000, 2000, 3000].forEach((at, index) => {
			squadVoice.process('0PT711', `seed-${index + 1}`, { at });
		});
		const count = (n: number) => ({ count: n });
		expect((await responses('?processed_after=2000')).json).toMatchObject(count(2));
		expect((await responses('?processed_before=2000')).json).toMatchObject(count(2));
		const both = '?processed_after=1500&processed_before=2500';
		expect((await responses(both)).json).toMatchObject(count(1));
		squadVoice.processedBoundsInclusive = false;
		expect((await responses('?processed_after=2000')).json).toMatchObject(count(1));
		expect((await responses('?processed_after=2024-01-01')).status).toBe(400);
	});

	it('requires a token', async () => {
		const url = `${sandbox().url}/squadvoice/api/v1/leads/responses/0PT711/`;
		expect((await send(url)).status).toBe(401);
	});
});

describe('SquadVoice: disable leads', () => {
	it('accepts a list or one object, repeatedly', async () => {
		const { world } = sandbox();
		world.squadVoice.seedLeads('0PT711', 3);
		const list = [{ lead_id: 'seed-1' }, { lead_id: 'seed-2' }];
		expect((await post('disable', list)).status).toBe(200);
		const first = world.squadVoice.find('0PT711', 'seed-1')?.disabledAt;
		expect((await post('disable', { lead_id: 'seed-1' })).status).toBe(200);
		expect(world.squadVoice.find('0PT711', 'seed-1')?.disabledAt).toBe(first);
		expect(world.ledger('squadVoice')).toEqual({ held: 3, doubled: 0, disabled: 2 });
	});

	it('accepts an unknown lead, unless it is configured to reject the list', async () => {
		const { squadVoice } = sandbox().world;
		squadVoice.seedLeads('0PT711', 1);
		expect((await post('disable', { lead_id: 99 })).status).toBe(200);
		expect(squadVoice.disabledUnknown.get('0PT711|99')).toBe(1);
		squadVoice.rejectUnknownOnDisable = true;
		expect((await post('disable', [{ lead_id: 'seed-1' }, { lead_id: 99 }])).status).toBe(400);
		expect(squadVoice.find('0PT711', 'seed-1')?.disabledAt).toBeUndefined();
	});

	it('rejects an entry without lead_id', async () => {
		expect((await post('disable', [{ id: 1 }])).status).toBe(400);
		expect((await post('disable', ['seed-1'])).status).toBe(400);
	});
});
