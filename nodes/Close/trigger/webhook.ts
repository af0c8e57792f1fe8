import type { IWebhookFunctions } from 'n8n-workflow';
import { isObject, numberOf, own, textOf } from '../../shared/values/json';
import type { TriggerEvent, WebhookSource } from '../../shared/trigger/receiveWebhook';
import { stateOf } from '../../shared/trigger/TriggerState';
import { hmacSha256, isFresh, sameSecret } from '../../shared/trigger/webhookSignature';
import { idsOf, isWanted, readWanted } from './events';
import { itemOf } from './output';
import { countSeen, kept, keepMoment } from './state';

/** Close's keys are bytes in hex; anything else would be read as fewer bytes, or as none. */
const isKey = (secret: string) => /^(?:[\da-f]{2})+$/i.test(secret);

/**
 * What came is from Close when `close-sig-hash` is the HMAC of its time and its raw body, by the key
 * of our subscription in bytes, and the time is near (Close docs, webhooks: signatures).
 */
const admits: WebhookSource['admits'] = ({ headers, rawBody, nowMs }, state) => {
	const secret = textOf(state.fact(kept.secret));
	const timestamp = textOf(own(headers, 'close-sig-timestamp'));
	if (secret === undefined || !isKey(secret) || timestamp === undefined) return false;
	const expected = hmacSha256(Buffer.from(secret, 'hex'), timestamp, rawBody);
	const seconds = numberOf(timestamp);
	return (
		sameSecret(own(headers, 'close-sig-hash'), expected) &&
		isFresh(seconds === undefined ? undefined : seconds * 1000, nowMs)
	);
};

/** Close's webhook, for `receiveWebhook`. */
export function webhookOf(context: IWebhookFunctions): WebhookSource {
	const wanted = readWanted(context);
	return {
		admits,
		read(body): TriggerEvent | undefined {
			const event = own(body, 'event');
			const ids = isObject(event) ? idsOf(event) : undefined;
			if (!isObject(event) || ids === undefined) return undefined;
			const state = stateOf(context);
			keepMoment(state, event);
			if (!isWanted(event, wanted)) return undefined;
			return {
				...ids,
				output: async () => {
					countSeen(state);
					return await itemOf(context, event, wanted);
				},
			};
		},
	};
}
