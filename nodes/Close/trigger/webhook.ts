import type { IWebhookFunctions } from 'n8n-workflow';
import { isObject, asNumber, getOwn, asText } from '../../shared/values/json';
import type { TriggerEvent, WebhookSource } from '../../shared/trigger/receiveWebhook';
import { hmacSha256, isWithinTolerance, secretsEqual } from '../../shared/trigger/webhookSignature';
import { eventIdsOf, eventTimeOf, isSelected, readSelection } from './events';
import { itemOf } from './output';
import { CloseTriggerState } from './state';

/** Close's keys are bytes in hex; `Buffer.from` would read anything else as fewer bytes, or as none. */
const isKey = (secret: string) => /^(?:[\da-f]{2})+$/i.test(secret);

/** `close-sig-hash`: HMAC of time and raw body by the key (Close API page, Webhooks: signatures). */
const verify: WebhookSource<CloseTriggerState>['verify'] = (
	{ headers, rawBody, nowMs },
	{ data: { signatureKey: secret } },
) => {
	const timestamp = asText(getOwn(headers, 'close-sig-timestamp'));
	if (secret === undefined || !isKey(secret) || timestamp === undefined) return false;
	const expected = hmacSha256(Buffer.from(secret, 'hex'), timestamp, rawBody);
	const seconds = asNumber(timestamp);
	return (
		secretsEqual(getOwn(headers, 'close-sig-hash'), expected) &&
		isWithinTolerance(seconds === undefined ? undefined : seconds * 1000, nowMs)
	);
};

export function webhookOf(context: IWebhookFunctions): WebhookSource<CloseTriggerState> {
	const selection = readSelection(context);
	return {
		StateClass: CloseTriggerState,
		verify,
		parseEvent(body, { watermark }): TriggerEvent | undefined {
			const event = getOwn(body, 'event');
			const ids = isObject(event) ? eventIdsOf(event) : undefined;
			if (!isObject(event) || ids === undefined || !isSelected(event, selection)) return undefined;
			return {
				...ids,
				toOutput: async () => {
					watermark.recordEvent(eventTimeOf(event));
					return await itemOf(context, event, selection);
				},
			};
		},
	};
}
