import { createHmac, randomBytes } from 'crypto';

/** The signature key of a new subscription: 32 bytes in hex. */
export const newSignatureKey = (): string => randomBytes(32).toString('hex');

/**
 * The signature headers of a webhook: HMAC-SHA256 over the time in seconds and the body, without a
 * separator, with the decoded hex as key (Close docs, webhooks).
 */
export function signClose(keyHex: string, body: string, nowMs: number): Record<string, string> {
	const timestamp = String(Math.floor(nowMs / 1000));
	const hmac = createHmac('sha256', Buffer.from(keyHex, 'hex'));
	return {
		'close-sig-hash': hmac.update(`${timestamp}${body}`).digest('hex'),
		'close-sig-timestamp': timestamp,
	};
}
