import type { INodeProperties } from 'n8n-workflow';
import { options } from './optionFields';

export type OptionName = keyof typeof options;

/** Apply to the whole run: their value must be the same for all items. */
export const RUN_OPTIONS: readonly OptionName[] = [
	'giveUpAfter',
	'includeInputFields',
	'leadsPerRequest',
	'previewOnly',
	'rememberSentLeads',
	'requestsAtOnce',
	'requestsPerMinute',
	'timeout',
];

/** The name of an option in the panel. */
export const optionLabel = (name: OptionName): string => options[name].displayName;

/** Reads a list page by page: one request at a time. */
export const LIST_OPTIONS: readonly OptionName[] = [
	'giveUpAfter',
	'requestsPerMinute',
	'simplify',
	'timeout',
];

/** Reads one record per item. */
export const READ_OPTIONS: readonly OptionName[] = [...LIST_OPTIONS, 'requestsAtOnce'];

/** Writes one record per item. */
export const WRITE_OPTIONS: readonly OptionName[] = [
	'giveUpAfter',
	'includeInputFields',
	'previewOnly',
	'requestsAtOnce',
	'requestsPerMinute',
	'timeout',
];

/** Writes several records per request. */
export const BATCH_WRITE_OPTIONS: readonly OptionName[] = [...WRITE_OPTIONS, 'leadsPerRequest'];

/** Reads a phone number from the item; where the vendor accepts several formats, add `phoneFormat`. */
export const PHONE_OPTIONS: readonly OptionName[] = ['defaultCountry', 'phoneCheck'];

/** Creates leads by phone number. */
export const CREATE_OPTIONS: readonly OptionName[] = [
	...WRITE_OPTIONS,
	...PHONE_OPTIONS,
	'rememberSentLeads',
];

/** What most people look for comes first in Add Option, and what only tunes the run comes last. */
const FIRST: readonly string[] = [
	'rememberSentLeads',
	'previewOnly',
	'defaultCountry',
	'phoneCheck',
	'ifAlreadyThere',
	'includeInputFields',
] satisfies OptionName[];
const LAST: readonly string[] = [
	'leadsPerRequest',
	'requestsAtOnce',
	'requestsPerMinute',
	'giveUpAfter',
	'timeout',
] satisfies OptionName[];

function rankOf(name: string): number {
	if (FIRST.includes(name)) return FIRST.indexOf(name) - FIRST.length;
	return LAST.includes(name) ? 1 + LAST.indexOf(name) : 0;
}

/**
 * The Options collection of an operation, in the order of the panel: the others by name, between the first and the last.
 * @param ownFields options that only it has. @param defaults where this operation's own differ
 */
export function optionsField(
	names: readonly OptionName[],
	ownFields: readonly INodeProperties[] = [],
	defaults: Partial<Record<OptionName, number | string>> = {},
): INodeProperties {
	const shared = names.map(
		(name): INodeProperties => ({
			...options[name],
			default: defaults[name] ?? options[name].default,
		}),
	);
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...shared, ...ownFields].sort(
			(a, b) => rankOf(a.name) - rankOf(b.name) || a.displayName.localeCompare(b.displayName),
		),
	};
}
