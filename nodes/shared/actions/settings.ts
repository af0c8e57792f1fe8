import type { ItemParameters } from '../parameters/ItemParameters';
import type { RequestSettings } from '../transport/request';
import type { Vendor } from '../transport/vendor';
import { asNumber } from '../values/json';

/** Options that apply to the whole run, read from the first item. */
export interface RunSettings extends RequestSettings {
	previewOnly: boolean;
	maxConcurrentRequests: number;
	/** Leads per request. */
	batchSize: number;
	/** Where sent leads are remembered across executions; undefined: nowhere. */
	remember: 'node' | 'workflow' | undefined;
}

const clamp = (value: number, min: number, max: number) =>
	Math.min(max, Math.max(min, Math.floor(value)));

/** Reads the run's settings. A missing value is the vendor's default, one out of range the nearest limit. */
export function readRunSettings(item: ItemParameters, vendor: Vendor): RunSettings {
	const number = (name: string, fallback: number) =>
		asNumber(item.option('options', name)) ?? fallback;
	const remember = item.option('options', 'rememberSentLeads');
	return {
		remember: remember === 'node' || remember === 'workflow' ? remember : undefined,
		previewOnly: item.option('options', 'previewOnly') === true,
		maxConcurrentRequests: clamp(number('requestsAtOnce', vendor.defaultConcurrency), 1, 100),
		requestsPerMinute: clamp(number('requestsPerMinute', vendor.requestsPerMinute), 0, 100_000),
		batchSize: clamp(number('leadsPerRequest', 100), 1, Number.MAX_SAFE_INTEGER),
		timeoutMs: clamp(number('timeout', 30) * 1000, 100, 3_600_000),
		giveUpAfterMs: clamp(number('giveUpAfter', 300) * 1000, 0, 86_400_000),
	};
}
