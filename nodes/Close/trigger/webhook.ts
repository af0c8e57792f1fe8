import type { IWebhookFunctions } from 'n8n-workflow';
import { isObject, asNumber, getOwn, asText } from '../../shared/values/json';
import type { TriggerEvent, WebhookSource } from '../../shared/trigger/receiveWebhook';
import { triggerState } from '../../shared/trigger/TriggerState';
import { hmacSha256, isWithinTolerance, secretsEqual } from '../../shared/trigger/webhookSignature';
import { idsOf, isWanted, readWanted } from './events';
import { itemOf } from './output';
import { countSeen, kept, keepMoment } from './state';

/** Close's keys are bytes in hex; anything else would be read as fewer bytes, or as none. */
const isKey = (secret: string) => /^(?:[\da-f]{2})+$/i.test(secret);

/**
 * What came is from Close when `close-sig-hash` is the HMAC of its time and its raw body, by the key
 * of our subscription in bytes, and the time is near (Close docs, webhooks: signatures).
 */
const verify: WebhookSource['verify'] = ({ headers, rawBody, nowMs }, state) => {
	const secret = asText(state.fact(kept.secret));
	const timestamp = asText(getOwn(headers, 'close-sig-timestamp'));
	if (secret === undefined || !isKey(secret) || timestamp === undefined) return false;
	const expected = hmacSha256(Buffer.from(secret, 'hex'), timestamp, rawBody);
	const seconds = asNumber(timestamp);
	return (
		secretsEqual(getOwn(headers, 'close-sig-hash'), expected) &&
		isWithinTolerance(seconds === undefined ? undefined : seconds * 1000, nowMs)
	);
};

/** Close's webhook, for `receiveWebhook`. */
export function webhookOf(context: IWebhookFunctions): WebhookSource {
	const wanted = readWanted(context);
	return {
		verify,
		parseEvent(body): TriggerEvent | undefined {
			const event = getOwn(body, 'event');
			const ids = isObject(event) ? idsOf(event) : undefined;
			if (!isObject(event) || ids === undefined) return undefined;
			const state = triggerState(context);
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
