import { useAutocalls } from './fixture';

const { sandbox, receiver, state, call, settled, bodies, enable, seedOne } = useAutocalls();

afterEach(() => jest.restoreAllMocks());

describe('Autocalls post-call webhook', () => {
	it('has the documented body', async () => {
		await enable();
		const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 15, 9));
		const id = seedOne();
		clock.mockReturnValue(Date.UTC(2026, 0, 15, 10, 32, 5));
		const extracted = { lead_quality: 'high', summary: 'Wants a demo' };
		const made = state().call(id, { extracted, durationSeconds: 60 });
		await settled();
		const variables = { customer_name: 'Seed Lead 1' };
		expect(receiver().received).toMatchObject([
			{ path: '/hook', headers: { 'content-type': 'application/json' } },
		]);
		expect(bodies()).toEqual([
			{
				id: made.id,
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
						status: 'in-progress',
						max_retries: 3,
						retry_interval: 60,
						max_calls_in_parallel: 3,
						allowed_hours_start_time: '09:00:00',
						allowed_hours_end_time: '18:00:00',
						allowed_days: expect.arrayContaining(['monday']),
						created_at: '2025-06-30T08:01:00.000000Z',
					}),
				},
			},
		]);
	});

	it('has the campaign beside the lead of a white label, and null for both without a lead', async () => {
		state().campaignBesideLead = true;
		await enable();
		await enable(513);
		state().call(seedOne());
		state().callIn(513, null);
		await settled();
		expect(bodies()).toEqual([
			expect.objectContaining({
				lead: expect.not.objectContaining({ campaign: expect.anything() }),
				campaign: expect.objectContaining({ id: 1, name: 'Spring Outreach' }),
			}),
			expect.objectContaining({ lead: null, campaign: null }),
		]);
	});

	it('has no lead for an inbound call, and no number for a caller without one', async () => {
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

	it("is sent to the campaign assistant's enabled webhook, by default for completed calls only", async () => {
		await enable();
		await enable(502, `${receiver().url}/other`);
		state().call(seedOne(1));
		state().call(seedOne(5));
		state().call(seedOne(1), { outcome: 'busy' });
		await call('assistants/disable-webhook', { assistant_id: 501 });
		state().call(seedOne(1));
		await settled();
		expect(receiver().received.map(({ path }) => path)).toEqual(['/hook']);
		await enable();
		state().webhookOnCompletedOnly = false;
		state().call(seedOne(1), { outcome: 'busy' });
		await settled();
		expect(bodies()).toMatchObject([{}, { status: 'busy', duration: 0, transcript: [] }]);
	});

	it('is not sent beyond this machine, although the URL is accepted', async () => {
		await enable(501, 'https://example.com/hook');
		expect(state().call(seedOne()).status).toBe('completed');
		expect(sandbox().world.deliveries.log).toEqual([]);
	});

	it('is retried after 30, 60 and 120 seconds, then given up', async () => {
		const { deliveries } = sandbox().world;
		deliveries.speed = 100_000;
		await enable();
		receiver().answerWith((before) => (before < 2 ? 500 : 200));
		const made = state().call(seedOne());
		await settled();
		const delivery = state().webhooks.deliveryOf(made.id);
		expect(delivery.attempts.map(({ status }) => status)).toEqual([500, 500, 200]);
		expect(new Set(receiver().received.map(({ body }) => body)).size).toBe(1);
		receiver().answerWith(503);
		const lost = state().webhooks.redeliver(made.id);
		await settled();
		expect([lost.state, lost.attempts.length]).toEqual(['givenUp', 4]);
		const waits = [1, 2, 3, 4].map((failures) => {
			const last = lost.attempts[0];
			return last && lost.job.retryAfterMs?.(failures, last);
		});
		expect(waits).toEqual([30_000, 60_000, 120_000, undefined]);
	});

	it('can be redelivered, replayed, altered and reordered', async () => {
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
