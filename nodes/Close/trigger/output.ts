import type { IDataObject, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { withClient } from '../../shared/transport/withClient';
import { toError, isObject, type JsonObject } from '../../shared/values/json';
import { close, closeRequest } from '../transport/vendor';
import { leadIdOf, leadIn, toOutput, type EventSelection } from './events';

/** The item of an event. Does not throw. */
export async function itemOf(
	context: ITriggerFunctions | IWebhookFunctions,
	event: JsonObject,
	{ simplify }: EventSelection,
): Promise<IDataObject> {
	return toOutput(event, simplify ? await withContacts(context, event) : {}, simplify);
}

/** The lead of an event, read from Close if the event has no contacts; as it came if that fails. */
async function withContacts(
	context: ITriggerFunctions | IWebhookFunctions,
	event: JsonObject,
): Promise<JsonObject> {
	const lead = leadIn(event);
	const id = leadIdOf(event);
	const hasContacts = lead.contacts !== undefined || lead.primary_phone !== undefined;
	if (hasContacts || event.action === 'deleted' || id === undefined) return lead;
	try {
		return await withClient(context, close, async (client) => {
			const { status, body } = await client.request(
				closeRequest('lead', { id, method: 'GET', safety: 'safe', expectedStatuses: [404] }),
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
