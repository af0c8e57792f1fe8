import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { runError } from '../../shared/actions/outcome/nodeErrors';
import { asError, isObject, textOf } from '../../shared/values/json';
import { InvalidLead } from '../../shared/actions/outcome/outcome';
import type { WebhookSource } from '../../shared/trigger/receiveWebhook';
import { readSimplify } from '../../shared/parameters/triggerParameters';
import { bringsToken, shortestToken } from '../../shared/trigger/webhookSignature';
import { requireV4, squadVoice } from '../transport/vendor';
import { eventIdOf, readCampaignOf, toOutput } from './parameters';

async function tokenOf(context: IHookFunctions | IWebhookFunctions): Promise<string | undefined> {
	return textOf((await context.getCredentials(squadVoice.credential)).webhookToken);
}

/**
 * SquadVoice has no call to register a webhook, so there is nothing to look for: only that the node
 * could tell one of SquadVoice's from another. @throws NodeOperationError when it could not
 */
export async function checkToken(context: IHookFunctions): Promise<boolean> {
	try {
		requireV4(squadVoice.readAccount(await context.getCredentials(squadVoice.credential)));
		readCampaignOf(context);
		const token = (await tokenOf(context)) ?? '';
		if (token.length < shortestToken) {
			throw new InvalidLead(
				`The Webhook Token in the SquadVoice credential has less than ${shortestToken} characters`,
				'Open the credential, fill in Webhook Token, and put it at the end of the URL that SquadVoice has',
			);
		}
		return true;
	} catch (error) {
		throw runError(context, error);
	}
}

/** The Lead Processed webhook of API v4, for `receiveWebhook`: its body is one result of the list. */
export async function webhookOf(context: IWebhookFunctions): Promise<WebhookSource> {
	let token: string | undefined;
	let campaign: string | undefined;
	try {
		token = await tokenOf(context);
		campaign = readCampaignOf(context);
	} catch (error) {
		// Without a credential nothing can be trusted: every webhook is refused, none fails.
		context.logger.warn(`${context.getNode().name}: ${asError(error).message}`);
		token = undefined;
	}
	const simplify = readSimplify(context);
	return {
		admits: (request) => bringsToken(request, token),
		read(lead) {
			if (!isObject(lead) || textOf(lead.lead_id) === undefined) return undefined;
			const ofCampaign = textOf(lead.campaign_id);
			if (ofCampaign !== undefined && ofCampaign !== campaign) return undefined;
			return { id: eventIdOf(lead), output: () => toOutput(lead, simplify) };
		},
	};
}
