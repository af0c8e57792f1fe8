import type {
	ICredentialDataDecryptedObject,
	IHookFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { randomUUID } from 'crypto';
import { toError, asTexts } from '../../shared/values/json';
import type { WebhookSource } from '../../shared/trigger/receiveWebhook';
import { SeenEventsState } from '../../shared/trigger/TriggerState';
import { activating } from '../../shared/trigger/activationError';
import { oneOf } from '../../shared/parameters/optionReaders';
import { TriggerParameters } from '../../shared/parameters/triggerParameters';
import { aktify } from '../transport/vendor';
import { triggerFields } from './description';
import { readEvent, toOutput } from './events';
import { VERIFICATION_NAMES, VERIFICATIONS } from './verification';

/** @throws NodeOperationError for an option that is not understood */
const parametersOf = (context: IHookFunctions | IWebhookFunctions) =>
	new TriggerParameters(context, triggerFields);

function verificationOf(
	context: IHookFunctions | IWebhookFunctions,
): (typeof VERIFICATION_NAMES)[number] {
	const chosen = parametersOf(context).value('verifyWith');
	return oneOf(chosen, VERIFICATION_NAMES, 'Verify With') ?? 'signature';
}

/** Webhooks are set up in Aktify's portal: only checks that they can be verified. @throws NodeOperationError */
export async function checkSecret(context: IHookFunctions): Promise<boolean> {
	return await activating(context, async () => {
		const credentials = await context.getCredentials(aktify.credential);
		VERIFICATIONS[verificationOf(context)].checkCredential(credentials);
		return true;
	});
}

/** Aktify's webhook, for `receiveWebhook`. */
export async function webhookOf(
	context: IWebhookFunctions,
): Promise<WebhookSource<SeenEventsState>> {
	const verification = verificationOf(context);
	const isCustom = verification !== 'signature';
	const parameters = parametersOf(context);
	const selected = new Set(asTexts(parameters.value('triggerOn')));
	const { simplify } = parameters;
	let credentials: ICredentialDataDecryptedObject = {};
	try {
		credentials = await context.getCredentials(aktify.credential);
	} catch (error) {
		// Without a credential nothing can be verified: every webhook is rejected, none fails.
		context.logger.warn(`${context.getNode().name}: ${toError(error).message}`);
	}
	return {
		StateClass: SeenEventsState,
		verify: (request) => VERIFICATIONS[verification].isFromAktify(request, credentials, context),
		parseEvent(body) {
			const event = readEvent(body);
			const isNamed = event?.name !== undefined;
			if (event === undefined || (isNamed ? !selected.has(event.name ?? '') : !isCustom)) {
				return undefined;
			}
			// Aktify's events have no ID, but a time. Custom payloads may have neither: two equal ones may be
			// two events, and none may be lost.
			const isIdentifiable = !isCustom || event.time !== undefined;
			// Serialized again, so that white space does not make another event.
			return {
				id: isIdentifiable ? JSON.stringify(body) : randomUUID(),
				toOutput: () => toOutput(event, simplify),
			};
		},
	};
}
