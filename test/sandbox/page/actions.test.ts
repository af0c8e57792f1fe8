import {
	closeAccounts,
	closeAuthorization,
	closeStatuses,
	type CloseEvent,
	type VendorName,
} from '../../../sandbox';
import { send, useSandbox } from '../helpers';
import { useReceiver } from '../receiver';
import { press, textOf } from './browse';

const sandbox = useSandbox();
const receiver = useReceiver();
const headers = { authorization: closeAuthorization(closeAccounts.one.key) };

async function pressed(vendor: VendorName, action: string, form: Record<string, string> = {}) {
	return textOf(await press(sandbox(), `/leads/${vendor}`, `${vendor}/${action}`, form));
}

const STOP = { campaign: 'one', phone: '(509) 555-0101', type: 'lead.carrier_optout_received' };

describe('Aktify', () => {
	it('says how to set up a webhook when there is none', async () => {
		const page = await pressed('aktify', 'event', STOP);
		expect(page).toContain('+15095550101 replied STOP.');
		expect(page).toContain(
			'No webhook was sent, as none is set up. Publish a workflow with an Aktify Trigger',
		);
		expect(sandbox().world.aktify.dncs.has('+15095550101')).toBe(true);
	});

	it('shows where the webhooks of a STOP went, and the answers', async () => {
		const url = `${receiver().url}/webhook/1`;
		expect(await pressed('aktify', 'setWebhook', { url })).toContain(url);
		const page = await pressed('aktify', 'event', STOP);
		expect(page).toContain(`lead.carrier_optout_received → ${url} 200 accepted.`);
		expect(page).toContain(`dnc.created → ${url} 200 accepted.`);
		expect(page).not.toContain('No webhook was sent');
		expect(receiver().received[0]?.headers).toHaveProperty('aktify-signature');

		receiver().answerWith(404);
		const refused = await pressed('aktify', 'event', { ...STOP, type: 'lead.call_ended' });
		expect(refused).toContain('404 n8n has no published workflow at this address: publish it');
		expect(refused).toContain('Aktify tries again.');

		await pressed('aktify', 'removeWebhook', { url, scope: 'account' });
		expect(sandbox().world.aktify.webhooks.all).toEqual([]);
	});

	it('says that no one listens at an address', async () => {
		await pressed('aktify', 'setWebhook', { url: 'http://127.0.0.1:9/x' });
		const page = await pressed('aktify', 'event', STOP);
		expect(page).toContain('no answer: n8n does not run at this address');
	});

	it.each([
		['event', { ...STOP, phone: '12' }, '"12" is not a phone number.'],
		['event', { ...STOP, type: 'x' }, 'type must be one of'],
		['setWebhook', { url: 'ftp://x' }, 'The URL must be https.'],
	])('says why it does not do it: %s %j', async (action, form, reason) => {
		const page = await pressed('aktify', action, form);
		expect(page).toContain('Not done');
		expect(page).toContain(reason);
	});
});

describe('SquadVoice', () => {
	it('processes a lead, and says how a trigger finds it', async () => {
		sandbox().world.squadVoice.seedLeads('0PT711', 1);
		const lead = { campaignId: '0PT711', leadId: 'seed-1', outcome: 'No Answer' };
		const page = await pressed('squadVoice', 'process', lead);
		expect(page).toContain('Lead seed-1 of campaign 0PT711 was processed: No Answer.');
		expect(page).toContain('A SquadVoice Trigger that polls finds the lead at its next poll');
		expect(sandbox().world.squadVoice.find('0PT711', 'seed-1')?.processed?.outcomeName).toBe(
			'No Answer',
		);
	});

	it('sends the webhook of API v4 with the token of its credential, which the page does not show', async () => {
		sandbox().world.squadVoice.seedLeads('V4CAMP', 1);
		receiver().answerWith(201);
		await pressed('squadVoice', 'setWebhook', { url: `${receiver().url}/hook` });
		const page = await pressed('squadVoice', 'process', { campaignId: 'V4CAMP', leadId: 'seed-1' });
		expect(page).toContain(`lead.processed → ${receiver().url}/hook?token=… 201 accepted.`);
		expect(receiver().received[0]?.path).toBe('/hook?token=sandbox-squadvoice-webhook-token');
		const text = await pressed('squadVoice', 'removeWebhook');
		expect(text).toContain('sends no webhooks for campaign V4CAMP any more');
		expect(
			await pressed('squadVoice', 'process', { campaignId: 'V4CAMP', leadId: 'seed-1' }),
		).toContain('No webhook was sent: none is set up for this campaign.');
	});

	it('says that there is no such lead', async () => {
		const page = await pressed('squadVoice', 'process', { campaignId: '0PT711', leadId: 'x' });
		expect(page).toContain('There is no such lead.');
	});
});

