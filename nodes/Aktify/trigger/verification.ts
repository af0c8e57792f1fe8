import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import type { WebhookRequest } from '../../shared/trigger/receiveWebhook';
import {
	checkTokenLength,
	hasValidBasicAuth,
	hasValidToken,
	hmacSha256,
	isWithinTolerance,
	readToken,
	secretsEqual,
} from '../../shared/trigger/webhookSignature';
import { asNumber, asText, getOwn, parseBody } from '../../shared/values/json';

type Credentials = ICredentialDataDecryptedObject;

/** A way to verify that a webhook is from Aktify. */
interface Verification {
	/** @throws InvalidInputError for a credential that lacks what is needed */
	checkCredential(credentials: Credentials): void;
	isFromAktify(
		request: WebhookRequest,
		credentials: Credentials,
		context: IWebhookFunctions,
	): boolean;
}

export const VERIFICATION_NAMES = ['signature', 'token', 'basicAuth'] as const;

/** Aktify signs its own payloads, and sends custom ones with a login or a header (Aktify docs, Custom Payloads). */
export const VERIFICATIONS: Record<(typeof VERIFICATION_NAMES)[number], Verification> = {
	signature: {
		checkCredential({ clientSecret }) {
			if (asText(clientSecret) === undefined) {
				throw new InvalidInputError(
					'Add the Client Secret to the Aktify credential first',
					'Without it, webhooks cannot be verified. Set a client secret in the Aktify Portal under Settings > Webhooks, and enter the same one in the credential',
				);
			}
			// Aktify docs, Setting Up a Webhook.
			checkTokenLength(
				clientSecret,
				'The Client Secret in the Aktify credential',
				"Aktify's secrets have 16 characters or more: copy the secret from the webhook in the Aktify Portal, under Settings > Webhooks",
			);
		},
		isFromAktify: (request, { clientSecret }) => isSigned(request, asText(clientSecret)),
	},
	token: {
		checkCredential({ webhookToken }) {
			checkTokenLength(
				webhookToken,
				'The Webhook Token in the Aktify credential',
				'Fill in Webhook Token in the credential, and make Aktify send it with each webhook',
			);
		},
		isFromAktify: (request, { webhookToken }, context) =>
			hasValidToken(request, readToken(context, webhookToken)),
	},
	basicAuth: {
		checkCredential({ webhookUser, webhookPassword }) {
			if (asText(webhookUser) === undefined) {
				throw new InvalidInputError(
					'The Webhook User Name in the Aktify credential is empty',
					'Fill in the user name that Aktify sends with each webhook',
				);
			}
			checkTokenLength(
				webhookPassword,
				'The Webhook Password in the Aktify credential',
				'Fill in Webhook Password in the credential, and enter the same one in the Aktify Portal, in each custom payload',
			);
		},
		isFromAktify: (request, { webhookUser, webhookPassword }, context) =>
			hasValidBasicAuth(
				request,
				asText(webhookUser),
				readToken(context, webhookPassword, 'Webhook Password'),
			),
	},
};

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
