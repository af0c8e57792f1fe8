import { createHmac } from 'crypto';

export type SignatureVersion = 'v1' | 'v2';

/**
 * The signature header of a webhook: HMAC-SHA256 with the client secret over the body (v1), or over
 * the time in milliseconds, a dot and the body (v2) (Aktify docs, webhooks).
 */
export function signAktify(
	secret: string,
	body: string,
	nowMs: number,
	version: SignatureVersion,
): Record<string, string> {
	const signed = version === 'v1' ? body : `${nowMs}.${body}`;
	const hash = createHmac('sha256', secret).update(signed).digest('hex');
	return { 'aktify-signature': `t=${nowMs},${version}=${hash}` };
}