describe('Autocalls', () => {
	it('names the assistant that has no webhook', async () => {
		sandbox().world.autocalls.seedLeads(1, 1);
		const page = await pressed('autocalls', 'endCall', { leadId: '1' });
		expect(page).toContain('Autocalls called Seed Lead 1 (lead 1), and the call ended: completed.');
		expect(page).toContain(
			'assistant 501 (Outreach by Ada), which calls for campaign 1, has none.',
		);
	});

	it('sends the webhook of the assistant, for completed calls only', async () => {
		const { autocalls } = sandbox().world;
		const webhook = { webhookUrl: `${receiver().url}/calls`, isWebhookActive: true };
		Object.assign(autocalls.assistants.get(501) ?? {}, webhook);
		autocalls.seedLeads(1, 2);
		expect(await pressed('autocalls', 'endCall', { leadId: '1' })).toContain(
			`post-call → ${receiver().url}/calls 200 accepted.`,
		);
		expect(await pressed('autocalls', 'endCall', { leadId: '2', outcome: 'busy' })).toContain(
			'is for completed calls only',
		);
	});

	it('offers to start a campaign that is stopped', async () => {
		const { autocalls } = sandbox().world;
		autocalls.seedLeads(4, 1);
		const page = await send(`${sandbox().url}/leads/autocalls`);
		expect(page.text).toContain('aria-label="Start campaign: Solar Austin"');
		expect(await pressed('autocalls', 'endCall', { leadId: '1' })).toContain(
			'Campaign 4 (Solar Austin) does not call: it is stopped.',
		);
		await pressed('autocalls', 'startCampaign', { campaignId: '4' });
		expect(await pressed('autocalls', 'endCall', { leadId: '1' })).toContain('the call ended');
	});

	it('says that there is no such lead', async () => {
		expect(await pressed('autocalls', 'endCall', { leadId: 'x' })).toContain(
			'Autocalls has no lead x.',
		);
	});
});

