import type { IDataObject } from 'n8n-workflow';
import { numberOf, textOf } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { readPathId } from '../../shared/parameters/leadParameters';
import { rawRecord } from '../../shared/actions/outcome/outcome';
import { readLocator, readOption } from '../../shared/parameters/triggerParameters';
import type { ParameterContext } from '../../shared/parameters/triggerParameters';
import { simplifyLead } from '../lead/simplify';

/** Whether the workflow goes by webhook; otherwise by polling. */
export function goesByWebhook(context: ParameterContext): boolean {
	return context.getNodeParameter('source', 'polling') === 'webhook';
}

/** @throws InvalidLead */
export function readCampaignOf(context: ParameterContext): string {
	return readPathId(readLocator(context, 'campaign', 'Campaign'), 'Campaign');
}

/** In milliseconds. */
export function readLookBack(context: ParameterContext): number {
	const minutes = numberOf(readOption(context, 'lookBack')) ?? 10;
	return Math.min(Math.max(minutes, 1), 1440) * 60_000;
}

/** A processed lead, as the actions of this node put it out, or as SquadVoice told it. */
export function toOutput(lead: JsonObject, simplify: boolean): IDataObject {
	return { event: 'lead.processed', ...(simplify ? simplifyLead(lead) : rawRecord(lead)) };
}

/** What makes two sightings of a lead the same event: a lead may be processed again. */
export function eventIdOf(lead: JsonObject): string {
	return `${textOf(lead.lead_id) ?? ''}|${textOf(lead.processed_at) ?? ''}`;
}
