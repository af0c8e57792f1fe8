import type { VendorReply } from '../server/handler';
import type { SandboxState } from '../server/SandboxState';
import { EVENT_TYPES_V1, EVENT_TYPES_V2, type AktifyEvent } from '../vendors/aktify/events';
import { toE164 } from '../vendors/aktify/phone';
import { closeUsers } from '../vendors/close/accounts';
import { newId } from '../vendors/close/ids';
import type { CloseLead } from '../vendors/close/store';
import type { WriteRequest } from '../vendors/close/writeRequest';
import * as writes from '../vendors/close/writes';
import { asObject, asText, InvalidInput, rejectUnknownKeys } from './input';

const AKTIFY_EVENTS = [...EVENT_TYPES_V1, ...EVENT_TYPES_V2];

/**
 * Lets something happen to a number at Aktify, such as a STOP: `{ campaign, phone, type }`.
 * @throws InvalidInput
 */
export function playEvent({ aktify }: SandboxState, body: unknown): AktifyEvent[] {
	const raw = asObject(body);
	rejectUnknownKeys(raw, ['campaign', 'phone', 'type', 'more'], 'The body');
	const campaign = asText(raw.campaign, 'campaign');
	const phone = asText(raw.phone, 'phone');
	const type = AKTIFY_EVENTS.find((name) => name === raw.type);
	if (!type) throw new InvalidInput(`type must be one of ${EVENT_TYPES_V2.join(', ')}.`);
	if (toE164(phone) === undefined) throw new InvalidInput(`"${phone}" is not a phone number.`);
	return aktify.play(campaign, phone, type, raw.more === undefined ? {} : asObject(raw.more));
}

/** Runs a write as a person in Close's app, and publishes its events. */
export function inCloseApp<T>({ close }: SandboxState, write: (userId: string) => T): T {
	const userId = closeUsers.ben.id;
	const origin = { userId, apiKeyId: undefined, requestId: newId('req') };
	return close.webhooks.publishChanges(origin, () => write(userId));
}

function sendInApp(
	state: SandboxState,
	json: Record<string, unknown>,
	write: (request: WriteRequest) => VendorReply,
): unknown {
	const { close } = state;
	const reply = inCloseApp(state, (userId) =>
		write({ state: close, json, userId, fields: undefined }),
	);
	if (reply.status < 400) return reply.body;
	throw new InvalidInput(`Close refuses this: ${JSON.stringify(reply.body)}`);
}

function leadOf({ close }: SandboxState, id: unknown): CloseLead {
	const lead = close.leads.get(asText(id, 'leadId'));
	if (lead) return lead;
	throw new InvalidInput('There is no such lead.');
}

/**
 * Creates a lead with a contact in Close's app: `{ name, phone }`.
 * @throws InvalidInput
 */
export function createLead(state: SandboxState, body: unknown): unknown {
	const raw = asObject(body);
	rejectUnknownKeys(raw, ['name', 'phone'], 'The body');
	const name = asText(raw.name, 'name');
	const phones = raw.phone === undefined ? [] : [{ phone: raw.phone, type: 'office' }];
	return sendInApp(state, { name, contacts: [{ name, phones }] }, writes.createLead);
}

/**
 * Changes a lead's status in Close's app: `{ leadId, statusId }`.
 * @throws InvalidInput
 */
export function changeStatus(state: SandboxState, body: unknown): unknown {
	const raw = asObject(body);
	rejectUnknownKeys(raw, ['leadId', 'statusId'], 'The body');
	const lead = leadOf(state, raw.leadId);
	const json = { status_id: asText(raw.statusId, 'statusId') };
	return sendInApp(state, json, (request) => writes.updateLead(request, lead));
}

/**
 * Deletes a lead in Close's app: `{ leadId }`.
 * @throws InvalidInput
 */
export function deleteLead(state: SandboxState, body: unknown): unknown {
	const raw = asObject(body);
	rejectUnknownKeys(raw, ['leadId'], 'The body');
	const lead = leadOf(state, raw.leadId);
	return sendInApp(state, {}, () => writes.deleteLead(state.close, lead));
}

/**
 * Merges a lead into another one in Close's app: `{ source, destination }`.
 * @throws InvalidInput
 */
export function mergeLeads(state: SandboxState, body: unknown): unknown {
	const raw = asObject(body);
	rejectUnknownKeys(raw, ['source', 'destination'], 'The body');
	const { source, destination } = raw;
	return sendInApp(state, { source, destination }, writes.mergeLeads);
}
