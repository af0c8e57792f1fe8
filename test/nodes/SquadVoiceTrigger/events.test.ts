import { squadVoiceAccounts } from '../../../sandbox';
import { useSandbox } from '../../support/sandbox';
import { useSquadVoiceTrigger, webhookToken } from '../../support/triggers/squadVoice';
import type { ActiveTrigger } from '../../support/triggers/ActiveTrigger';
import { post } from '../../support/triggers/ActiveTrigger';
import { useVirtualClock } from '../../support/virtualClock';

useVirtualClock(100);
const scene = useSandbox();
const { open, openV4, squad, process, leadIds, seeds } = useSquadVoiceTrigger(scene);
const { standard, affiliate, v4 } = squadVoiceAccounts;
const campaign = standard.campaign;

const sorted = (ids: string[]) => [...ids].sort();

describe('SquadVoice Trigger: polling', () => {
	it('starts once for each lead that was processed since it was published', async () => {
		squad().seedLeads(campaign, 5);
		process(1, 2);
		const active = await open();
		await active.activate();
		expect(active.executions).toEqual([]);

		process(3, 4);
		await active.poll();
		await active.poll();
		process(5, 5, 30);
		await active.poll();

		expect(active.executions.map((items) => items.length)).toEqual([2, 1]);
		expect(leadIds(active)).toEqual(['seed-3', 'seed-4', 'seed-5']);
	});

	it('outputs the lead in the field names of the SquadVoice node, or as SquadVoice sends it', async () => {
		squad().seedLeads(campaign, 1);
		const active = await open();
		await active.activate();
		process(1, 1);
		await active.poll();
		expect(active.items()).toEqual([
			expect.objectContaining({
				event: 'lead.processed',
				leadId: 'seed-1',
				phoneNumber: '+15090000001',
				campaignId: campaign,
				callOutcome: 'Connected : Objective Met',
			}),
		]);

		await active.close();
		const raw = await open({ options: { simplify: false } });
		await raw.activate();
		process(1, 1, 5);
		await raw.poll();
		expect(raw.items()[0]).toMatchObject({
			event: 'lead.processed',
			raw: { lead_id: 'seed-1', outcome_name: 'Connected : Objective Met' },
		});
	});

	it('outputs a lead again that was processed again', async () => {
		squad().seedLeads(campaign, 1);
		const active = await open();
		await active.activate();
		process(1, 1, 60);
		await active.poll();
		process(1, 1, 20);
		await active.poll();
		expect(leadIds(active)).toEqual(['seed-1', 'seed-1']);
	});

	it('finds a lead that SquadVoice lists some time after it was processed', async () => {
		squad().seedLeads(campaign, 2);
		const active = await open();
		await active.activate();
		squad().visibleAfterMs = 3_600_000;
		process(1, 1, 300);
		await active.poll();
		squad().visibleAfterMs = 0;
		process(2, 2, 10);
		await active.poll();
		expect(sorted(leadIds(active))).toEqual(['seed-1', 'seed-2']);
	});

	it.each(['oldest', 'newest', 'byId'] as const)(
		'outputs each of many leads once, in any order of the list (%s)',
		async (order) => {
			squad().responsesOrder = order;
			squad().seedLeads(campaign, 600);
			const active = await open();
			await active.activate();
			process(1, 600, 500, 500);
			await active.poll();
			await active.poll();
			expect(leadIds(active)).toHaveLength(600);
			expect(sorted(leadIds(active))).toEqual(sorted(seeds(1, 600)));
		},
	);

	it('reads leads that were processed at the same time page by page', async () => {
		squad().seedLeads(campaign, 350);
		const active = await open();
		await active.activate();
		process(1, 350, 60, 0);
		await active.poll();
		await active.poll();
		expect(sorted(leadIds(active))).toEqual(sorted(seeds(1, 350)));
	});

	it.each([true, false])(
		'loses nothing between time windows (bounds inclusive: %s)',
		async (inclusive) => {
			squad().processedBoundsInclusive = inclusive;
			squad().seedLeads(campaign, 1000);
			const active = await open();
			await active.activate();
			process(1, 1000, 400, 250);
			await active.poll();
			expect(sorted(leadIds(active))).toEqual(sorted(seeds(1, 1000)));
		},
	);

	it('outputs the pages before one that failed, and continues there', async () => {
		squad().seedLeads(campaign, 1000);
		const active = await open();
		await active.activate();
		process(1, 1000, 500, 400);
		const failing = {
			vendor: 'squadVoice',
			kind: 'status',
			status: 400,
			nth: [12, 20, 21],
		} as const;
		scene.world.faults.add(failing);
		await active.poll();
		const first = leadIds(active).length;
		expect(first).toBeGreaterThan(0);
		expect(first).toBeLessThan(1000);
		// A poll whose first page fails says so; the next one goes on all the same.
		for (let polls = 0; polls < 4; polls++) await active.poll().catch(() => {});
		expect(leadIds(active)).toHaveLength(1000);
		expect(sorted(leadIds(active))).toEqual(sorted(seeds(1, 1000)));
	});

	it('continues in the next poll when the time budget is used up', async () => {
		squad().seedLeads(campaign, 1000);
		const active = await open({ pollBudgetMs: 0 });
		await active.activate();
		process(1, 1000, 500, 400);
		for (let polls = 0; polls < 60 && leadIds(active).length < 1000; polls++) await active.poll();
		expect(sorted(leadIds(active))).toEqual(sorted(seeds(1, 1000)));
		expect(active.executions.length).toBeGreaterThan(3);
	});

	it.each([true, false])(
		'outputs what is processed during a first scan of many polls (durable scheduler: %s)',
		async (isPolledByScheduler) => {
			squad().seedLeads(campaign, 1000);
			process(1, 980, 590, 600);
			const active = await open({ pollBudgetMs: 0 });
			active.isPolledByScheduler = isPolledByScheduler;
			await active.activate();
			for (let polls = 1; polls <= 20; polls++) {
				squad().clockSkewMs += 10_000;
				process(980 + polls, 980 + polls, 1);
				await active.poll();
			}
			for (let polls = 0; polls < 30; polls++) await active.poll();
			expect(sorted(leadIds(active))).toEqual(sorted(seeds(981, 1000)));
		},
	);

	describe('when SquadVoice stalls longer than a poll may take', () => {
		const timeout = AbortSignal.timeout.bind(AbortSignal);
		let timeouts: jest.SpyInstance;
		beforeEach(() => {
			timeouts = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(500));
		});
		afterEach(() => timeouts.mockRestore());
		const stall = (nth?: number) =>
			scene.world.faults.add({ vendor: 'squadVoice', kind: 'stallBefore', ms: 10_000, nth });

		it('outputs what it has read before n8n abandons the poll', async () => {
			squad().seedLeads(campaign, 1000);
			const active = await open({ pollBudgetMs: 36_000 });
			await active.activate();
			process(1, 1000, 500, 400);
			stall(8);
			await active.poll();
			expect(leadIds(active).length).toBeGreaterThan(0);
			expect(leadIds(active).length).toBeLessThan(1000);
			expect(timeouts).toHaveBeenLastCalledWith(36_000);
		});

		it('says that SquadVoice did not answer if it has read nothing', async () => {
			const active = await open();
			stall();
			await expect(active.activate()).rejects.toMatchObject({
				message: expect.stringContaining('SquadVoice could not be reached or did not answer'),
				failure: { cause: 'temporarily-unavailable' },
			});
			expect(timeouts).toHaveBeenLastCalledWith(75_000);
		});
	});

	it.each([-3, 3])('uses the clock of SquadVoice, which is %s hours off', async (hours) => {
		squad().clockSkewMs = hours * 3_600_000;
		squad().seedLeads(campaign, 3);
		process(1, 1);
		const active = await open();
		await active.activate();
		process(2, 3);
		await active.poll();
		await active.poll();
		expect(leadIds(active)).toEqual(['seed-2', 'seed-3']);
	});

	it('outputs after a restart what was processed meanwhile, and nothing twice', async () => {
		squad().seedLeads(campaign, 4);
		const active = await open();
		await active.activate();
		process(1, 2);
		await active.poll();
		await active.restart(() => process(3, 4, 10));
		await active.poll();
		expect(leadIds(active)).toEqual(['seed-1', 'seed-2', 'seed-3', 'seed-4']);
	});

	it('works with API v4', async () => {
		squad().seedLeads(v4.campaign, 2);
		const active = await openV4();
		await active.activate();
		process(1, 2, 60, 1000, v4.campaign);
		await active.poll();
		await active.poll();
		expect(active.items()).toEqual([
			expect.objectContaining({ leadId: 'seed-1', callOutcome: 'Connected : Objective Met' }),
			expect.objectContaining({ leadId: 'seed-2' }),
		]);
	});

	it('outputs a sample in the editor', async () => {
		squad().seedLeads(campaign, 3);
		const active = await open();
		expect(await active.fetchTestEvent()).toBeUndefined();
		process(1, 3, 86_400);
		expect(await active.fetchTestEvent()).toHaveLength(1);
		expect(active.stored).toBe('{}');
	});

	it.each([
		[
			'an affiliate',
			{
				credentials: { accountKind: 'affiliate', affiliateId: 'A1', accessToken: affiliate.token },
			},
			'An affiliate account can only create leads',
		],
		[
			'a wrong token',
			{ credentials: { accessToken: v4.token } },
			'SquadVoice did not accept the credential',
		],
		['an invalid campaign', { campaign: { __rl: true, mode: 'id', value: '../../x' } }, 'Campaign'],
		['no campaign', { campaign: { __rl: true, mode: 'id', value: '' } }, 'Campaign is empty'],
	])('cannot be published with %s', async (_what, options, message) => {
		const active = await open(options);
		await expect(active.activate()).rejects.toThrow(message);
	});
});

