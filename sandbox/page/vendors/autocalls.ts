import { callLeads } from '../../admin/vendors';
import { InvalidInput } from '../../admin/input';
import type { SandboxState } from '../../server/SandboxState';
import { autocallsAccounts, callsLeads } from '../../vendors/autocalls/accounts';
import { CALL_OUTCOMES, type AutocallsLead } from '../../vendors/autocalls/store';
import { html } from '../html';
import { actionForm, choice, field } from '../parts';
import { actionPath, type Done, type LeadRow, type VendorPage } from '../vendorPage';

const NAME_KEYS = ['customer_name', 'name', 'full_name', 'first_name'];

function nameOf({ variables }: AutocallsLead): string {
	const name = NAME_KEYS.map((key) => variables[key]).find((value) => typeof value === 'string');
	return typeof name === 'string' ? name : '';
}

function toRow({ autocalls }: SandboxState, lead: AutocallsLead): LeadRow {
	const campaign = autocalls.campaigns.get(lead.campaignId);
	const name = nameOf(lead);
	return {
		key: String(lead.id),
		name: lead.mainId === undefined ? name : `${name} (contact of lead ${lead.mainId})`.trim(),
		phone: lead.phoneNumber,
		id: String(lead.id),
		group: `${lead.campaignId} ${campaign?.name ?? ''}`,
		status: lead.status,
		isStopped: lead.status === 'completed' || lead.status === 'reached-max-retries',
		createdAt: lead.createdAt,
		record: lead,
	};
}

function whySilent(
	{ autocalls }: SandboxState,
	lead: AutocallsLead | undefined,
	outcome: string,
): string {
	const campaign = lead && autocalls.campaigns.get(lead.campaignId);
	const assistant = campaign && autocalls.assistants.get(campaign.assistantId);
	if (!campaign || !assistant) return 'No webhook was sent.';
	const whose = `assistant ${assistant.id} (${assistant.name}), which calls for campaign ${campaign.id}`;
	if (assistant.isWebhookActive && autocalls.webhookOnCompletedOnly && outcome !== 'completed') {
		return `No webhook was sent: that of ${whose}, is for completed calls only.`;
	}
	return (
		`No webhook was sent: ${whose}, has none. Publish a workflow with an Autocalls Trigger on Call Ended ` +
		'that names this assistant: the trigger sets the webhook itself. A trigger on a changed status polls, and finds the lead at its next polls.'
	);
}

function endCall(state: SandboxState, form: Record<string, string>): Done {
	const { leadId = '', outcome = 'completed' } = form;
	const id = Number(leadId);
	const lead = state.autocalls.leads.get(id);
	if (!lead) throw new InvalidInput(`Autocalls has no lead ${leadId}.`);
	callLeads(state, { leadId: id, outcome });
	return {
		what: `Autocalls called ${nameOf(lead) || lead.phoneNumber} (lead ${id}), and the call ended: ${outcome}.`,
		ifSilent: whySilent(state, lead, outcome),
	};
}

function startCampaign(
	{ autocalls }: SandboxState,
	{ campaignId = '' }: Record<string, string>,
): Done {
	const campaign = autocalls.campaigns.get(Number(campaignId));
	if (!campaign) throw new InvalidInput('There is no such campaign.');
	Object.assign(campaign, { status: 'started', updatedAt: autocalls.now() });
	return { what: `Campaign ${campaign.id} (${campaign.name}) is started.` };
}

/** What is particular about Autocalls' page. */
export const autocallsPage: VendorPage = {
	groupTitle: 'Campaign',
	rows: (state) => [...state.autocalls.leads.values()].map((lead) => toRow(state, lead)),
	buttons: ({ autocalls }, { id, name, phone }) => {
		const lead = autocalls.leads.get(Number(id));
		const campaign = lead && autocalls.campaigns.get(lead.campaignId);
		if (!campaign || lead.mainId !== undefined) return undefined;
		if (callsLeads(campaign)) {
			return actionForm(actionPath('autocalls', 'endCall'), { leadId: id }, 'Call ended', {
				label: name || phone,
			});
		}
		if (campaign.channel !== 'call')
			return html`<span class="soft">campaign sends ${campaign.channel}</span>`;
		return actionForm(
			actionPath('autocalls', 'startCampaign'),
			{ campaignId: campaign.id },
			'Start campaign',
			{ label: campaign.name, isQuiet: true },
		);
	},
	forms: () =>
		actionForm(actionPath('autocalls', 'endCall'), {}, 'Call ended', {
			inputs: [
				field('Lead ID', 'leadId', { placeholder: '1' }),
				choice(
					'How the call ended',
					'outcome',
					CALL_OUTCOMES.map((outcome) => [outcome, outcome] as const),
				),
			],
		}),
	listeners: ({ autocalls }) => {
		const active = [...autocalls.assistants.values()].filter(
			({ isWebhookActive, webhookUrl }) => isWebhookActive && webhookUrl !== null,
		);
		return html`${active.map(
				({ id, name, webhookUrl }) =>
					html`<div class="row line">
						<code>${webhookUrl ?? ''}</code> calls of assistant ${id} (${name})
					</div>`,
			)}
			<p class="soft">
				An Autocalls Trigger on Call Ended sets the webhook of each assistant it names when you
				publish it, and removes it when you unpublish it. A trigger on a changed status polls and
				needs no webhook.
			</p>`;
	},
	credential: [['API Key', autocallsAccounts.one.key]],
	actions: { endCall, startCampaign },
};
