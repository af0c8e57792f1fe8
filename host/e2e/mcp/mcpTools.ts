import { aktifyAccounts, closeStatuses } from '../../../sandbox';
import { type CheckRunner, assert } from '../checks';
import { McpClient, type ToolResult } from './McpClient';
import { messageOf } from '../../process/shutdown';
import type { QuickStart } from '../../quickstart/environment';
import { MCP_TOKEN } from '../../n8n/sandboxCredentials';
import { log } from '../../process/log';

const WORKFLOW_ID = 'ldLeadsByMcp0001';
const phone = '+1 (312) 555-0142';
const E164 = '+13125550142';
const VENDORS = ['squadVoice', 'aktify', 'autocalls', 'close'] as const;

/** The tools of the example, and how their descriptions begin. */
const EXPECTED_TOOLS = new Map<string, 'Writes: ' | 'Reads only: '>([
	['Create_lead_in_SquadVoice', 'Writes: '],
	['Get_lead_in_SquadVoice', 'Reads only: '],
	['Disable_lead_in_SquadVoice', 'Writes: '],
	['Create_lead_in_Aktify', 'Writes: '],
	['End_contact_in_Aktify', 'Writes: '],
	['Get_campaigns_in_Autocalls', 'Reads only: '],
	['Create_lead_in_Autocalls', 'Writes: '],
	['Get_leads_in_Autocalls', 'Reads only: '],
	['Disable_lead_in_Autocalls', 'Writes: '],
	['Create_lead_in_Close', 'Writes: '],
	['Search_leads_in_Close', 'Reads only: '],
	['Get_lead_in_Close', 'Reads only: '],
	['Disable_lead_in_Close', 'Writes: '],
	['Create_note_in_Close', 'Writes: '],
]);

/** The only item of a result. @throws Error unless it has this outcome */
function only({ items, text }: ToolResult, outcome: string): Record<string, unknown> {
	const [item] = items;
	assert(items.length === 1 && item?.outcome === outcome, `not one "${outcome}": ${text}`);
	return item ?? {};
}

/** @throws Error unless the result is an error that explains what is wrong */
function assertExplains(result: ToolResult, expected: RegExp): void {
	log(`        | ${result.text.replaceAll(/\s+/g, ' ').slice(0, 300)}`);
	assert(result.isError, `not an error: ${result.text}`);
	assert(expected.test(result.text), `no explanation: ${result.text}`);
}

async function checkList(checks: CheckRunner, client: McpClient): Promise<void> {
	await checks.check('model: the list describes each tool and its parameters', async () => {
		const tools = await client.tools();
		const names = tools.map(({ name }) => name).sort();
		assert(
			names.join() === [...EXPECTED_TOOLS.keys()].sort().join(),
			`the tools are ${names.join(', ')}`,
		);
		for (const { name, description, parameters } of tools) {
			const effect = EXPECTED_TOOLS.get(name) ?? '';
			assert(description.startsWith(effect), `${name}: ${description}`);
			assert(
				/repeat/i.test(description),
				`${name} does not describe a repeated call: ${description}`,
			);
			for (const [parameter, text] of parameters) {
				assert(/\w+ \w+/.test(text), `${name} does not describe ${parameter}: ${text}`);
			}
		}
		assert(client.instructions().includes('SquadVoice'), 'the server sends no instructions');
	});
}

async function checkDialers(checks: CheckRunner, client: McpClient, { world }: QuickStart) {
	await checks.check('model: creates, gets and disables a lead at SquadVoice', async () => {
		const lead = { lead_id: 'MCP-1', phone, name: 'Ada Lovelace', state: 'Illinois' };
		only(await client.call('Create_lead_in_SquadVoice', lead), 'created');
		const stored = world.squadVoice.find('0PT711', 'MCP-1');
		assert(stored !== undefined, 'SquadVoice does not have it');
		const got = only(await client.call('Get_lead_in_SquadVoice', { lead_id: 'MCP-1' }), 'found');
		assert(got.contactName === 'Ada Lovelace', `it found ${JSON.stringify(got)}`);
		only(await client.call('Disable_lead_in_SquadVoice', { lead_id: 'MCP-1' }), 'disabled');
		assert(stored.disabledAt !== undefined, 'SquadVoice still calls it');
	});

	await checks.check('model: creates a lead at Aktify once, and ends contact', async () => {
		const lead = { phone, state: 'IL', first_name: 'Ada', last_name: '' };
		only(await client.call('Create_lead_in_Aktify', lead), 'created');
		only(await client.call('Create_lead_in_Aktify', lead), 'duplicate');
		only(await client.call('End_contact_in_Aktify', { phone }), 'disabled');
		const ended = world.aktify.find(aktifyAccounts.one.campaign, E164)?.endedAt;
		assert(ended !== undefined, 'Aktify still contacts it');
	});

	await checks.check(
		'model: finds a campaign of Autocalls, and creates, gets and disables a lead',
		async () => {
			const { items } = await client.call('Get_campaigns_in_Autocalls', {});
			const campaign = items.find(({ name }) => name === 'Spring Outreach');
			assert(campaign !== undefined, `Spring Outreach is not among ${items.length} campaigns`);
			const lead = { campaign_id: String(campaign.campaignId), phone, name: 'Ada' };
			only(await client.call('Create_lead_in_Autocalls', lead), 'created');
			only(await client.call('Create_lead_in_Autocalls', lead), 'duplicate');
			only(await client.call('Get_leads_in_Autocalls', { phone }), 'found');
			only(await client.call('Disable_lead_in_Autocalls', { phone }), 'disabled');
			assert(world.autocalls.find(1, E164)?.status === 'completed', 'Autocalls still calls it');
		},
	);
}

