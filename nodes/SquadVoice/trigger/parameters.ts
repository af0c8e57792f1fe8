import type { IDataObject } from 'n8n-workflow';
import { asNumber, asText, toRawOutput, type JsonObject } from '../../shared/values/json';
import { readPathId } from '../../shared/parameters/leadParameters';
import {
	TriggerParameters,
	type ParameterContext,
} from '../../shared/parameters/triggerParameters';
import { simplifyLead } from '../lead/simplify';
import { triggerFields } from './description';

/** @throws NodeOperationError for an option that is not understood */
export const parametersOf = (context: ParameterContext) =>
	new TriggerParameters(context, triggerFields);

/** True if leads come by webhook; otherwise by polling. */
export function usesWebhook(context: ParameterContext): boolean {
	return parametersOf(context).value('source') === 'webhook';
}

/** The ID of the selected campaign. @throws InvalidInputError */
export function readCampaign(context: ParameterContext): string {
	return readPathId(parametersOf(context).locator('campaign', 'Campaign'), 'Campaign');
}

/** The option Look Back, in milliseconds. */
export function readLookBackMs(context: ParameterContext): number {
	return (asNumber(parametersOf(context).option('lookBack')) ?? 10) * 60_000;
}

/** A processed lead in the field names of the SquadVoice node, or as SquadVoice sent it. */
export function toOutput(lead: JsonObject, simplify: boolean): IDataObject {
	return { event: 'lead.processed', ...(simplify ? simplifyLead(lead) : toRawOutput(lead)) };
}

/** The ID of a processing of a lead: a lead may be processed again, which is another event. */
export function eventIdOf(lead: JsonObject): string {
	// Without a time, only the content distinguishes two processings.
	return `${asText(lead.lead_id) ?? ''}|${asText(lead.processed_at) ?? JSON.stringify(lead)}`;
}
