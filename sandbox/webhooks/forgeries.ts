import type { Attempt, WebhookSender } from './deliveries';

/**
 * What can be sent besides the real thing, to see what a receiver makes of it:
 * - `redelivery`: the same body, signed anew, as a vendor sends it that missed the answer
 * - `replay`: headers and body as they went out the first time, as an eavesdropper has them
 * - `badSignature`: signed with another key
 * - `noSignature`: not signed at all
 * - `oldTimestamp`: rightly signed, ten minutes ago
 * - `alteredBody`: the signature of the real body, and another body
 */
export const forgeryKinds = [
	'redelivery',
	'replay',
	'badSignature',
	'noSignature',
	'oldTimestamp',
	'alteredBody',
] as const;

export type ForgeryKind = (typeof forgeryKinds)[number];

/** The real thing. */
export interface Original {
	url: string;
	body: string;
	/** The headers of the vendor's signature over a body at a time. */
	sign(body: string, nowMs: number): Record<string, string>;
	/** The same with a key that is not the receiver's. */
	signWrongly(body: string, nowMs: number): Record<string, string>;
	/** The attempts there have been. */
	attempts: Attempt[];
}

const oldMs = 600_000;

/** Something else, and still JSON if it was a JSON object: only the signature can tell. */
function altered(body: string): string {
	return body.endsWith('}') ? `${body.slice(0, -1)},"altered":true}` : `${body} altered`;
}

/**
 * Sends a forgery once, without retries; what the receiver answered is in the attempt. Throws when
 * there is no attempt to replay.
 */
export async function sendForgery(
	deliveries: WebhookSender,
	kind: ForgeryKind,
	{ url, body, sign, signWrongly, attempts }: Original,
): Promise<Attempt> {
	const now = Date.now();
	switch (kind) {
		case 'replay': {
			const [first] = attempts;
			if (!first) throw new Error('Nothing has been sent yet that could be replayed.');
			return await deliveries.attempt(url, first.headers, first.body);
		}
		case 'badSignature':
			return await deliveries.attempt(url, signWrongly(body, now), body);
		case 'noSignature':
			return await deliveries.attempt(url, {}, body);
		case 'oldTimestamp':
			return await deliveries.attempt(url, sign(body, now - oldMs), body);
		case 'alteredBody':
			return await deliveries.attempt(url, sign(body, now), altered(body));
		default:
			return await deliveries.attempt(url, sign(body, now), body);
	}
}
