import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { randomUUID } from 'crypto';
import { toError, asNumber, getOwn, parseBody, asText, asTexts } from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import type { WebhookRequest, WebhookSource } from '../../shared/trigger/receiveWebhook';
import { SeenEventsState } from '../../shared/trigger/TriggerState';
import {
	hasValidToken,
	hmacSha256,
	isWithinTolerance,
	readToken,
	secretsEqual,
	MIN_TOKEN_LENGTH,
} from '../../shared/trigger/webhookSignature';
import { activating } from '../../shared/trigger/activationError';
import { oneOf } from '../../shared/parameters/optionReaders';
import { TriggerParameters } from '../../shared/parameters/triggerParameters';
import { aktify } from '../transport/vendor';
import { triggerFields } from './description';
import { readEvent, toOutput } from './events';

const VERIFICATIONS = ['signature', 'token'] as const;

/** @throws NodeOperationError for an option that is not understood */
const parametersOf = (context: IHookFunctions | IWebhookFunctions) =>
	new TriggerParameters(context, triggerFields);

function verificationOf(
	context: IHookFunctions | IWebhookFunctions,
): (typeof VERIFICATIONS)[number] {
	const chosen = parametersOf(context).value('verifyWith');
	return oneOf(chosen, VERIFICATIONS, 'Verify With') ?? 'signature';
}

/** The secret for verifying webhooks; undefined if the credential has none. */
async function secretOf(context: IHookFunctions | IWebhookFunctions): Promise<string | undefined> {
	const credentials = await context.getCredentials(aktify.credential);
	return asText(
		verificationOf(context) === 'token' ? credentials.webhookToken : credentials.clientSecret,
	);
}

/** Webhooks are set up in Aktify's portal: only checks that they can be verified. @throws NodeOperationError */
export async function checkSecret(context: IHookFunctions): Promise<boolean> {
	return await activating(context, async () => {
		const byToken = verificationOf(context) === 'token';
		const secret = (await secretOf(context)) ?? '';
		if (byToken && secret.length < MIN_TOKEN_LENGTH) {
			throw new InvalidInputError(
				`The Webhook Token in the Aktify credential has fewer than ${MIN_TOKEN_LENGTH} characters`,
				'Fill in Webhook Token in the credential, and make Aktify send it with each webhook',
			);
		}
		if (secret === '') {
			throw new InvalidInputError(
				'Add the Client Secret to the Aktify credential first',
				'Without it, webhooks cannot be verified. Set a client secret in the Aktify Portal under Settings > Webhooks, and enter the same one in the credential',
			);
		}
		return true;
	});
}

/** A SHA-256 in hex. */
const SIGNATURE = /^[\da-f]{64}$/i;

/** A larger body is not serialized again to check its signature: Aktify's events are a few kB. */
const MAX_SERIALIZED_BYTES = 64 * 1024;

/**
 * `aktify-signature: t=<ms>,v1=<hex>` signs the body, `v2=<hex>` the time and the body (Aktify API page, Webhooks), in
 * Aktify's own JSON serialization, so a body in another one is also checked in that form.
 */
function isSigned(
	{ headers, rawBody, nowMs }: WebhookRequest,
	secret: string | undefined,
): boolean {
	if (secret === undefined) return false;
	const parts = new Map<string, string>();
	for (const part of (asText(getOwn(headers, 'aktify-signature')) ?? '').split(',')) {
		const at = part.indexOf('=');
		parts.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
	}
	const time = parts.get('t') ?? '';
	if (!isWithinTolerance(asNumber(time), nowMs)) return false;
	const [v1, v2] = [parts.get('v1'), parts.get('v2')];
	if (![v1, v2].some((hash) => SIGNATURE.test(hash ?? ''))) return false;
	const matches = (body: string) =>
		secretsEqual(v2, hmacSha256(secret, `${time}.`, body)) ||
		secretsEqual(v1, hmacSha256(secret, body));
	const text = rawBody.toString('utf8');
	if (matches(text)) return true;
	return (
		rawBody.length <= MAX_SERIALIZED_BYTES && matches(JSON.stringify(parseBody(text).body) ?? text)
	);
}

/** Aktify's webhook, for `receiveWebhook`. */
export async function webhookOf(
	context: IWebhookFunctions,
): Promise<WebhookSource<SeenEventsState>> {
	const byToken = verificationOf(context) === 'token';
	const parameters = parametersOf(context);
	const selected = new Set(asTexts(parameters.value('triggerOn')));
	const { simplify } = parameters;
	let secret: string | undefined;
	try {
		secret = await secretOf(context);
		if (byToken) secret = readToken(context, secret);
	} catch (error) {
		// Without a credential nothing can be verified: every webhook is rejected, none fails.
		context.logger.warn(`${context.getNode().name}: ${toError(error).message}`);
	}
	return {
		StateClass: SeenEventsState,
		verify: (request) => (byToken ? hasValidToken(request, secret) : isSigned(request, secret)),
		parseEvent(body) {
			const event = readEvent(body);
			const isNamed = event?.name !== undefined;
			if (event === undefined || (isNamed ? !selected.has(event.name ?? '') : !byToken)) {
				return undefined;
			}
			// Aktify's events have no ID, but a time. Custom payloads may have neither: two equal ones may be
			// two events, and none may be lost.
			const isIdentifiable = !byToken || event.time !== undefined;
			// Serialized again, so that white space does not make another event.
			return {
				id: isIdentifiable ? JSON.stringify(body) : randomUUID(),
				toOutput: () => toOutput(event, simplify),
			};
		},
	};
}