async function checkClose(checks: CheckRunner, client: McpClient, { world }: QuickStart) {
	await checks.check('model: creates, gets, notes and disables a lead in Close', async () => {
		const created = only(
			await client.call('Create_lead_in_Close', {
				company: 'Analytical Engines',
				name: 'Ada Lovelace',
				phone,
				email: '',
			}),
			'created',
		);
		const lead_id = String(created.leadId);
		const got = only(await client.call('Get_lead_in_Close', { lead_id }), 'found');
		assert(got.phoneNumber === E164, `it found ${JSON.stringify(got)}`);
		only(await client.call('Create_note_in_Close', { lead_id, note: 'Asked by chat' }), 'created');
		only(await client.call('Disable_lead_in_Close', { lead_id }), 'disabled');
		assert(
			world.close.leads.get(lead_id)?.statusId === closeStatuses.badFit.id,
			'it is not disabled',
		);
		only(await client.call('Get_lead_in_Close', { lead_id: 'lead_none' }), 'notFound');
	});
}

async function checkBadCalls(checks: CheckRunner, client: McpClient, { world }: QuickStart) {
	const bad: Array<[string, string, Record<string, unknown>, RegExp]> = [
		[
			'an empty phone number',
			'Create_lead_in_Aktify',
			{ phone: '', state: 'IL', first_name: '', last_name: '' },
			/Phone Number.*empty/is,
		],
		[
			'a missing phone number',
			'Create_lead_in_Aktify',
			{ state: 'IL', first_name: '', last_name: '' },
			/phone/i,
		],
		[
			'an unknown state',
			'Create_lead_in_SquadVoice',
			{ lead_id: 'MCP-2', phone, name: 'Ada', state: 'Atlantis' },
			/"Atlantis" is not a US state/,
		],
		[
			'an unknown campaign',
			'Create_lead_in_Autocalls',
			{ campaign_id: '999', phone, name: 'Ada' },
			/campaign/i,
		],
		['an ID of another kind', 'Disable_lead_in_Close', { lead_id: 'stat_1' }, /Lead ID/],
	];
	for (const [what, tool, values, expected] of bad) {
		await checks.check(`model: ${what} is explained, and nothing is written`, async () => {
			const leadCounts = () => VENDORS.map((vendor) => world.ledger(vendor).held).join();
			const before = leadCounts();
			assertExplains(await client.call(tool, values), expected);
			assert(leadCounts() === before, 'a lead was written');
		});
	}
}

/** Publishes the example; only a client with the token may connect. */
async function connect(
	checks: CheckRunner,
	{ n8n, editorUrl }: QuickStart,
): Promise<McpClient | undefined> {
	const url = `${editorUrl}/mcp/lead-dispatch`;
	let client: McpClient | undefined;
	await checks.check('model: a client with the token is accepted', async () => {
		await n8n.publish(WORKFLOW_ID);
		client = await McpClient.connect(url, MCP_TOKEN);
	});
	await checks.check('model: a client without the token is refused', async () => {
		let refusal = 'none';
		try {
			await McpClient.connect(url, 'wrong');
		} catch (error) {
			refusal = messageOf(error);
		}
		assert(/40[13]|authori/i.test(refusal), `the message is: ${refusal}`);
	});
	return client;
}

/** The nodes as tools behind n8n's MCP Server Trigger, called by an MCP client without a model. */
export async function checkModel(checks: CheckRunner, quickStart: QuickStart): Promise<void> {
	const client = await connect(checks, quickStart);
	if (client === undefined) return;
	// Other parts leave leads at the vendors, also with the number that is created here.
	quickStart.world.reset();
	await checkList(checks, client);
	await checkDialers(checks, client, quickStart);
	await checkClose(checks, client, quickStart);
	await checkBadCalls(checks, client, quickStart);
	await quickStart.n8n.unpublish(WORKFLOW_ID);
}
