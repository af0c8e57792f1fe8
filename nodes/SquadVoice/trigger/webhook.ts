import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { toError, isObject, asText } from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { activating } from '../../shared/trigger/activationError';
import type { WebhookSource } from '../../shared/trigger/receiveWebhook';
import { SeenEventsState } from '../../shared/trigger/TriggerState';
import { checkTokenLength, hasValidToken, readToken } from '../../shared/trigger/webhookSignature';
import { squadVoice } from '../transport/vendor';
import { eventIdOf, parametersOf, readCampaign, toOutput } from './parameters';

async function tokenOf(context: IHookFunctions | IWebhookFunctions): Promise<string | undefined> {
	return asText((await context.getCredentials(squadVoice.credential)).webhookToken);
}

/** SquadVoice sets up the webhook itself: only checks that it can be verified. @throws NodeOperationError */
export async function checkToken(context: IHookFunctions): Promise<boolean> {
	return await activating(context, async () => {
		const { apiVersion } = squadVoice.readAccount(
			await context.getCredentials(squadVoice.credential),
		);
		if (apiVersion !== 'v4') {
			throw new InvalidInputError(
				'SquadVoice sends webhooks in API v4 only',
				'Set Receive Leads By to Polling. If SquadVoice gave you access to v4, choose it in the credential instead',
			);
		}
		readCampaign(context);
		checkTokenLength(
			await tokenOf(context),
			'The Webhook Token in the SquadVoice credential',
			'Fill in Webhook Token in the credential, and give SquadVoice the Production URL with ?token= and this token at the end',
		);
		return true;
	});
}

/** The Lead Processed webhook of API v4: its body is one result of the list (SquadVoice US API page). */
export async function webhookOf(
	context: IWebhookFunctions,
): Promise<WebhookSource<SeenEventsState>> {
	let token: string | undefined;
	let campaign: string | undefined;
	try {
		token = readToken(context, await tokenOf(context));
		campaign = readCampaign(context);
	} catch (error) {
		// Without a credential nothing can be verified: every webhook is rejected, none fails.
		context.logger.warn(`${context.getNode().name}: ${toError(error).message}`);
		token = undefined;
	}
	const { simplify } = parametersOf(context);
	return {
		StateClass: SeenEventsState,
		verify: (request) => hasValidToken(request, token),
		parseEvent(lead) {
			if (!isObject(lead) || asText(lead.lead_id) === undefined) return undefined;
			const leadCampaign = asText(lead.campaign_id);
			if (leadCampaign !== undefined && leadCampaign !== campaign) return undefined;
			return { id: eventIdOf(lead), toOutput: () => toOutput(lead, simplify) };
		},
	};
}
