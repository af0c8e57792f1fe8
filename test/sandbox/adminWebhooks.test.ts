import { aktifyAccounts, autocallsAccounts, EVENT_TYPES_V2 } from '../../sandbox';
import { bearer, send, useSandbox, type Sent } from './helpers';
import { useReceiver } from './receiver';

const sandbox = useSandbox();
const receiver = useReceiver();
const settled = async () => await sandbox().world.deliveries.settled();
const bodies = () => receiver().received.map(({ body }): unknown => JSON.parse(body));

async function admin(path: string, sent?: Sent) {
	return await send(`${sandbox().url}/_sandbox${path}`, sent);
}

async function enable(assistant_id = 501) {
	const url = `${sandbox().url}/autocalls/user/assistants/enable-webhook`;
	const json = { assistant_id, webhook_url: `${receiver().url}/hook` };
	await send(url, { json, headers: bearer(autocallsAccounts.one.key) });
}

const portal = { scope: 'account', url: 'http://127.0.0.1:9/', clientSecret: 'hush' };

describe('the admin settings', () => {
	it("take every vendor's switches and the speed of deliveries", async () => {
		const json = {
			deliveriesSpeed: 50,
			squadVoice: { clockSkewMs: -5, responsesOrder: 'newest', autoProcess: true },
			autocalls: { bareLists: true, autoCallAfterMs: 7 },
			close: { indexLagMs: 9, planLimitReached: true },
			aktify: { processingMs: 11 },
		};
		const reply = await admin('/settings', { method: 'PUT', json });
		expect([reply.status, reply.json]).toMatchObject([200, { deliveriesSpeed: 50 }]);
		const { world } = sandbox();
		expect(world).toMatchObject({
			deliveries: { speed: 50 },
			squadVoice: json.squadVoice,
			autocalls: json.autocalls,
			close: json.close,
			aktify: json.aktify,
		});
		await admin('/reset', { method: 'POST' });
		expect(world).toMatchObject({
			deliveries: { speed: 1 },
			squadVoice: { clockSkewMs: 0, responsesOrder: 'oldest', autoProcess: false },
			autocalls: { bareLists: false, autoCallAfterMs: 200 },
			close: { indexLagMs: 0, planLimitReached: false },
			aktify: { processingMs: 0 },
		});
	});

	it.each<[string, object]>([
		['no speed', { deliveriesSpeed: 0 }],
		['a speed that is no number', { deliveriesSpeed: 'fast' }],
		['an order that is none', { squadVoice: { responsesOrder: 'random' } }],
		['an order that is no word', { squadVoice: { responsesOrder: 1 } }],
		['what is no switch', { autocalls: { leads: 1 } }],
		['what is not there', { close: { nothing: true } }],
		['a switch of the wrong type', { autocalls: { autoCall: 1 } }],
		['a vendor that is no object', { aktify: true }],
	])('refuse %s, and all else with it', async (_what, wrong) => {
		const json = { latencyMs: 3, ...wrong };
		expect((await admin('/settings', { method: 'PUT', json })).status).toBe(400);
		expect(sandbox().world.settings.latencyMs).toBe(0);
	});
});

