import { aktifyAccounts, autocallsAccounts, closeStatuses, EVENT_TYPES_V2 } from '../../../sandbox';
import { bearer, send, useSandbox, type Sent } from '../helpers';
import { useReceiver } from '../receiver';

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

const stop = { campaign: 'one', phone: '(206) 555-0100', type: 'lead.carrier_optout_received' };
const portal = {
	scope: 'account',
	url: 'http://127.0.0.1:9/',
	clientSecret: 'hush-and-not-a-word',
};

describe('admin routes of vendors', () => {
	it('call one lead or all of a campaign, and list the deliveries', async () => {
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

	it("configure SquadVoice's webhook, and process one lead or all of a campaign", async () => {
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

	it("configure Aktify's Portal, and never return the secret", async () => {
		const { campaign } = aktifyAccounts.one;
		const json = { scope: campaign, url: receiver().url, clientSecret: 'hush-and-not-a-word' };
		const set = await admin('/aktify/webhook', { json });
		const { clientSecret, ...shown } = json;
		const usual = { status: 'active', version: 'v2', signature: 'v2', events: EVENT_TYPES_V2 };
		expect([set.status, set.json]).toEqual([200, { ...shown, ...usual }]);
		const custom = { headers: { 'x-from': 'Aktify' }, template: '{"p":"{{ phone }}"}' };
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

	it('let things happen at Aktify and in Close, and start outages', async () => {
		const { world } = sandbox();
		expect((await admin('/aktify/event', { json: stop })).json).toMatchObject([
			{ type: stop.type, phone: '+12065550100' },
			{ type: 'dnc.created' },
		]);
		const created = await admin('/close/create', { json: { name: 'Ana' } });
		expect(created.json).toMatchObject({ name: 'Ana', status_label: 'Potential' });
		const [leadId] = world.close.leads.keys();
		const statusId = closeStatuses.qualified.id;
		const changed = await admin('/close/status', { json: { leadId, statusId } });
		expect(changed.json).toMatchObject({ status_label: 'Qualified' });
		expect((await admin('/close/delete', { json: { leadId } })).status).toBe(200);
		expect(world.close.leads.size).toBe(0);
		await admin('/outage', { json: { vendor: 'close', outage: 'down' } });
		expect((await send(`${sandbox().url}/close/me/`)).status).toBe(503);
		await admin('/outage', { json: { vendor: 'close', outage: 'none' } });
		expect((await send(`${sandbox().url}/close/me/`)).status).toBe(401);
	});

	it.each<[string, string, object]>([
		['a webhook of an unknown campaign', 'aktify/webhook', { ...portal, scope: 'unknown' }],
		['a webhook over http', 'aktify/webhook', { ...portal, url: 'http://a.example/' }],
		['a webhook without a secret', 'aktify/webhook', { ...portal, clientSecret: undefined }],
		['an unknown event', 'aktify/webhook', { ...portal, events: ['lead.gone'] }],
		[
			'an event of the other version',
			'aktify/webhook',
			{ ...portal, events: 'webchat.lead.created' },
		],
		['an unknown version', 'aktify/webhook', { ...portal, version: 'v3' }],
		['an unknown key of the Portal', 'aktify/webhook', { ...portal, secret: 'x' }],
		['a call without a lead or campaign', 'autocalls/call', {}],
		['a call of both a lead and a campaign', 'autocalls/call', { leadId: 1, campaignId: 1 }],
		['a call of an unknown lead', 'autocalls/call', { leadId: 99 }],
		['a call by a campaign that is not started', 'autocalls/call', { campaignId: 2 }],
		['a call with an unknown outcome', 'autocalls/call', { leadId: 1, outcome: 'fine' }],
		['a call with an unknown key', 'autocalls/call', { leadId: 1, result: 'busy' }],
		['a webhook of v1', 'squadVoice/webhook', { campaignId: '0PT711', url: 'http://127.0.0.1:9/' }],
		[
			'a webhook on another machine',
			'squadVoice/webhook',
			{ campaignId: 'V4CAMP', url: 'https://a.example' },
		],
		['a webhook without a url', 'squadVoice/webhook', { campaignId: 'V4CAMP' }],
		['an event of a number that is none', 'aktify/event', { ...stop, phone: '12' }],
		['an event that Aktify does not have', 'aktify/event', { ...stop, type: 'lead.gone' }],
		['a status of an unknown lead', 'close/status', { leadId: 'x', statusId: 'y' }],
		['a delete of an unknown lead', 'close/delete', { leadId: 'x' }],
		['a merge of unknown leads', 'close/merge', { source: 'x', destination: 'y' }],
		['a lead with an invalid number', 'close/create', { name: 'Ana', phone: '12' }],
		['an unknown outage', 'outage', { vendor: 'close', outage: 'x' }],
		['processing in an unknown campaign', 'squadVoice/process', { campaignId: 'X' }],
	])('reject %s with 400 and a message', async (_what, path, json) => {
		sandbox().world.autocalls.seedLeads(1, 1);
		const reply = await admin(`/${path}`, { json });
		expect([reply.status, reply.json]).toEqual([400, { message: expect.any(String) }]);
		expect(sandbox().world.autocalls.calls.size).toBe(0);
	});
});
