import type { IDataObject } from 'n8n-workflow';
import { asNumber, asText, isObject } from '../../shared/values/json';
import { TriggerState } from '../../shared/trigger/TriggerState';
import { Watermark, type WatermarkData } from './Watermark';

/** What the Close Trigger stores besides the events it has seen. */
export type CloseTriggerData = WatermarkData & {
	subscriptionId?: string;
	subscriptionUrl?: string;
	/** The subscription's secret, in hex: Close returns it only when the subscription is created. */
	signatureKey?: string;
	/** By kind of event, such as `lead.created`: the time from which to read the log, in ISO 8601. */
	logReadFrom?: Record<string, string>;
	organizationId?: string;
};

export class CloseTriggerState extends TriggerState<CloseTriggerData> {
	readonly watermark = new Watermark(this);

	protected override parse(stored: IDataObject): CloseTriggerData {
		return {
			subscriptionId: asText(stored.subscriptionId),
			subscriptionUrl: asText(stored.subscriptionUrl),
			signatureKey: asText(stored.signatureKey),
			logReadFrom: isObject(stored.logReadFrom) ? timesIn(stored.logReadFrom) : undefined,
			organizationId: asText(stored.organizationId),
			newestEventAt: asText(stored.newestEventAt),
			seenUpTo: asText(stored.seenUpTo),
			seenUpToNext: asText(stored.seenUpToNext),
			eventsSince: asNumber(stored.eventsSince),
		};
	}
}

function timesIn(stored: Record<string, unknown>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(stored).flatMap(([kind, time]): Array<[string, string]> => {
			const text = asText(time);
			return text === undefined ? [] : [[kind, text]];
		}),
	);
}
