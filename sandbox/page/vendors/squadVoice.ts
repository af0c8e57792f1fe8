import { configureWebhook, processLeads } from '../../admin/vendors';
import type { SandboxState } from '../../server/SandboxState';
import { squadVoiceAccounts } from '../../vendors/squadVoice/accounts';
import type { SquadVoiceLead } from '../../vendors/squadVoice/store';
import { html } from '../html';
import { actionForm, choice, field } from '../parts';
import { actionPath, type Done, type LeadRow, type VendorPage } from '../vendorPage';

const { standard, affiliate, india, v4 } = squadVoiceAccounts;
const CAMPAIGNS = [
	[standard.campaign, `${standard.campaign} (standard)`],
	[v4.campaign, `${v4.campaign} (API v4)`],
	[india.campaign, `${india.campaign} (India)`],
	[affiliate.campaign, `${affiliate.campaign} (affiliate)`],
] as const;
const OUTCOMES = [
	'Connected : Objective Met',
	'Connected : Call Back',
	'No Answer',
	'Wrong Number',
];

function statusOf({ erasedAt, disabledAt, processed }: SquadVoiceLead): string {
	if (erasedAt !== undefined) return 'deleted';
	const call = processed && `processed: ${processed.outcomeName}`;
	if (disabledAt !== undefined) return call === undefined ? 'disabled' : `disabled; ${call}`;
	return call ?? 'waiting';
}

function toRow(lead: SquadVoiceLead): LeadRow {
	return {
		key: `${lead.campaignId}|${lead.leadId}`,
		name: lead.contactName,
		phone: lead.phoneNumber,
		id: String(lead.leadId),
		group: lead.campaignId,
		status: statusOf(lead),
		isStopped: lead.disabledAt !== undefined,
		createdAt: lead.createdAt,
		record: lead,
	};
}

function process(state: SandboxState, form: Record<string, string>): Done {
	const { campaignId = '', leadId = '', outcome = OUTCOMES[0] } = form;
	processLeads(state, { campaignId, leadId: leadId.trim(), outcome });
	const isV4 = campaignId === v4.campaign;
	return {
		what: `Lead ${leadId.trim()} of campaign ${campaignId} was processed: ${outcome}.`,
		ifSilent:
			'No webhook was sent: ' +
			(isV4 ? 'none is set up for this campaign. ' : 'only API v4 has one. ') +
			'A SquadVoice Trigger that polls finds the lead at its next poll, and Fetch Test Event in n8n finds it at once' +
			(isV4 ? '. Or enter the Production URL of a trigger with a webhook below.' : '.'),
	};
}

function setWebhook(state: SandboxState, { url = '' }: Record<string, string>): Done {
	const target = URL.canParse(url.trim()) ? new URL(url.trim()) : undefined;
	if (target && !target.searchParams.has('token'))
		target.searchParams.set('token', v4.webhookToken);
	configureWebhook(state, { campaignId: v4.campaign, url: target?.href ?? url });
	return {
		what: `SquadVoice reports processed leads of campaign ${v4.campaign} to ${url.trim()} from now on.`,
	};
}

function removeWebhook(state: SandboxState): Done {
	configureWebhook(state, { campaignId: v4.campaign, url: null });
	return { what: `SquadVoice sends no webhooks for campaign ${v4.campaign} any more.` };
}

const withoutToken = (url: string) => url.replace(/([?&]token=)[^&]*/, '$1…');

/** What is particular about SquadVoice's page. */
export const squadVoicePage: VendorPage = {
	groupTitle: 'Campaign',
	rows: ({ squadVoice }) => [...squadVoice.leads.values()].map(toRow),
	buttons: (_state, { id, name, group, status }) =>
		status !== 'deleted' &&
		actionForm(
			actionPath('squadVoice', 'process'),
			{ campaignId: group, leadId: id },
			'Lead processed',
			{ label: name || id },
		),
	forms: () =>
		actionForm(actionPath('squadVoice', 'process'), {}, 'Lead processed', {
			inputs: [
				field('Lead ID', 'leadId', { placeholder: 'LD-00001' }),
				choice('Campaign', 'campaignId', CAMPAIGNS),
				choice(
					'Outcome of the call',
					'outcome',
					OUTCOMES.map((name) => [name, name] as const),
				),
			],
		}),
	listeners: ({ squadVoice }) => {
		const webhooks = [...squadVoice.webhookUrls].map(([campaignId, url]) => {
			const remove = actionForm(actionPath('squadVoice', 'removeWebhook'), {}, 'Remove', {
				label: campaignId,
				isQuiet: true,
			});
			return html`<div class="row line">
				<code>${withoutToken(url)}</code> campaign ${campaignId} ${remove}
			</div>`;
		});
		return html`${webhooks}
			<p class="soft">
				A SquadVoice Trigger that polls needs no setup: it asks for the processed leads. On API v4,
				SquadVoice's staff set up a webhook; here you do it. Publish a workflow with a SquadVoice
				Trigger that receives leads by webhook, copy its Production URL, and enter it here. The
				sandbox adds its Webhook Token if the URL has none.
			</p>
			${actionForm(actionPath('squadVoice', 'setWebhook'), {}, `Set webhook of ${v4.campaign}`, {
				inputs: field('Production URL of the trigger', 'url', {
					placeholder: 'http://127.0.0.1:5678/webhook/…',
				}),
			})}`;
	},
	credential: [
		[`Access Token of campaign ${standard.campaign}`, standard.token],
		[`Access Token of campaign ${v4.campaign} (API v4)`, v4.token],
		['Webhook Token (API v4)', v4.webhookToken],
	],
	actions: { process, setWebhook, removeWebhook },
};
