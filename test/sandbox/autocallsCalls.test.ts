import { sleep } from 'n8n-workflow';
import { autocallsAccounts, type CallWish } from '../../sandbox';
import { bearer, send, useSandbox } from './helpers';
import { useReceiver } from './receiver';

const sandbox = useSandbox();
const receiver = useReceiver();
const headers = { ...bearer(autocallsAccounts.one.key), accept: 'application/json' };
const state = () => sandbox().world.autocalls;
const settled = async () => await sandbox().world.deliveries.settled();
const bodies = () => receiver().received.map(({ body }): unknown => JSON.parse(body));

async function post(path: string, json: unknown) {
	return await send(`${sandbox().url}/autocalls/user/${path}`, { json, headers });
}

async function enable(assistant_id = 501, webhook_url = `${receiver().url}/hook`) {
	await post('assistants/enable-webhook', { assistant_id, webhook_url });
}

function seedOne(campaignId = 1): number {
	const [lead] = state().seedLeads(campaignId, 1);
	if (!lead) throw new Error('No lead was made.');
	return lead.id;
}

const statusOf = (id: number) => state().leads.get(id)?.status;

afterEach(() => jest.restoreAllMocks());

describe('a call of Autocalls', () => {
	it.each<[NonNullable<CallWish['outcome']>, string]>([
		['completed', 'completed'],
		['ended_by_customer', 'completed'],
		['ended_by_assistant', 'completed'],
		['busy', 'rescheduled'],
		['no-answer', 'rescheduled'],
		['failed', 'rescheduled'],
	])('that ends as %s leaves the lead %s', (outcome, status) => {
		const id = seedOne();
		expect(state().call(id, { outcome })).toMatchObject({ status: outcome, leadId: id });
		expect(statusOf(id)).toBe(status);
	});

	it('is repeated three times when nobody answers', () => {
		const id = seedOne();
		const statuses = Array.from({ length: 4 }, () => {
			state().call(id, { outcome: 'no-answer' });
			return statusOf(id);
		});
		expect(statuses).toEqual(['rescheduled', 'rescheduled', 'rescheduled', 'reached-max-retries']);
		expect(state().calls.size).toBe(4);
	});

	it('moves updated_at, on the clock of the vendor and in seconds', async () => {
		const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 15, 9));
		state().clockSkewMs = -90_000;
		const id = seedOne();
		clock.mockReturnValue(Date.UTC(2026, 0, 15, 10, 0, 0, 999));
		state().call(id);
		const url = `${sandbox().url}/autocalls/user/leads`;
		const reply = await send(url, { headers });
		expect(reply.json).toMatchObject({
			data: [{ created_at: '2026-01-15 08:58:30', updated_at: '2026-01-15 09:58:30' }],
		});
		expect(reply.headers.get('date')).toBe('Thu, 15 Jan 2026 09:58:30 GMT');
		clock.mockReturnValue(Date.UTC(2026, 0, 15, 11));
		state().setStatus(id, 'created');
		expect((await send(url, { headers })).json).toMatchObject({
			data: [{ updated_at: '2026-01-15 10:58:30' }],
		});
	});

	it('is not made by a campaign that does not run, or sends messages', () => {
		for (const campaign of [2, 3, 4]) {
			const id = seedOne(campaign);
			expect(() => state().call(id)).toThrow(/does not call/);
			expect(statusOf(id)).toBe('created');
		}
		expect(() => state().call(999)).toThrow(/no lead 999/);
		expect(() => state().callIn(999, null)).toThrow(/no assistant 999/);
	});

	it('is made to all who wait in a campaign and are chosen', () => {
		const ids = state()
			.seedLeads(1, 4)
			.map((lead) => lead.id);
		state().seedLeads(5, 1);
		state().setStatus(ids[0] ?? 0, 'completed');
		const calls = state().callAll(1, ({ id }) =>
			id === ids[1] ? undefined : { outcome: id === ids[2] ? 'busy' : 'completed' },
		);
		expect(calls.map(({ leadId, status }) => [leadId, status])).toEqual([
			[ids[2], 'busy'],
			[ids[3], 'completed'],
		]);
		expect(state().callAll(1)).toHaveLength(2);
	});
});

