import type { IDataObject } from 'n8n-workflow';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { toRawOutput, type JsonObject } from '../../shared/values/json';
import { simplifyLead } from './lead';
import { readContactsOf } from './leadContacts';
import { knownContacts } from './leadKeys';

/** Leads as output items: as Close sent them, or simplified, with contacts that Close left out. @throws ApiError */
export async function leadOutputs(
	client: ApiClient,
	leads: readonly JsonObject[],
	simplify: boolean,
): Promise<IDataObject[]> {
	if (!simplify) return leads.map(toRawOutput);
	const complete = await readContactsOf(client, leads);
	return leads.map((lead) => simplifyLead(complete.get(lead) ?? lead));
}

/** The output of a lead that Close has created: where its reply has no contacts, they are those that were sent. */
export function createdOutput(reply: JsonObject, sent: JsonObject, simplify: boolean): IDataObject {
	if (!simplify) return toRawOutput(reply);
	const { contacts } = sent;
	return simplifyLead(knownContacts(reply) === undefined ? { ...reply, contacts } : reply);
}

/** The output of a lead that was changed: contacts that cannot be read do not undo that. */
export async function changedOutput(
	client: ApiClient,
	lead: JsonObject,
	simplify: boolean,
): Promise<IDataObject> {
	const outputs = await leadOutputs(client, [lead], simplify).catch(() => [simplifyLead(lead)]);
	return outputs[0] ?? {};
}
