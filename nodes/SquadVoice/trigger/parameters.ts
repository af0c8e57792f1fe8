import type { IDataObject } from 'n8n-workflow';
import { numberOf, own, textOf } from '../../shared/json';
import type { JsonObject } from '../../shared/json';
import { readPathId } from '../../shared/leadFields';
import { InvalidLead, rawRecord } from '../../shared/outcome';
import { simplifyLead } from '../simplify';

/** The contexts from which the node's parameters can be read. */
interface ParameterContext {
	getNodeParameter(name: string, fallback?: unknown, options?: { extractValue?: boolean }): unknown;
}

/** Whether the workflow goes by webhook; otherwise by polling. */
export function goesByWebhook(context: ParameterContext): boolean {
	return context.getNodeParameter('source', 'polling') === 'webhook';
}

/** @throws InvalidLead */
export function readCampaignOf(context: ParameterContext): string {
	const value = context.getNodeParameter('campaign', '', { extractValue: true });
	const campaign = textOf(own(value, 'value') ?? value);
	if (campaign === undefined) throw new InvalidLead('Campaign is empty', 'Fill in Campaign');
	return readPathId(campaign, 'Campaign');
}

export function readSimplify(context: ParameterContext): boolean {
	return own(context.getNodeParameter('options', {}), 'simplify') !== false;
}

/** In milliseconds. */
export function readLookBack(context: ParameterContext): number {
	const minutes = numberOf(own(context.getNodeParameter('options', {}), 'lookBack')) ?? 10;
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
