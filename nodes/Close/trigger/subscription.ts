import type { IHookFunctions, ITriggerFunctions } from 'n8n-workflow';
import { openClient } from '../../shared/transport/withClient';
import {
	isObject,
	asObjects,
	getOwn,
	asText,
	toError,
	type JsonObject,
} from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { collectPages } from '../../shared/transport/pagination';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { ApiError } from '../../shared/transport/ApiError';
import type { ParameterContext } from '../../shared/parameters/triggerParameters';
import {
	checkRegistration,
	createRegistration,
	findRegistration,
	removeRegistration,
} from '../../shared/trigger/registration';
import { hasId, isAcknowledgment, isRecord } from '../../shared/transport/responseValidators';
import { closePage } from '../lead/page';
import { close, closeRequest } from '../transport/vendor';
import { kindOf, partsOf, readSelection } from './events';
import { CloseTriggerState } from './state';

/** Close's own limit for an organization (Close API page, Webhooks). */
const MAX_SUBSCRIPTIONS = 40;

type Events = Array<{ object_type: string; action: string }>;

/** What a subscription has to be. */
interface Wanted {
	url: string;
	events: Events;
}

function urlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

function eventsOf(context: ParameterContext): Events {
	return [...readSelection(context).events].map(partsOf);
}

async function allSubscriptions(client: ApiClient): Promise<JsonObject[]> {
	return await collectPages(Infinity, async (page) => await closePage(client, 'webhook', page));
}

async function remove(client: ApiClient, id: string): Promise<void> {
	await client.request(
		closeRequest('webhook', {
			id,
			method: 'DELETE',
			safety: 'idempotent',
			expectedStatuses: [404],
			validateBody: isAcknowledgment,
		}),
	);
}

/** True if a subscription is for exactly these events, without a filter. */
function listensTo(subscription: JsonObject, events: Events): boolean {
	const name = (event: JsonObject) =>
		`${kindOf(event)}${event.extra_filter == null ? '' : ' filtered'}`;
	const has = asObjects(subscription.events).map(name).sort();
	const wants = events.map(name).sort();
	return JSON.stringify(has) === JSON.stringify(wants);
}

/** Repairs a subscription that was paused, or whose address or events were changed. */
async function repair(client: ApiClient, ours: JsonObject, { url, events }: Wanted): Promise<void> {
	if (ours.url === url && ours.status === 'active' && listensTo(ours, events)) return;
	await client.request(
		closeRequest('webhook', {
			id: asText(ours.id) ?? '',
			method: 'PUT',
			safety: 'idempotent',
			body: { url, events, status: 'active' },
			validateBody: hasId,
		}),
	);
}

/**
 * Repairs the subscription whose secret is stored, and removes all others to its address, such as one whose secret was lost with
 * Close's reply. @returns whether there is one that works, and how many subscriptions are left in the organization
 */
async function keepOnlyOurs(
	client: ApiClient,
	state: CloseTriggerState,
	wanted: Wanted,
): Promise<{ exists: boolean; count: number }> {
	const { subscriptionId: id, signatureKey } = state.data;
	const all = await allSubscriptions(client);
	const ours = all.find((subscription) => id !== undefined && asText(subscription.id) === id);
	const isUsable = ours !== undefined && signatureKey !== undefined;
	const strays = all.flatMap((other) => {
		const isStray = other === ours ? !isUsable : other.url === wanted.url;
		return isStray ? (asText(other.id) ?? []) : [];
	});
	for (const stray of strays) await remove(client, stray);
	if (isUsable) await repair(client, ours, wanted);
	else state.update({ subscriptionId: undefined, signatureKey: undefined });
	return { exists: isUsable, count: all.length - strays.length };
}

