import type { ItemParameters } from '../parameters/ItemParameters';
import { asNumber } from '../values/json';
import type { RequestSettings } from '../transport/ApiClient';
import type { Vendor } from '../transport/vendor';

/** What the user set for the whole run, read from the first item's options. */
export interface RunSettings extends RequestSettings {
	previewOnly: boolean;
	/** Requests open at the same time. */
	requestsAtOnce: number;
	/** The most leads in one list. */
	leadsPerRequest: number;
	/** Where sent leads are remembered over executions, if the user wants that. */
	remember: 'node' | 'workflow' | undefined;
}

const within = (value: number, least: number, most: number) =>
	Math.min(most, Math.max(least, Math.floor(value)));

/** Reads the run's settings; anything left out or out of range comes to the nearest sensible value. */
export function readRunSettings(item: ItemParameters, vendor: Vendor): RunSettings {
	const number = (name: string, otherwise: number) =>
		asNumber(item.option('options', name)) ?? otherwise;
	const remember = item.option('options', 'rememberSentLeads');
	return {
		remember: remember === 'node' || remember === 'workflow' ? remember : undefined,
		previewOnly: item.option('options', 'previewOnly') === true,
		requestsAtOnce: within(number('requestsAtOnce', vendor.defaultConcurrency), 1, 100),
		requestsPerMinute: within(number('requestsPerMinute', vendor.requestsPerMinute), 0, 100_000),
		leadsPerRequest: within(number('leadsPerRequest', 100), 1, Number.MAX_SAFE_INTEGER),
		timeoutMs: within(number('timeout', 30) * 1000, 100, 3_600_000),
		giveUpAfterMs: within(number('giveUpAfter', 300) * 1000, 0, 86_400_000),
	};
}
