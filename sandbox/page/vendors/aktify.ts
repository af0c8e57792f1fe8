import { playEvent } from '../../admin/events';
import { configureAktify } from '../../admin/vendors';
import type { SandboxState } from '../../server/SandboxState';
import { aktifyAccounts } from '../../vendors/aktify/accounts';
import { EVENT_TYPES_V2 } from '../../vendors/aktify/events';
import type { AktifyLead } from '../../vendors/aktify/store';
import { html, type Content } from '../html';
import { actionForm, choice, count, field } from '../parts';
import { actionPath, type Done, type LeadRow, type VendorPage } from '../vendorPage';

const STOP = 'lead.carrier_optout_received';
const CAMPAIGNS = Object.values(aktifyAccounts).map(
	({ campaign }) => [campaign, campaign] as const,
);
const EVENTS = EVENT_TYPES_V2.map(
	(type) => [type, type === STOP ? `${type} (replies STOP)` : type] as const,
);

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

function statusOf({ aktify }: SandboxState, { phone, endedAt }: AktifyLead): string {
	if (aktify.dncs.has(phone)) return 'do not contact';
	return endedAt === undefined ? 'accepted' : 'contact ended';
}

function toRow(state: SandboxState, lead: AktifyLead): LeadRow {
	const { campaign, phone, sent, receivedAt } = lead;
	const status = statusOf(state, lead);
	return {
		key: `${campaign}|${phone}`,
		name: [textOf(sent.firstName), textOf(sent.lastName)].filter(Boolean).join(' '),
		phone,
		id: textOf(sent.externalLeadId),
		group: campaign,
		status,
		isStopped: status !== 'accepted',
		createdAt: receivedAt,
		record: lead,
	};
}

function play(state: SandboxState, form: Record<string, string>): Done {
	const { campaign = '', phone = '', type = '' } = form;
	const [first] = playEvent(state, { campaign, phone, type });
	const number = first?.phone ?? phone;
	const hasListener = state.aktify.webhooks.all.some(({ status }) => status === 'active');
	return {
		what: type === STOP ? `${number} replied STOP.` : `${type} happened to ${number}.`,
		ifSilent: hasListener
			? 'No webhook was sent: those below are not for this event or campaign.'
			: 'No webhook was sent, as none is set up. Publish a workflow with an Aktify Trigger, and enter its Production URL below.',
	};
}

function setWebhook(state: SandboxState, { url = '' }: Record<string, string>): Done {
	const { clientSecret } = aktifyAccounts.one;
	configureAktify(state, { scope: 'account', url: url.trim(), clientSecret });
	return { what: `Aktify sends all its events to ${url.trim()} from now on, signed.` };
}

function removeWebhook(
	{ aktify }: SandboxState,
	{ url = '', scope = '' }: Record<string, string>,
): Done {
	const webhook = aktify.webhooks.all.find((one) => one.url === url && one.scope === scope);
	if (webhook) aktify.webhooks.removeWebhook(webhook);
	return { what: `Aktify sends nothing to ${url} any more.` };
}

function listeners({ aktify }: SandboxState): Content {
	return aktify.webhooks.all.map(({ url, scope, status, events, version }) => {
		const whose = scope === 'account' ? 'all campaigns' : `campaign ${scope}`;
		const state =
			status === 'active'
				? html`<span class="badge good">active</span>`
				: html`<span class="badge bad">broken: five attempts failed. Set it again</span>`;
		const remove = actionForm(actionPath('aktify', 'removeWebhook'), { url, scope }, 'Remove', {
			label: url,
			isQuiet: true,
		});
		const what = `${count(events.length, 'event')} of ${version}, ${whose}`;
		return html`<div class="row line"><code>${url}</code> ${what} ${state} ${remove}</div>`;
	});
}

/** What is particular about Aktify's page. */
export const aktifyPage: VendorPage = {
	groupTitle: 'Campaign',
	rows: (state) => [...state.aktify.leads.values()].map((lead) => toRow(state, lead)),
	buttons: (_state, { name, phone, group }) =>
		actionForm(
			actionPath('aktify', 'event'),
			{ campaign: group, phone, type: STOP },
			'Replies STOP',
			{ label: name || phone },
		),
	forms: () =>
		actionForm(actionPath('aktify', 'event'), {}, 'Let it happen', {
			inputs: [
				field('Phone number, of a lead or not', 'phone', { placeholder: '(509) 555-0101' }),
				choice('Event', 'type', EVENTS, { selected: STOP }),
				choice('Campaign', 'campaign', CAMPAIGNS),
			],
		}),
	listeners: (state) =>
		html`${listeners(state)}
			<p class="soft">
				Aktify's webhooks are set up in its portal; here is the sandbox's. Publish a workflow with
				an Aktify Trigger in n8n, copy the trigger's Production URL, and enter it here.
			</p>
			${actionForm(actionPath('aktify', 'setWebhook'), {}, 'Set webhook', {
				inputs: field('Production URL of the trigger', 'url', {
					placeholder: 'http://127.0.0.1:5678/webhook/…',
				}),
			})}`,
	credential: [
		['API Key', aktifyAccounts.one.key],
		['Client Secret', aktifyAccounts.one.clientSecret],
		['API Key of campaign two', aktifyAccounts.two.key],
	],
	actions: { event: play, setWebhook, removeWebhook },
};
