import type { Attempt, WebhookSender } from './deliveries';

/**
 * Requests other than the original webhook, to test a receiver:
 * - `redelivery`: the same body with a new signature, as from a vendor that missed the reply
 * - `replay`: the headers and body of the first attempt, as an eavesdropper has them
 * - `badSignature`: signed with another key
 * - `noSignature`: not signed
 * - `oldTimestamp`: correctly signed, ten minutes ago
 * - `alteredBody`: the signature of the original body, with another body
 */
export const FORGERY_KINDS = [
	'redelivery',
	'replay',
	'badSignature',
	'noSignature',
	'oldTimestamp',
	'alteredBody',
] as const;

export type ForgeryKind = (typeof FORGERY_KINDS)[number];

/** The original webhook. */
export interface Original {
	url: string;
	body: string;
	/** The headers with the vendor's signature of a body at a time. */
	sign(body: string, nowMs: number): Record<string, string>;
	/** The same with another key than the receiver's. */
	signWrongly(body: string, nowMs: number): Record<string, string>;
	/** Its attempts so far. */
	attempts: Attempt[];
}

const OLD_MS = 600_000;

/** Another body, still valid JSON for a JSON object: only the signature reveals the change. */
function altered(body: string): string {
	return body.endsWith('}') ? `${body.slice(0, -1)},"altered":true}` : `${body} altered`;
}

/**
 * Sends a forgery once, without retries.
 * @throws an Error when there is no attempt to replay
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
			return await deliveries.attempt(url, sign(body, now - OLD_MS), body);
		case 'alteredBody':
			return await deliveries.attempt(url, sign(body, now), altered(body));
		default:
			return await deliveries.attempt(url, sign(body, now), body);
	}
}
