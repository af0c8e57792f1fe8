import { optionLabel, RUN_OPTIONS } from '../descriptions/options';
import { InvalidInputError } from '../errors/InvalidInputError';
import type { ItemParameters } from '../parameters/ItemParameters';
import { InvalidOptionError, oneOf } from '../parameters/optionReaders';
import type { RequestSettings } from '../transport/request';
import type { Vendor } from '../transport/vendor';
import { asNumber } from '../values/json';
import { quote } from '../values/quote';

/** Options that apply to the whole run, read from the first item. */
export interface RunSettings extends RequestSettings {
	previewOnly: boolean;
	/** Include Input Fields. */
	includeInput: boolean;
	/** Leads per request. */
	batchSize: number;
	/** Where sent leads are remembered across executions; undefined: nowhere. */
	remember: 'node' | 'workflow' | undefined;
}

const REMEMBER_SCOPES = ['off', 'node', 'workflow'] as const;

/**
 * Reads the run's settings. A missing value is the vendor's default. @throws InvalidOptionError
 * @param acceptsRepeats of the operation: then leads are remembered unless the user turns it off
 */
export function readRunSettings(
	item: ItemParameters,
	vendor: Vendor,
	acceptsRepeats = false,
): RunSettings {
	const number = (name: string, fallback: number) =>
		asNumber(item.option('options', name)) ?? fallback;
	const remember =
		oneOf(item.option('options', 'rememberSentLeads'), REMEMBER_SCOPES, 'Remember Sent Leads') ??
		(acceptsRepeats ? 'node' : 'off');
	return {
		remember: remember === 'off' ? undefined : remember,
		previewOnly: item.option('options', 'previewOnly') === true,
		includeInput: item.option('options', 'includeInputFields') !== false,
		maxConcurrentRequests: number('requestsAtOnce', vendor.defaultConcurrency),
		requestsPerMinute: number('requestsPerMinute', vendor.requestsPerMinute),
		batchSize: number('leadsPerRequest', 100),
		timeoutMs: Math.round(number('timeout', 30) * 1000),
		giveUpAfterMs: Math.round(number('giveUpAfter', 300) * 1000),
	};
}

/** A check for all other items: options that apply to the whole run must not differ. Only expressions can. */
export function runOptionsCheck(first: ItemParameters): (item: ItemParameters) => void {
	const varying = RUN_OPTIONS.filter((name) => first.hasExpression('options', name));
	const expected = varying.map((name) => first.option('options', name));
	return (item) => {
		for (const [index, name] of varying.entries()) {
			const value = item.option('options', name);
			if (value === expected[index]) continue;
			const label = optionLabel(name);
			throw new InvalidOptionError(
				name,
				`${label} applies to the whole run, but differs: ${quote(expected[index])} for item ${first.itemIndex}, ${quote(value)} for item ${item.itemIndex}`,
				`Give ${label} one value for all items, or send the items with two nodes`,
			);
		}
	};
}

/** What stops the run for all items: an option of the whole run that one of them makes unclear. */
export function wholeRunError(error: unknown, itemIndex: number): InvalidInputError | undefined {
	if (!(error instanceof InvalidOptionError)) return undefined;
	if (!RUN_OPTIONS.some((name) => name === error.option)) return undefined;
	return new InvalidInputError(`${error.message} [item ${itemIndex}]`, error.description);
}
