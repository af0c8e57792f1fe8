import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { toNodeError } from '../../shared/errors/toNodeError';
import { toError, isObject, asText } from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import type { WebhookSource } from '../../shared/trigger/receiveWebhook';
import { readSimplify } from '../../shared/parameters/triggerParameters';
import { hasValidToken, MIN_TOKEN_LENGTH } from '../../shared/trigger/webhookSignature';
import { requireV4, squadVoice } from '../transport/vendor';
import { eventIdOf, readCampaign, toOutput } from './parameters';

async function tokenOf(context: IHookFunctions | IWebhookFunctions): Promise<string | undefined> {
	return asText((await context.getCredentials(squadVoice.credential)).webhookToken);
}

/**
 * SquadVoice has no call to register a webhook, so there is nothing to look for: only that the node
 * could tell one of SquadVoice's from another. @throws NodeOperationError when it could not
 */
export async function checkToken(context: IHookFunctions): Promise<boolean> {
	try {
		requireV4(squadVoice.readAccount(await context.getCredentials(squadVoice.credential)));
		readCampaign(context);
		const token = (await tokenOf(context)) ?? '';
		if (token.length < MIN_TOKEN_LENGTH) {
			throw new InvalidInputError(
				`The Webhook Token in the SquadVoice credential has less than ${MIN_TOKEN_LENGTH} characters`,
				'Open the credential, fill in Webhook Token, and put it at the end of the URL that SquadVoice has',
			);
		}
		return true;
	} catch (error) {
		throw toNodeError(context, error);
	}
}

/** The Lead Processed webhook of API v4, for `receiveWebhook`: its body is one result of the list. */
export async function webhookOf(context: IWebhookFunctions): Promise<WebhookSource> {
	let token: string | undefined;
	let campaign: string | undefined;
	try {
		token = await tokenOf(context);
		campaign = readCampaign(context);
	} catch (error) {
		// Without a credential nothing can be trusted: every webhook is refused, none fails.
		context.logger.warn(`${context.getNode().name}: ${toError(error).message}`);
		token = undefined;
	}
	const simplify = readSimplify(context);
	return {
		verify: (request) => hasValidToken(request, token),
		parseEvent(lead) {
			if (!isObject(lead) || asText(lead.lead_id) === undefined) return undefined;
			const ofCampaign = asText(lead.campaign_id);
			if (ofCampaign !== undefined && ofCampaign !== campaign) return undefined;
			return { id: eventIdOf(lead), output: () => toOutput(lead, simplify) };
		},
	};
}
