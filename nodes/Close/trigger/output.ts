import type { IDataObject, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { ApiError } from '../../shared/transport/ApiError';
import { withClient } from '../../shared/transport/withClient';
import { runConcurrently } from '../../shared/values/concurrency';
import { toError, type JsonObject } from '../../shared/values/json';
import { leadById } from '../lead/lead';
import { withContacts } from '../lead/leadContacts';
import { close } from '../transport/vendor';
import { dataOf, isOfLead, leadIdOf, type EventSelection } from './events';
import { toOutput } from './simplify';

type TriggerContext = ITriggerFunctions | IWebhookFunctions;

/** Leads that are read at the same time. */
const MAX_CONCURRENT_READS = 10;

/** The items of events, in order. An event without contacts gets those of its lead; each lead is read once. Does not throw. */
export async function itemsOf(
	context: TriggerContext,
	events: readonly JsonObject[],
	{ simplify }: EventSelection,
): Promise<IDataObject[]> {
	if (!simplify) return events.map((event) => toOutput(event, undefined, simplify));
	const leads = await readLeads(context, new Set(events.flatMap((event) => idToRead(event) ?? [])));
	return events.map((event) => toOutput(event, leads.get(idToRead(event) ?? ''), simplify));
}

/** The item of an event. Does not throw. */
export async function itemOf(
	context: TriggerContext,
	event: JsonObject,
	selection: EventSelection,
): Promise<IDataObject> {
	const [item = {}] = await itemsOf(context, [event], selection);
	return item;
}

/** The lead to read for an event; undefined if the event has its contacts, or the lead is gone. */
function idToRead(event: JsonObject): string | undefined {
	if (!isOfLead(event)) return leadIdOf(event);
	const { contacts, primary_phone: phone } = dataOf(event) ?? {};
	const hasContacts = contacts !== undefined || phone !== undefined;
	return hasContacts || event.action === 'deleted' ? undefined : leadIdOf(event);
}

/** Leads by ID, as far as they can be read; once Close cannot be asked, no more are. */
async function readLeads(
	context: TriggerContext,
	ids: ReadonlySet<string>,
): Promise<Map<string, JsonObject>> {
	const leads = new Map<string, JsonObject>();
	if (ids.size === 0) return leads;
	let isAvailable = true;
	const warn = (error: unknown) =>
		context.logger.warn(
			`${context.getNode().name}: the contacts of a lead could not be read: ${toError(error).message}`,
		);
	const readInto = async (client: ApiClient, id: string) => {
		try {
			const lead = await leadById(client, id);
			if (lead === undefined) return;
			leads.set(id, lead);
			leads.set(id, (await withContacts(client, lead)) ?? lead);
		} catch (error) {
			if (!(error instanceof ApiError && error.kind === 'refused')) isAvailable = false;
			warn(error);
		}
	};
	await withClient(context, close, async (client) => {
		const reads = [...ids].map((id) => async () => await readInto(client, id));
		await runConcurrently(reads, MAX_CONCURRENT_READS, () => isAvailable);
	}).catch(warn);
	return leads;
}
