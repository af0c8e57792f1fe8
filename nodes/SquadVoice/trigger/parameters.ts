import type { IDataObject } from 'n8n-workflow';
import { asNumber, asText } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { readPathId } from '../../shared/parameters/leadParameters';
import { toRawOutput } from '../../shared/actions/outcome/outcome';
import { readLocator, readOption } from '../../shared/parameters/triggerParameters';
import type { ParameterContext } from '../../shared/parameters/triggerParameters';
import { simplifyLead } from '../lead/simplify';

/** Whether the workflow goes by webhook; otherwise by polling. */
export function usesWebhook(context: ParameterContext): boolean {
	return context.getNodeParameter('source', 'polling') === 'webhook';
}

/** @throws InvalidInputError */
export function readCampaign(context: ParameterContext): string {
	return readPathId(readLocator(context, 'campaign', 'Campaign'), 'Campaign');
}

/** In milliseconds. */
export function readLookBack(context: ParameterContext): number {
	const minutes = asNumber(readOption(context, 'lookBack')) ?? 10;
	return Math.min(Math.max(minutes, 1), 1440) * 60_000;
}

/** A processed lead, as the actions of this node put it out, or as SquadVoice told it. */
export function toOutput(lead: JsonObject, simplify: boolean): IDataObject {
	return { event: 'lead.processed', ...(simplify ? simplifyLead(lead) : toRawOutput(lead)) };
}

/** What makes two sightings of a lead the same event: a lead may be processed again. */
export function eventIdOf(lead: JsonObject): string {
	return `${asText(lead.lead_id) ?? ''}|${asText(lead.processed_at) ?? ''}`;
}
