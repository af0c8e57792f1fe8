import { defineOperation } from '../../../shared/actions/router';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { PHONE_OPTIONS, READ_OPTIONS, optionsField } from '../../../shared/descriptions/options';
import { campaignField, findByFields } from '../../descriptions/common';
import { referenceOutput, readLeadRef, readOptionalCampaign } from '../../lead/leadReference';
import { leadsWithPhone, leadsWithId, simplifyListedLead } from '../../lead/lead';
import { autocalls } from '../../transport/vendor';
import { toRawOutput } from '../../../shared/values/json';

export const description = showFor(
	'lead',
	['get'],
	[
		...findByFields,
		campaignField(
			{ required: false, description: 'Leave empty to look in all campaigns' },
			'All campaigns',
		),
		optionsField([...READ_OPTIONS, ...PHONE_OPTIONS]),
	],
);

export const toolDescription =
	'Reads only: looks up Autocalls leads by phone number or lead ID, with campaign, status and variables; one number may be in several campaigns. The outcome is "found" or "notFound". Harmless to repeat.';

/** `GET /user/leads`, filtered: a number may be in several campaigns; IDs are sought in the newest 10,000. */
export const operation = defineOperation(autocalls, {
	safety: 'safe',
	parseItem: (item) => ({
		ref: readLeadRef(item),
		campaign: readOptionalCampaign(item),
		simplify: item.simplify,
	}),
	async sendOne(client, { ref, campaign, simplify }) {
		const found =
			ref.by === 'id'
				? await leadsWithId(client, ref.id, campaign)
				: await leadsWithPhone(client, ref.phone, campaign);
		if (found.length === 0) return { kind: 'notFound', data: referenceOutput(ref) };
		return { kind: 'found', data: found.map(simplify ? simplifyListedLead : toRawOutput) };
	},
});
