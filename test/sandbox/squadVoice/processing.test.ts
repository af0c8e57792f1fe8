import { sleep } from 'n8n-workflow';
import { squadVoiceAccounts } from '../../../sandbox';
import { bearer, send, useSandbox } from '../helpers';
import { useReceiver } from '../receiver';

const sandbox = useSandbox();
const receiver = useReceiver();
const { v4, standard } = squadVoiceAccounts;
const state = () => sandbox().world.squadVoice;
const settled = async () => await sandbox().world.deliveries.settled();
const bodies = () => receiver().received.map(({ body }): unknown => JSON.parse(body));

async function create(lead_id: string, account: { token: string; campaign: string } = v4) {
	const version = account === v4 ? 'v4' : 'v1';
	const url = `${sandbox().url}/squadvoice/api/${version}/leads/create/${account.campaign}/`;
	const lead = { lead_id, phone_number: '+919899550412', contact_name: 'Asha', state_code: 'WA' };
	await send(url, { json: [lead], headers: bearer(account.token) });
}

async function responses() {
	const url = `${sandbox().url}/squadvoice/api/v4/leads/responses/V4CAMP/`;
	return await send(url, { headers: bearer(v4.token) });
}

describe('SquadVoice Lead Processed webhook', () => {
	beforeEach(() => {
		receiver().answerWith(201);
		state().seedLeads('V4CAMP', 3);
		state().configureWebhook('V4CAMP', `${receiver().url}/hook`);
	});

	it('sends what GET responses shows of the lead', async () => {
		state().process('V4CAMP', 'seed-2', { outcome: 'Wrong Number', at: 1531409739413 });
		await settled();
		expect(receiver().received).toMatchObject([
			{ path: '/hook', headers: { 'content-type': 'application/json' } },
		]);
		expect(bodies()).toMatchObject([
			{
				lead_id: 'seed-2',
				lead_outcome: 'Wrong Number',
				processed_at: '2018-07-12T15:35:39+00:00',
			},
		]);
		expect((await responses()).json).toMatchObject({ count: 1, results: bodies() });
	});

	it('exists for campaigns of v4 only, once it is configured', async () => {
		expect(() => state().configureWebhook('0PT711', receiver().url)).toThrow(/0PT711/);
		state().configureWebhook('V4CAMP', undefined);
		state().process('V4CAMP', 'seed-1');
		expect(sandbox().world.deliveries.log).toEqual([]);
	});

	it('is received with a 201, and retried after any status except a rejection', async () => {
		sandbox().world.deliveries.speed = 100_000;
		const answers = [200, 500, 202, 201];
		receiver().answerWith((before) => answers[before] ?? 201);
		state().process('V4CAMP', 'seed-1');
		await settled();
		const { webhooks } = state();
		const { attempts, state: became } = webhooks.deliveryOf('V4CAMP|seed-1');
		expect([attempts.map(({ status }) => status), became]).toEqual([answers, 'received']);
		for (const status of [400, 403]) {
			receiver().answerWith(status);
			const delivery = webhooks.redeliver('V4CAMP|seed-1');
			await settled();
			expect([delivery.attempts.length, delivery.state]).toEqual([1, 'givenUp']);
		}
		receiver().answerWith(204);
		const strict = webhooks.redeliver('V4CAMP|seed-1');
		await settled();
		expect([strict.attempts.length, strict.state]).toEqual([4, 'givenUp']);
		state().webhookWants201 = false;
		const lenient = webhooks.redeliver('V4CAMP|seed-1');
		await settled();
		expect([lenient.attempts.length, lenient.state]).toEqual([1, 'received']);
	});

	it('can be redelivered, replayed, altered and reordered', async () => {
		const { webhooks } = state();
		webhooks.hold();
		expect(state().processAll('V4CAMP')).toBe(3);
		await webhooks.release();
		const ids = (ids: string[]) => ids.map((lead_id) => ({ lead_id }));
		expect(bodies()).toMatchObject(ids(['seed-3', 'seed-2', 'seed-1']));
		await webhooks.replay('V4CAMP|seed-2');
		await webhooks.altered('V4CAMP|seed-2', { lead_id: 'stranger' });
		expect(bodies().slice(3)).toMatchObject(ids(['seed-2', 'stranger']));
		expect(receiver().received[3]?.body).toBe(receiver().received[1]?.body);
	});

	it('reports a lead that is processed again', async () => {
		state().process('V4CAMP', 'seed-1', { outcome: 'Busy', at: 1000 });
		await settled();
		state().process('V4CAMP', 'seed-1', { outcome: 'Sold', at: 2000 });
		await settled();
		expect(bodies()).toMatchObject([
			{ lead_outcome: 'Busy', processed_at: '1970-01-01T00:00:01+00:00' },
			{ lead_outcome: 'Sold', processed_at: '1970-01-01T00:00:02+00:00' },
		]);
		expect((await responses()).json).toMatchObject({ count: 1, results: [bodies()[1]] });
	});
});

describe('SquadVoice: process leads', () => {
	const outcomes = (campaign: string) =>
		[...state().leads.values()]
			.filter(({ campaignId }) => campaignId === campaign)
			.map(({ processed }) => processed?.outcomeName);

	it('processes all waiting leads of a campaign that are chosen', () => {
		state().seedLeads('0PT711', 4);
		state().seedLeads('V4CAMP', 1);
		state().process('0PT711', 'seed-1', { outcome: 'Busy' });
		state().disable('0PT711', 'seed-2', 1);
		const count = state().processAll('0PT711', ({ leadId }) =>
			leadId === 'seed-3' ? undefined : { outcome: 'Sold' },
		);
		expect(count).toBe(1);
		expect(outcomes('0PT711')).toEqual(['Busy', undefined, undefined, 'Sold']);
		expect(outcomes('V4CAMP')).toEqual([undefined]);
	});

	it('processes new leads automatically when configured', async () => {
		receiver().answerWith(201);
		state().configureWebhook('V4CAMP', receiver().url);
		await create('before');
		Object.assign(state(), { autoProcess: true, autoProcessAfterMs: 0 });
		await create('one');
		await create('one');
		await create('two', standard);
		await settled();
		expect(bodies()).toMatchObject([{ lead_id: 'one' }]);
		expect(outcomes('V4CAMP')).toEqual([undefined, 'Connected : Objective Met']);
		expect(outcomes('0PT711')).toEqual(['Connected : Objective Met']);
	});

	it('does not automatically process a lead that was disabled in the meantime', async () => {
		Object.assign(state(), { autoProcess: true, autoProcessAfterMs: 0 });
		state().seedLeads('0PT711', 2);
		state().disable('0PT711', 'seed-1', 1);
		await sleep(0);
		expect(outcomes('0PT711')).toEqual([undefined, 'Connected : Objective Met']);
	});
});
