import type { INodeProperties } from 'n8n-workflow';
import { optionsField, type OptionName } from '../../shared/descriptions/options';

/** The Options of an operation, with the values that SquadVoice has without them (Phone Format: with API v1). */
export const squadVoiceOptions = (
	names: readonly OptionName[],
	ownFields: readonly INodeProperties[] = [],
): INodeProperties =>
	optionsField(names, ownFields, {
		phoneFormat: 'e164WithoutPlus',
		requestsPerMinute: 100,
	});
