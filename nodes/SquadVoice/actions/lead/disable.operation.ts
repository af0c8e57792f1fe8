import type { INodeProperties } from 'n8n-workflow';
import { leadIdKey } from '../../../shared/actions/dedupeKey';
import type { Outcome } from '../../../shared/actions/outcome/outcome';
import { defineOperation } from '../../../shared/actions/router';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { BATCH_WRITE_OPTIONS } from '../../../shared/descriptions/options';
import type { ApiClient } from '../../../shared/transport/ApiClient';
import { ApiError } from '../../../shared/transport/ApiError';
import { toError } from '../../../shared/values/json';
import { campaignField, leadIdField } from '../../descriptions/common';
import { squadVoiceOptions } from '../../descriptions/options';
import { acknowledges } from '../../lead/acknowledges';
import { findLead, hasLead } from '../../lead/findLead';
import {
	leadsRequest,
	readCampaign,
	readLeadId,
	requireStandard,
	squadVoice,
	type SquadVoiceAccount,
} from '../../transport/vendor';

const checkLeadId: INodeProperties = {
	displayName: 'Check Lead ID',
	name: 'checkLeadId',
	type: 'boolean',
	default: true,
	description:
		'Whether to look each lead up after it was disabled, with one more request per lead (two with API v4). A lead ID that SquadVoice does not have comes out as notFound.',
};

export const description = showFor(
	'lead',
	['disable'],
	[campaignField, leadIdField, squadVoiceOptions(BATCH_WRITE_OPTIONS, [checkLeadId])],
);

export const toolDescription =
	'Writes: SquadVoice stops calling one lead of a campaign, given by its lead ID; use it for opt-outs and do-not-call requests. The outcome is "disabled", also for a lead ID that SquadVoice does not have, unless the tool is set to check it. Harmless to repeat.';

interface LeadToDisable {
	campaign: string;
	leadId: string | number;
	mustCheck: boolean;
}

const NOT_KNOWN =
	'SquadVoice does not say whether it knows this lead ID. To find out, add the option Check Lead ID';
const NOT_THERE =
	'SquadVoice has no lead with this ID in the campaign; the request to disable it was sent all the same';

/** `POST /leads/disable/{campaign}/` with a list (SquadVoice US API page, Disable a Lead). Disabling twice changes nothing. */
export const operation = defineOperation(squadVoice, {
	safety: 'idempotent',
	parseItem(item, account): LeadToDisable {
		requireStandard(account);
		const mustCheck = item.option('options', 'checkLeadId') === true;
		return { campaign: readCampaign(item), leadId: readLeadId(item), mustCheck };
	},
	maxBatchSize: () => 1000,
	dedupeKeys: ({ campaign, leadId }) => [leadIdKey(leadId, campaign)],
	batchKey: ({ campaign }) => campaign,
	async sendBatch(client, leads) {
		const [first] = leads;
		if (first === undefined) return [];
		await client.request(
			leadsRequest(client.account, 'disable', first.campaign, {
				method: 'POST',
				safety: 'idempotent',
				body: leads.map(({ leadId }) => ({ lead_id: leadId })),
				validateBody: acknowledges(...leads),
			}),
		);
		const outcomes: Outcome[] = [];
		for (const lead of leads) {
			outcomes.push(disabled(lead, lead.mustCheck ? await isKnown(client, lead) : 'unknown'));
		}
		return outcomes;
	},
});

/** Never fails: the lead is disabled. `unknown` if SquadVoice cannot say. */
async function isKnown(
	client: ApiClient<SquadVoiceAccount>,
	{ campaign, leadId }: LeadToDisable,
): Promise<boolean | 'unknown'> {
	try {
		if (client.account.apiVersion === 'v4') return await hasLead(client, campaign, leadId);
		return (await findLead(client, campaign, leadId)) !== undefined;
	} catch (error) {
		if (error instanceof ApiError) return 'unknown';
		throw toError(error);
	}
}

function disabled({ leadId, campaign }: LeadToDisable, known: boolean | 'unknown'): Outcome {
	const data = { leadId, campaignId: campaign };
	if (known === true) return { kind: 'disabled', data };
	return known === 'unknown'
		? { kind: 'disabled', data: { ...data, note: NOT_KNOWN } }
		: { kind: 'notFound', data: { ...data, note: NOT_THERE } };
}
