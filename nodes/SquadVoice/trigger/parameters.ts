import type { IDataObject } from 'n8n-workflow';
import { asNumber, asText, toRawOutput, type JsonObject } from '../../shared/values/json';
import { readPathId } from '../../shared/parameters/leadParameters';
import {
	readLocator,
	readOption,
	type ParameterContext,
} from '../../shared/parameters/triggerParameters';
import { simplifyLead } from '../lead/simplify';

/** True if leads come by webhook; otherwise by polling. */
export function usesWebhook(context: ParameterContext): boolean {
	return context.getNodeParameter('source', 'polling') === 'webhook';
}

/** The ID of the selected campaign. @throws InvalidInputError */
export function readCampaign(context: ParameterContext): string {
	return readPathId(readLocator(context, 'campaign', 'Campaign'), 'Campaign');
}

/** The option Look Back, in milliseconds. */
export function readLookBackMs(context: ParameterContext): number {
	const minutes = asNumber(readOption(context, 'lookBack')) ?? 10;
	return Math.min(Math.max(minutes, 1), 1440) * 60_000;
}

/** A processed lead in the field names of the SquadVoice node, or as SquadVoice sent it. */
export function toOutput(lead: JsonObject, simplify: boolean): IDataObject {
	return { event: 'lead.processed', ...(simplify ? simplifyLead(lead) : toRawOutput(lead)) };
}

/** The ID of a processing of a lead: a lead may be processed again, which is another event. */
export function eventIdOf(lead: JsonObject): string {
	return `${asText(lead.lead_id) ?? ''}|${asText(lead.processed_at) ?? ''}`;
}
