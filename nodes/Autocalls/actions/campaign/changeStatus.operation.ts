import { defineOperation } from '../../../shared/actions/router';
import { showFor } from '../../../shared/descriptions/displayOptions';
import { optionsField } from '../../../shared/descriptions/options';
import { asText, getOwn } from '../../../shared/values/json';
import { campaignField } from '../../descriptions/common';
import { autocalls, readCampaign, userRequest } from '../../transport/vendor';

/** The status that the campaign has after the change. */
const statusOf = (reply: unknown) => asText(getOwn(getOwn(reply, 'data'), 'status'));

/** False if a reply repeats another campaign. */
function isAbout(reply: unknown, campaign: number): boolean {
	const replied = asText(getOwn(getOwn(reply, 'data'), 'id'));
	return replied === undefined || replied === String(campaign);
}

/** `POST /user/campaigns/update-status` with `start` or `stop` (Autocalls API reference). */
function changeStatus(change: 'start' | 'stop', toolDescription: string) {
	const description = showFor(
		'campaign',
		[change],
		[
			campaignField({ description: `The campaign to ${change}` }),
			optionsField(['giveUpAfter', 'includeInputFields', 'previewOnly', 'timeout']),
		],
	);
	const operation = defineOperation(autocalls, {
		safety: 'idempotent',
		parseItem: (item) => ({ campaign: readCampaign(item) }),
		dedupeKeys: ({ campaign }) => [
			{ identity: String(campaign), label: `campaign ID ${campaign}` },
		],
		async sendOne(client, { campaign }) {
			const { body } = await client.request(
				userRequest(['campaigns', 'update-status'], {
					method: 'POST',
					safety: 'idempotent',
					body: { campaign_id: campaign, action: change },
					validateBody: (reply) => statusOf(reply) !== undefined && isAbout(reply, campaign),
				}),
			);
			return { kind: 'updated', data: { campaignId: campaign, status: statusOf(body) ?? null } };
		},
	});
	return { description, toolDescription, operation };
}

export const start = changeStatus(
	'start',
	'Writes: starts an Autocalls campaign, given by its ID, and Autocalls will phone its leads. The outcome is "updated". Harmless to repeat.',
);

export const stop = changeStatus(
	'stop',
	'Writes: stops an Autocalls campaign, given by its ID; its leads are not called until it is started again. The outcome is "updated". Harmless to repeat.',
);