/** Creates the subscription of this trigger, unless there is one that works, and stores its secret. */
async function ensureSubscription(
	client: ApiClient,
	state: CloseTriggerState,
	wanted: Wanted,
): Promise<void> {
	const { exists, count } = await keepOnlyOurs(client, state, wanted);
	if (exists) return;
	if (count >= MAX_SUBSCRIPTIONS) {
		throw new InvalidInputError(
			`Close allows ${MAX_SUBSCRIPTIONS} webhook subscriptions per organization, and all of them are in use`,
			'Unpublish workflows that no longer need one, or delete unused subscriptions (Close API, GET and DELETE /webhook/)',
		);
	}
	const { url, events } = wanted;
	const { body } = await client.request(
		closeRequest('webhook', {
			method: 'POST',
			safety: 'unsafe',
			body: { url, events },
			validateBody: isAcknowledgment,
		}),
	);
	const id = asText(getOwn(body, 'id'));
	const secret = asText(getOwn(body, 'signature_key'));
	if (id === undefined || secret === undefined) {
		throw new InvalidInputError(
			'Close created a webhook subscription but did not return its signature key',
		);
	}
	state.update({ subscriptionId: id, signatureKey: secret });
}

/** Stores the address as soon as n8n shows it, for the hourly check. */
function wantedBy(context: IHookFunctions, state: CloseTriggerState): Wanted {
	const url = urlOf(context);
	state.update({ subscriptionUrl: url });
	return { url, events: eventsOf(context) };
}

/** Repairs the subscription, and removes strays at its address; true if there is one that works. */
export async function subscriptionExists(context: IHookFunctions): Promise<boolean> {
	return await findRegistration(context, CloseTriggerState, async (state) => {
		const wanted = wantedBy(context, state);
		return (await keepOnlyOurs(await openClient(context, close), state, wanted)).exists;
	});
}

/** Creates the subscription of this trigger, and stores its secret. @throws NodeOperationError */
export async function subscribe(context: IHookFunctions): Promise<boolean> {
	return await createRegistration(context, CloseTriggerState, async (state) => {
		const wanted = wantedBy(context, state);
		try {
			await ensureSubscription(await openClient(context, close), state, wanted);
		} catch (error) {
			throw needsHttps(error, wanted) ?? toError(error);
		}
	});
}

/** The error for an address that Close refused because it is not https. */
function needsHttps(error: unknown, { url }: Wanted): Error | undefined {
	const isRefused = error instanceof ApiError && error.status === 400;
	if (!isRefused || url.startsWith('https:')) return undefined;
	return new InvalidInputError(
		`${error.message}. Close requires an https address, and n8n's is ${url}`,
		"Set n8n's N8N_WEBHOOK_URL to its https address, and restart n8n",
	);
}

/** Removes the subscription of this trigger, and all others to its address. */
export async function unsubscribe(context: IHookFunctions): Promise<boolean> {
	return await removeRegistration(context, CloseTriggerState, async (state) => {
		const client = await openClient(context, close);
		const { subscriptionId: id } = state.data;
		if (id !== undefined) await remove(client, id);
		const url = urlOf(context);
		for (const other of await allSubscriptions(client)) {
			const otherId = asText(other.id);
			if (other.url === url && otherId !== undefined) await remove(client, otherId);
		}
		state.update({ subscriptionId: undefined, signatureKey: undefined });
	});
}

/** What a check did to the subscription of a published workflow. */
export type CheckedSubscription = 'unchanged' | 'replaced' | { failedToReplace: Error };

async function isThere(
	client: ApiClient,
	{ data: { subscriptionId: id, subscriptionUrl } }: CloseTriggerState,
	events: Events,
): Promise<boolean> {
	if (id === undefined) return false;
	const { status, body } = await client.request(
		closeRequest('webhook', {
			id,
			method: 'GET',
			safety: 'safe',
			expectedStatuses: [404],
			validateBody: isRecord(id),
		}),
	);
	if (status === 404) return false;
	const ours = { ...(isObject(body) ? body : {}), id };
	await repair(client, ours, { url: subscriptionUrl ?? asText(getOwn(body, 'url')) ?? '', events });
	return true;
}

/** Repairs or replaces the subscription of a published workflow; undefined if the workflow is not registered at Close. */
export async function checkSubscription(
	context: ITriggerFunctions,
): Promise<CheckedSubscription | undefined> {
	return await checkRegistration(context, CloseTriggerState, async (state) => {
		const client = await openClient(context, close);
		const events = eventsOf(context);
		if (await isThere(client, state, events)) return 'unchanged';
		try {
			const { subscriptionUrl: url = '' } = state.data;
			await ensureSubscription(client, state, { url, events });
			return 'replaced';
		} catch (error) {
			return { failedToReplace: toError(error) };
		}
	});
}