describe('Close', () => {
	const close = () => sandbox().world.close;
	const leads = () => [...close().leads.values()];
	const actionsOf = (events: CloseEvent[]) =>
		events.map(({ objectType, action }) => `${objectType}.${action}`);

	it('does what a person does there, and names the events', async () => {
		const json = {
			url: `${receiver().url}/close`,
			events: ['created', 'updated', 'deleted', 'merged'].map((action) => ({
				object_type: 'lead',
				action,
			})),
		};
		await send(`${sandbox().url}/close/webhook/`, { json, headers });
		await pressed('close', 'create', { name: 'Ana <b>', phone: '(509) 555-0101' });
		await pressed('close', 'create', { name: 'Ben', phone: '(509) 555-0102' });
		const [ana, ben] = leads();
		if (!ana || !ben) throw new Error('There are not two leads.');
		const statusId = closeStatuses.qualified.id;
		const page = await pressed('close', 'status', { leadId: ana.id, statusId });
		expect(page).toContain('Ben changed the status of Ana <b> to Qualified in Close.');
		expect(page).toContain(`lead.updated → ${receiver().url}/close 200 accepted.`);
		await pressed('close', 'merge', { source: ana.id, destination: ben.id });
		await pressed('close', 'delete', { leadId: ben.id });
		expect(leads()).toEqual([]);
		const bodies = receiver().received.map(({ body }) => /"action":"(\w+)"/.exec(body)?.[1]);
		expect(bodies).toEqual([
			'created',
			'created',
			'updated',
			'updated',
			'deleted',
			'merged',
			'deleted',
		]);
		const events = close().events.newestFirst();
		expect(actionsOf(events)).toContain('activity.lead_status_change.created');
		expect(new Set(events.map(({ origin }) => origin.apiKeyId))).toEqual(new Set([undefined]));
	});

	it('merges in two steps', async () => {
		const [first] = close().seedLeads(2);
		const page = textOf(await send(`${sandbox().url}/leads/close?merge=${first?.id}`));
		expect(page).toContain('Seed Lead 1 is to be merged and then disappears.');
		expect(page.match(/Merge into this lead/g)).toHaveLength(1);
	});

	it('says what it cannot do', async () => {
		const [lead] = close().seedLeads(1);
		const leadId = lead?.id ?? '';
		const statusId = closeStatuses.potential.id;
		expect(await pressed('close', 'status', { leadId, statusId })).toContain(
			'has the status Potential already',
		);
		expect(await pressed('close', 'status', { leadId, statusId: 'x' })).toContain(
			'Close refuses this',
		);
		expect(await pressed('close', 'delete', { leadId: 'x' })).toContain('Close has no lead x.');
		expect(await pressed('close', 'merge', { source: leadId, destination: leadId })).toContain(
			'A lead cannot be merged into itself.',
		);
	});
});

describe('all vendors', () => {
	const vendors: VendorName[] = ['squadVoice', 'aktify', 'autocalls', 'close'];

	it.each(vendors)('%s gets sample leads, each once', async (vendor) => {
		expect(await pressed(vendor, 'samples')).toContain('5 new leads');
		await pressed(vendor, 'samples');
		expect(sandbox().world.ledger(vendor)).toMatchObject({ held: 10, doubled: 0 });
		for (let presses = 0; presses < 19; presses++) await pressed(vendor, 'samples');
		expect(sandbox().world.ledger(vendor)).toMatchObject({ held: 100, doubled: 0 });
	});

	it.each(vendors)('%s has one outage at a time, and works again', async (vendor) => {
		const ask = async () => await send(`${sandbox().url}/${vendor.toLowerCase()}/x`);
		const { settings } = sandbox().world;
		settings.latencyMs = 0;
		await press(sandbox(), '/', `${vendor}/outage`, { outage: 'slow' });
		await press(sandbox(), '/', `${vendor}/outage`, { outage: 'down' });
		const page = await send(`${sandbox().url}/`);
		expect(page.text.match(/aria-pressed="true"\s/g)).toHaveLength(1);
		expect((await ask()).status).toBe(503);
		await press(sandbox(), '/', `${vendor}/outage`, { outage: 'lostReplies' });
		expect((await ask()).status).toBe(404);
		expect((await ask()).status).toBe(404);
		await expect(ask()).rejects.toThrow();
		await press(sandbox(), '/', `${vendor}/outage`, { outage: 'none' });
		expect(sandbox().world.faults.report()).toEqual([]);
		expect((await ask()).status).toBe(404);
	});

	it('leaves the faults of a script alone, and counts them', async () => {
		sandbox().world.faults.add({ kind: 'status', vendor: 'close' });
		const page = await press(sandbox(), '/', 'aktify/outage', { outage: 'none' });
		expect(textOf(page)).toContain('1 other fault set by a script.');
		expect(sandbox().world.faults.report()).toHaveLength(1);
	});

	it('start over', async () => {
		sandbox().world.squadVoice.seedLeads('0PT711', 1);
		expect(textOf(await press(sandbox(), '/', 'all/reset'))).toContain('Everything was deleted.');
		expect(sandbox().world.ledger('squadVoice').held).toBe(0);
	});
});
