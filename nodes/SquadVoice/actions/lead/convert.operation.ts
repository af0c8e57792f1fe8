import { defineOperation } from '../../../shared/actions/router';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { WRITE_OPTIONS } from '../../../shared/descriptions/options';
import { InvalidInputError } from '../../../shared/errors/InvalidInputError';
import { acknowledges } from '../../lead/acknowledges';
import { campaignField, leadIdField, v4Notice } from '../../descriptions/common';
import { squadVoiceOptions } from '../../descriptions/options';
import {
	leadsRequest,
	readCampaign,
	readLeadId,
	requireV4,
	squadVoice,
} from '../../transport/vendor';

export const description = showFor(
	'lead',
	['convert'],
	[
		v4Notice,
		campaignField,
		leadIdField,
		{
			displayName: 'Conversion Code',
			name: 'detail',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. purchase',
			description: 'How the lead converted, up to 32 characters',
		},
		squadVoiceOptions(WRITE_OPTIONS),
	],
);

export const toolDescription =
	'Writes: reports to SquadVoice that one lead has converted, with a code of up to 32 characters. Do not repeat it: it may count twice. The outcome is "updated" or "notFound".';

/** v4 `POST /leads/convert/{campaign}/` (SquadVoice API v4 docs). Whether a repeat counts twice is not documented. */
export const operation = defineOperation(squadVoice, {
	safety: 'unsafe',
	parseItem(item, account) {
		requireV4(
			account,
			'With API v1, SquadVoice has no request for conversions: ask them how to report yours',
		);
		const detail = item.requiredText('detail', 'Conversion Code');
		if (detail.length > 32) {
			throw InvalidInputError.ofField(
				'Conversion Code',
				{ problem: 'is longer than 32 characters' },
				'Use a shorter code',
			);
		}
		return { campaign: readCampaign(item), leadId: readLeadId(item), detail };
	},
	dedupeKeys: ({ campaign, leadId, detail }) => [
		{ identity: `${campaign}|${leadId}|${detail}`, label: `lead ID ${leadId}` },
	],
	recordKeys: ({ campaign, leadId }) => `${campaign}|${leadId}`,
	async sendOne(client, { campaign, leadId, detail }) {
		const { status } = await client.request(
			leadsRequest(client.account, 'convert', campaign, {
				method: 'POST',
				safety: 'unsafe',
				body: { lead_id: leadId, detail },
				expectedStatuses: [404],
				validateBody: acknowledges({ leadId }),
			}),
		);
		const data = { leadId, campaignId: campaign, detail };
		return { kind: status === 404 ? 'notFound' : 'updated', data };
	},
});
