import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { randomUUID } from 'crypto';
import { toNodeError } from '../../shared/errors/toNodeError';
import { toError, asNumber, getOwn, parseBody, asText, asTexts } from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import type { WebhookRequest, WebhookSource } from '../../shared/trigger/receiveWebhook';
import {
	hasValidToken,
	hmacSha256,
	isWithinTolerance,
	secretsEqual,
	MIN_TOKEN_LENGTH,
} from '../../shared/trigger/webhookSignature';
import { readSimplify } from '../../shared/parameters/triggerParameters';
import { aktify } from '../transport/vendor';
import { readEvent, toOutput } from './events';

type Verification = 'signature' | 'token';

function verificationOf(context: IHookFunctions | IWebhookFunctions): Verification {
	return context.getNodeParameter('verifyWith', 'signature') === 'token' ? 'token' : 'signature';
}

/** The secret that webhooks are checked with; undefined when the credential has none. */
async function secretOf(context: IHookFunctions | IWebhookFunctions): Promise<string | undefined> {
	const credentials = await context.getCredentials(aktify.credential);
	return asText(
		verificationOf(context) === 'token' ? credentials.webhookToken : credentials.clientSecret,
	);
}

/**
 * Aktify has no call to register a webhook, so there is nothing to look for: only that the node could
 * tell a webhook of Aktify's from another. @throws NodeOperationError when it could not
 */
export async function checkSecret(context: IHookFunctions): Promise<boolean> {
	const byToken = verificationOf(context) === 'token';
	const secret = (await secretOf(context)) ?? '';
	if (byToken && secret.length < MIN_TOKEN_LENGTH) {
		throw toNodeError(
			context,
			new InvalidInputError(
				`The Webhook Token in the Aktify credential has less than ${MIN_TOKEN_LENGTH} characters`,
				'Open the credential and fill in Webhook Token, then let Aktify send it along',
			),
		);
	}
	if (secret === '') {
		throw toNodeError(
			context,
			new InvalidInputError(
				'The Aktify credential has no Client Secret, so no webhook could be trusted',
				'Set a client secret in the Aktify Portal under Settings > Webhooks, and put it into the credential',
			),
		);
	}
	return true;
}

/**
 * `aktify-signature: t=<ms>,v1=<hex>` over the body, or `t=<ms>,v2=<hex>` over time and body (Aktify
 * docs, webhooks). Aktify signs its own spelling of the JSON; where the body came in another one, that
 * spelling is made again.
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
	const text = rawBody.toString('utf8');
	const spellings = [text, JSON.stringify(parseBody(text).body) ?? text];
	return spellings.some(
		(body) =>
			secretsEqual(parts.get('v2'), hmacSha256(secret, `${time}.`, body)) ||
			secretsEqual(parts.get('v1'), hmacSha256(secret, body)),
	);
}

/** Aktify's webhook, for `receiveWebhook`. */
export async function webhookOf(context: IWebhookFunctions): Promise<WebhookSource> {
	const byToken = verificationOf(context) === 'token';
	const wanted = new Set(asTexts(context.getNodeParameter('triggerOn', [])));
	const simplify = readSimplify(context);
	let secret: string | undefined;
	try {
		secret = await secretOf(context);
	} catch (error) {
		// Without a credential nothing can be trusted: every webhook is refused, none fails.
		context.logger.warn(`${context.getNode().name}: ${toError(error).message}`);
	}
	return {
		verify: (request) => (byToken ? hasValidToken(request, secret) : isSigned(request, secret)),
		parseEvent(body) {
			const event = readEvent(body);
			const isNamed = event?.name !== undefined;
			if (event === undefined || (isNamed ? !wanted.has(event.name ?? '') : !byToken)) {
				return undefined;
			}
			// Aktify's events have no ID, but a time. Custom payloads may have neither: two that look the
			// same may be two events, and none may be lost.
			const isTelling = !byToken || event.time !== undefined;
			// Other white space does not make another event: a signature holds for every spelling.
			return {
				id: isTelling ? JSON.stringify(body) : randomUUID(),
				output: () => toOutput(event, simplify),
			};
		},
	};
}
