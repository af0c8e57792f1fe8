import type { IDataObject, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { withClient } from '../../shared/transport/withClient';
import { toError, isObject } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { close, closeRequest } from '../transport/vendor';
import { leadIdOf, leadIn, toOutput } from './events';
import type { Wanted } from './events';

/** An event as it leaves the node. Does not throw. */
export async function itemOf(
	context: ITriggerFunctions | IWebhookFunctions,
	event: JsonObject,
	{ simplify }: Wanted,
): Promise<IDataObject> {
	return toOutput(event, simplify ? await withContacts(context, event) : {}, simplify);
}

/**
 * The lead of an event with what is needed to call it. Whether an event tells the contacts is not
 * documented; where it does not, Close is asked for the lead. An event is not held up by that: without
 * an answer it goes out as it came.
 */
async function withContacts(
	context: ITriggerFunctions | IWebhookFunctions,
	event: JsonObject,
): Promise<JsonObject> {
	const lead = leadIn(event);
	const id = leadIdOf(event);
	const tells = lead.contacts !== undefined || lead.primary_phone !== undefined;
	if (tells || event.action === 'deleted' || id === undefined) return lead;
	try {
		return await withClient(context, close, async (client) => {
			const { status, body } = await client.request(
				closeRequest('lead', { method: 'GET', safety: 'safe', expectedStatuses: [404] }, id),
			);
			return status === 200 && isObject(body) ? { ...body, ...lead } : lead;
		});
	} catch (error) {
		context.logger.warn(
			`${context.getNode().name}: the contacts of a lead could not be read: ${toError(error).message}`,
		);
		return lead;
	}
}