describe("Autocalls' post-call webhook", () => {
	it('has the body of the docs', async () => {
		await enable();
		const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 15, 9));
		const id = seedOne();
		clock.mockReturnValue(Date.UTC(2026, 0, 15, 10, 32, 5));
		const extracted = { lead_quality: 'high', summary: 'Wants a demo' };
		const call = state().call(id, { extracted, durationSeconds: 60 });
		await settled();
		const variables = { customer_name: 'Seed Lead 1' };
		expect(receiver().received).toMatchObject([
			{ path: '/hook', headers: { 'content-type': 'application/json' } },
		]);
		expect(bodies()).toEqual([
			{
				id: call.id,
				customer_phone: '+15092000001',
				assistant_phone: '+12065550501',
				duration: 60,
				status: 'completed',
				extracted_variables: { status: true, summary: 'Wants a demo', lead_quality: 'high' },
				input_variables: variables,
				transcript: [
					{
						text: expect.any(String),
						type: 'transcript',
						sender: 'bot',
						timestamp: Date.UTC(2026, 0, 15, 10, 31, 5) / 1000 + 1.25,
					},
					expect.objectContaining({ sender: 'user' }),
				],
				formatted_transcript: expect.stringMatching(/^AI: .+\nCustomer: .+$/),
				recording_url: expect.stringContaining('https://'),
				created_at: '2026-01-15T10:31:05.000000Z',
				finished_at: '2026-01-15T10:32:05.000000Z',
				lead: {
					id,
					phone_number: '+15092000001',
					variables,
					status: 'completed',
					created_at: '2026-01-15T09:00:00.000000Z',
					updated_at: '2026-01-15T10:32:05.000000Z',
					campaign: expect.objectContaining({
						id: 1,
						name: 'Spring Outreach',
						status: 'started',
						max_retries: 3,
						created_at: '2025-06-30T08:01:00.000000Z',
					}),
				},
			},
		]);
	});

	it('has no lead for a call that came in, and no number when there is none', async () => {
		await enable(513);
		state().recordingInWebhook = false;
		state().transcriptAsText = true;
		state().callIn(513, null);
		await settled();
		const [body] = bodies();
		expect(body).toMatchObject({
			customer_phone: null,
			assistant_phone: '+12065550513',
			transcript: expect.stringContaining('Customer:'),
			input_variables: {},
		});
		expect(body).not.toHaveProperty('lead');
		expect(body).not.toHaveProperty('recording_url');
	});

	it("goes to the campaign's assistant, while that has one, and by default for completed calls", async () => {
		await enable();
		await enable(502, `${receiver().url}/other`);
		state().call(seedOne(1));
		state().call(seedOne(5));
		state().call(seedOne(1), { outcome: 'busy' });
		await post('assistants/disable-webhook', { assistant_id: 501 });
		state().call(seedOne(1));
		await settled();
		expect(receiver().received.map(({ path }) => path)).toEqual(['/hook']);
		await enable();
		state().webhookOnCompletedOnly = false;
		state().call(seedOne(1), { outcome: 'busy' });
		await settled();
		expect(bodies()).toMatchObject([{}, { status: 'busy', duration: 0, transcript: [] }]);
	});

	it('does not leave this machine, though the address is taken', async () => {
		await enable(501, 'https://example.com/hook');
		expect(state().call(seedOne()).status).toBe('completed');
		expect(sandbox().world.deliveries.log).toEqual([]);
	});

	it('is sent again after 30, 60 and 120 seconds, then no more', async () => {
		const { deliveries } = sandbox().world;
		deliveries.speed = 100_000;
		await enable();
		receiver().answerWith((before) => (before < 2 ? 500 : 200));
		const call = state().call(seedOne());
		await settled();
		const delivery = state().webhooks.deliveryOf(call.id);
		expect(delivery.attempts.map(({ status }) => status)).toEqual([500, 500, 200]);
		expect(new Set(receiver().received.map(({ body }) => body)).size).toBe(1);
		receiver().answerWith(503);
		const lost = state().webhooks.redeliver(call.id);
		await settled();
		expect([lost.state, lost.attempts.length]).toEqual(['givenUp', 4]);
		const waits = [1, 2, 3, 4].map((failures) => {
			const last = lost.attempts[0];
			return last && lost.order.retryAfterMs?.(failures, last);
		});
		expect(waits).toEqual([30_000, 60_000, 120_000, undefined]);
	});

	it('may come again, changed, and out of order', async () => {
		await enable();
		const { webhooks } = state();
		const first = state().call(seedOne());
		await settled();
		webhooks.redeliver(first.id);
		await settled();
		const replayed = await webhooks.replay(first.id, 2);
		expect(replayed.map(({ status }) => status)).toEqual([200, 200]);
		expect(new Set(receiver().received.map(({ body }) => body)).size).toBe(1);
		expect(receiver().received).toHaveLength(4);
		await webhooks.altered(first.id, { id: 999 });
		expect(bodies().at(-1)).toMatchObject({ id: 999, customer_phone: '+15092000001' });

		webhooks.hold();
		const later = [1, 2, 3].map(() => state().call(seedOne()).id);
		await settled();
		expect(receiver().received).toHaveLength(5);
		await webhooks.release();
		const order = bodies().slice(5);
		expect(order).toMatchObject([{ id: later[2] }, { id: later[1] }, { id: later[0] }]);
		expect(() => webhooks.redeliver(77)).toThrow(/77/);
	});
});

describe('Autocalls by itself', () => {
	beforeEach(async () => {
		await enable();
		await enable(502);
		state().autoCall = true;
		state().autoCallAfterMs = 0;
	});

	const lead = (campaign_id: number, phone_number: string) => ({ campaign_id, phone_number });

	it('calls and reports who is created in a campaign that runs', async () => {
		await post('lead', lead(1, '+12065550100'));
		await post('lead', lead(2, '+12065550101'));
		await settled();
		expect(bodies()).toMatchObject([{ lead: { phone_number: '+12065550100' } }]);
		expect([...state().leads.values()].map(({ status }) => status)).toEqual([
			'completed',
			'created',
		]);
	});

	it('calls who waits in a campaign when that is started', async () => {
		await post('lead', lead(2, '+12065550101'));
		await post('campaigns/update-status', { campaign_id: 2, action: 'start' });
		await settled();
		expect(bodies()).toMatchObject([{ lead: { campaign: { id: 2, status: 'started' } } }]);
	});

	it('has a lead that is being called', async () => {
		const setStatus = jest.spyOn(state(), 'setStatus');
		await post('lead', lead(1, '+12065550100'));
		await settled();
		expect(setStatus.mock.calls).toEqual([
			[1, 'processing'],
			[1, 'completed'],
		]);
	});

	it('does nothing any more after a reset', async () => {
		const act = jest.fn();
		sandbox().world.later(5, act);
		sandbox().world.reset();
		sandbox().world.later(5, () => act('after'));
		await sleep(50);
		expect(act.mock.calls).toEqual([['after']]);
	});
});
