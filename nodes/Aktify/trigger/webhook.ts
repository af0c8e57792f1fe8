import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { randomUUID } from 'crypto';
import { runError } from '../../shared/actions/outcome/nodeErrors';
import { asError, numberOf, own, parseBody, textOf, textsIn } from '../../shared/values/json';
import { InvalidLead } from '../../shared/actions/outcome/outcome';
import type { WebhookRequest, WebhookSource } from '../../shared/trigger/receiveWebhook';
import {
	bringsToken,
	hmacSha256,
	isFresh,
	sameSecret,
	shortestToken,
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
	return textOf(
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
	if (byToken && secret.length < shortestToken) {
		throw runError(
			context,
			new InvalidLead(
				`The Webhook Token in the Aktify credential has less than ${shortestToken} characters`,
				'Open the credential and fill in Webhook Token, then let Aktify send it along',
			),
		);
	}
	if (secret === '') {
		throw runError(
			context,
			new InvalidLead(
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
	for (const part of (textOf(own(headers, 'aktify-signature')) ?? '').split(',')) {
		const at = part.indexOf('=');
		parts.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
	}
	const time = parts.get('t') ?? '';
	if (!isFresh(numberOf(time), nowMs)) return false;
	const text = rawBody.toString('utf8');
	const spellings = [text, JSON.stringify(parseBody(text).body) ?? text];
	return spellings.some(
		(body) =>
			sameSecret(parts.get('v2'), hmacSha256(secret, `${time}.`, body)) ||
			sameSecret(parts.get('v1'), hmacSha256(secret, body)),
	);
}

/** Aktify's webhook, for `receiveWebhook`. */
export async function webhookOf(context: IWebhookFunctions): Promise<WebhookSource> {
	const byToken = verificationOf(context) === 'token';
	const wanted = new Set(textsIn(context.getNodeParameter('triggerOn', [])));
	const simplify = readSimplify(context);
	let secret: string | undefined;
	try {
		secret = await secretOf(context);
	} catch (error) {
		// Without a credential nothing can be trusted: every webhook is refused, none fails.
		context.logger.warn(`${context.getNode().name}: ${asError(error).message}`);
	}
	return {
		admits: (request) => (byToken ? bringsToken(request, secret) : isSigned(request, secret)),
		read(body) {
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