describe('SquadVoice Trigger: webhooks', () => {
	async function activate(): Promise<ActiveTrigger> {
		squad().seedLeads(v4.campaign, 3);
		const active = await openV4({ source: 'webhook' });
		await active.activate();
		squad().configureWebhook(v4.campaign, `${active.webhookUrl}?token=${webhookToken}`);
		return active;
	}

	it('starts once for each processed lead, answering 201 as SquadVoice expects', async () => {
		const active = await activate();
		process(1, 2, 60, 1000, v4.campaign);
		await scene.world.deliveries.settled();
		expect(
			scene.world.deliveries.log.map(({ attempts }) => attempts.map(({ status }) => status)),
		).toEqual([[201], [201]]);
		expect(active.executions.map((items) => items.length)).toEqual([1, 1]);
		expect(sorted(leadIds(active))).toEqual(['seed-1', 'seed-2']);
		expect(active.items()[0]).toMatchObject({
			event: 'lead.processed',
			phoneNumber: expect.stringMatching(/^\+91/),
			campaignId: v4.campaign,
			callOutcome: 'Connected : Objective Met',
		});
	});

	it('starts nothing for a redelivery or a replay, also after a restart', async () => {
		const active = await activate();
		process(1, 1, 60, 1, v4.campaign);
		await scene.world.deliveries.settled();
		const key = `${v4.campaign}|seed-1`;
		const replays = await squad().webhooks.replay(key, 5);
		await active.restart();
		squad().webhooks.redeliver(key);
		await scene.world.deliveries.settled();
		expect(replays.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
		expect(active.executions).toHaveLength(1);
	});

	it('rejects a missing or wrong token, and starts nothing', async () => {
		const active = await activate();
		const body = JSON.stringify({ lead_id: 'x', campaign_id: v4.campaign });
		const url = active.webhookUrl;
		const statuses = [
			await post(url, body),
			await post(`${url}?token=`, body),
			await post(`${url}?token=${webhookToken}x`, body),
			await post(`${url}?token[]=${webhookToken}&token=a`, body),
			await post(url, body, { authorization: 'Bearer ' }),
			await post(url, body, { 'x-webhook-token': webhookToken.slice(1) }),
		];
		expect(statuses).toEqual([401, 401, 401, 401, 401, 401]);
		expect(active.executions).toEqual([]);
	});

	it('accepts nothing once the token in the credential is too short', async () => {
		const active = await activate();
		const [credential] = Object.values(active.options.credentials);
		if (credential !== undefined) credential.webhookToken = 'short';
		const body = JSON.stringify({ lead_id: 'x', campaign_id: v4.campaign });
		expect(await post(`${active.webhookUrl}?token=short`, body)).toBe(401);
		expect(active.executions).toEqual([]);
	});

	it('accepts the token in a header', async () => {
		const active = await activate();
		const bodyOf = (id: string) => JSON.stringify({ lead_id: id, campaign_id: v4.campaign });
		expect(await post(active.webhookUrl, bodyOf('a'), { 'x-webhook-token': webhookToken })).toBe(
			201,
		);
		expect(
			await post(active.webhookUrl, bodyOf('b'), { authorization: `Bearer ${webhookToken}` }),
		).toBe(201);
		expect(leadIds(active)).toEqual(['a', 'b']);
	});

	it('starts for each processing of a lead, with and without a time, and once for a repeat', async () => {
		const active = await activate();
		const url = `${active.webhookUrl}?token=${webhookToken}`;
		const bodyOf = (outcome: string, more = {}) =>
			JSON.stringify({ lead_id: 'a', campaign_id: v4.campaign, lead_outcome: outcome, ...more });
		const bodies = [bodyOf('No answer'), bodyOf('Connected'), bodyOf('No answer')];
		for (const body of bodies) expect(await post(url, body)).toBe(201);
		expect(active.executions.flat().map(({ json }) => json.callOutcome)).toEqual([
			'No answer',
			'Connected',
		]);
	});

	it('ignores leads of other campaigns and bodies that are not a lead', async () => {
		const active = await activate();
		const url = `${active.webhookUrl}?token=${webhookToken}`;
		expect(await post(url, JSON.stringify({ lead_id: 'x', campaign_id: 'OTHER1' }))).toBe(201);
		expect(await post(url, JSON.stringify([1, 2]))).toBe(201);
		expect(await post(url, '"text"')).toBe(201);
		expect(await post(url, '')).toBe(400);
		expect(await post(url, '{', { 'content-type': 'text/plain' })).toBe(400);
		expect(active.executions).toEqual([]);
	});

	it('waits for one real event in the editor', async () => {
		const active = await openV4({ source: 'webhook' });
		const items = await active.listenForTestEvent(async () => {
			const url = active.webhookUrl.replace('/webhook/', '/webhook-test/');
			const body = JSON.stringify({ lead_id: 'x', campaign_id: v4.campaign });
			expect(await post(`${url}?token=${webhookToken}`, body)).toBe(201);
		});
		expect(items).toEqual([{ json: expect.objectContaining({ leadId: 'x' }) }]);
	});

	it.each([
		['no Webhook Token', { webhookToken: '' }, 'Webhook Token'],
		['a short Webhook Token', { webhookToken: v4.token.slice(0, 8) }, 'Webhook Token'],
		['API v1', { apiVersion: 'v1' }, 'API v4 only'],
	])('cannot be published with %s', async (_what, credentials, message) => {
		const active = await open({
			source: 'webhook',
			credentials: { apiVersion: 'v4', accessToken: v4.token, webhookToken, ...credentials },
		});
		await expect(active.activate()).rejects.toThrow(message);
	});
});
