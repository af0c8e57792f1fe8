import { createHmac, randomBytes } from 'crypto';

/** A key as Close hands it out with a new subscription: 32 bytes in hex. */
export const newSignatureKey = (): string => randomBytes(32).toString('hex');

/**
 * The headers that Close signs a webhook with: HMAC-SHA256 over the time in seconds and the body,
 * nothing in between, keyed by the bytes that the hex stands for (Close docs, webhooks).
 */
export function signClose(keyHex: string, body: string, nowMs: number): Record<string, string> {
	const timestamp = String(Math.floor(nowMs / 1000));
	const hmac = createHmac('sha256', Buffer.from(keyHex, 'hex'));
	return {
		'close-sig-hash': hmac.update(`${timestamp}${body}`).digest('hex'),
		'close-sig-timestamp': timestamp,
	};
}