describe('the admin routes of webhooks', () => {
	it('call a lead, or all of a campaign, and tell what was delivered', async () => {
		sandbox().world.autocalls.seedLeads(1, 3);
		await enable();
		const json = { leadId: 2, extracted: { budget: 'high' }, durationSeconds: 9 };
		const one = await admin('/autocalls/call', { json });
		expect([one.status, one.json]).toEqual([
			200,
			{ calls: [{ id: 1, leadId: 2, status: 'completed' }] },
		]);
		const busy = { campaignId: 1, outcome: 'busy' };
		expect((await admin('/autocalls/call', { json: busy })).json).toMatchObject({
			calls: [{ leadId: 1, status: 'busy' }, { leadId: 3 }],
		});
		await settled();
		expect(bodies()).toMatchObject([
			{ duration: 9, extracted_variables: { budget: 'high' }, lead: { id: 2 } },
		]);
		const log = [
			{
				vendor: 'autocalls',
				event: 'post-call',
				url: `${receiver().url}/hook`,
				state: 'received',
				attempts: [{ at: expect.any(Number), status: 200, received: true }],
			},
		];
		expect((await admin('/deliveries')).json).toEqual(log);
		expect((await admin('/deliveries?vendor=autocalls')).json).toEqual(log);
		expect((await admin('/deliveries?vendor=close')).json).toEqual([]);
	});

	it("set SquadVoice's webhook, process a lead or all of a campaign", async () => {
		sandbox().world.squadVoice.seedLeads('V4CAMP', 3);
		receiver().answerWith(201);
		const hook = { campaignId: 'V4CAMP', url: receiver().url };
		const set = await admin('/squadVoice/webhook', { json: hook });
		expect([set.status, set.json]).toEqual([200, { url: receiver().url }]);
		const json = { campaignId: 'V4CAMP', leadId: 'seed-2', outcome: 'Busy' };
		expect((await admin('/squadVoice/process', { json })).json).toEqual({ processed: 1 });
		await settled();
		expect(bodies()).toMatchObject([{ lead_id: 'seed-2', lead_outcome: 'Busy' }]);
		await admin('/squadVoice/webhook', { json: { ...hook, url: null } });
		const all = { campaignId: 'V4CAMP', outcome: 'Sold' };
		expect((await admin('/squadVoice/process', { json: all })).json).toEqual({ processed: 2 });
		await settled();
		expect(receiver().received).toHaveLength(1);
	});

	it("fill in Aktify's Portal, and never tell the secret", async () => {
		const { campaign } = aktifyAccounts.one;
		const json = { scope: campaign, url: receiver().url, clientSecret: 'hush' };
		const set = await admin('/aktify/webhook', { json });
		const { clientSecret, ...told } = json;
		const usual = { status: 'active', version: 'v2', signature: 'v2', events: EVENT_TYPES_V2 };
		expect([set.status, set.json]).toEqual([200, { ...told, ...usual }]);
		const custom = { headers: { 'x-from': 'Aktify' }, template: '{"p":"{{data.phone}}"}' };
		const other = { ...json, scope: 'account', signature: 'v1', events: 'dnc.created', custom };
		await admin('/aktify/webhook', { json: other });
		sandbox().world.aktify.play(campaign, '+12065550100', 'dnc.created');
		await settled();
		expect(bodies()).toMatchObject([
			{ metadata: { eventType: 'dnc.created' } },
			{ p: '+12065550100' },
		]);
		expect(receiver().received[1]?.headers).toMatchObject({ 'x-from': 'Aktify' });
		const log = await admin('/deliveries?vendor=aktify');
		expect(log.json).toMatchObject([{ state: 'received' }, { event: 'dnc.created' }]);
		expect(log.text + set.text).not.toMatch(
			new RegExp(`${clientSecret}|aktify-signature|12065550100`),
		);
	});

	it.each<[string, string, object]>([
		['a webhook of no campaign', 'aktify/webhook', { ...portal, scope: 'nobody' }],
		['a webhook in the clear', 'aktify/webhook', { ...portal, url: 'http://a.example/' }],
		['a webhook without a secret', 'aktify/webhook', { ...portal, clientSecret: undefined }],
		['an event that is none', 'aktify/webhook', { ...portal, events: ['lead.gone'] }],
		[
			'an event of the other version',
			'aktify/webhook',
			{ ...portal, events: 'webchat.lead.created' },
		],
		['a version that is none', 'aktify/webhook', { ...portal, version: 'v3' }],
		['an unknown key of the Portal', 'aktify/webhook', { ...portal, secret: 'x' }],
		['a call of nobody', 'autocalls/call', {}],
		['a call of two things', 'autocalls/call', { leadId: 1, campaignId: 1 }],
		['a call of a lead that is not there', 'autocalls/call', { leadId: 99 }],
		['a call by a campaign that does not run', 'autocalls/call', { campaignId: 2 }],
		['a call with an unknown end', 'autocalls/call', { leadId: 1, outcome: 'fine' }],
		['a call with an unknown key', 'autocalls/call', { leadId: 1, result: 'busy' }],
		['a webhook of v1', 'squadVoice/webhook', { campaignId: '0PT711', url: 'http://127.0.0.1:9/' }],
		[
			'a webhook elsewhere',
			'squadVoice/webhook',
			{ campaignId: 'V4CAMP', url: 'https://a.example' },
		],
		['a webhook without url', 'squadVoice/webhook', { campaignId: 'V4CAMP' }],
		['a process of no campaign', 'squadVoice/process', { campaignId: 'X' }],
	])('refuse %s with 400 and words', async (_what, path, json) => {
		sandbox().world.autocalls.seedLeads(1, 1);
		const reply = await admin(`/${path}`, { json });
		expect([reply.status, reply.json]).toEqual([400, { message: expect.any(String) }]);
		expect(sandbox().world.autocalls.calls.size).toBe(0);
	});
});
