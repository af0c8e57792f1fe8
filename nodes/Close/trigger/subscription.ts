import type { IHookFunctions, ITriggerFunctions } from 'n8n-workflow';
import { withClient } from '../../shared/transport/withClient';
import { isObject, asObjects, getOwn, asText, type JsonObject } from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { collectPages } from '../../shared/transport/pagination';
import type { ApiClient } from '../../shared/transport/ApiClient';
import type { ParameterContext } from '../../shared/parameters/triggerParameters';
import { registrationState, triggerState } from '../../shared/trigger/TriggerState';
import { hasId, isAcknowledgment, isRecord } from '../../shared/transport/responseValidators';
import { closePage } from '../lead/page';
import { close, closeRequest } from '../transport/vendor';
import { kindOf, readSelection } from './events';
import { CloseTriggerState } from './state';

/** Close's own limit for an organization (Close API page, Webhooks). */
const MAX_SUBSCRIPTIONS = 40;

function urlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

function eventsOf(context: ParameterContext): Array<{ object_type: string; action: string }> {
	const events = [...readSelection(context).events];
	return events.map((event) => {
		const [objectType = '', action = ''] = event.split('.');
		return { object_type: objectType, action };
	});
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
function listensTo(subscription: JsonObject, events: ReturnType<typeof eventsOf>): boolean {
	const name = (event: JsonObject) =>
		`${kindOf(event)}${event.extra_filter == null ? '' : ' filtered'}`;
	const has = asObjects(subscription.events).map(name).sort();
	const wants = events.map(name).sort();
	return JSON.stringify(has) === JSON.stringify(wants);
}

/** Repairs a subscription that was paused, or whose address or events were changed. */
async function repair(
	client: ApiClient,
	ours: JsonObject,
	url: string,
	events: ReturnType<typeof eventsOf>,
): Promise<void> {
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

/** Repairs the subscription of a published workflow; false if Close no longer has it. */
export async function ensureSubscription(context: ITriggerFunctions): Promise<boolean> {
	const state = triggerState(context, CloseTriggerState);
	const { subscriptionId: id = '', subscriptionUrl: url } = state.data;
	return await withClient(context, close, async (client) => {
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
		// Unpublished meanwhile: leave it alone.
		if (state.data.subscriptionId !== id) return true;
		const ours = { ...(isObject(body) ? body : {}), id };
		await repair(client, ours, url ?? asText(getOwn(body, 'url')) ?? '', eventsOf(context));
		return true;
	});
}

/** Repairs the subscription, and removes strays at its address; true if there is one that works. */
export async function subscriptionExists(context: IHookFunctions): Promise<boolean> {
	const state = registrationState(context, CloseTriggerState);
	return await withClient(context, close, async (client) => {
		const url = urlOf(context);
		const events = eventsOf(context);
		const { subscriptionId: id, signatureKey } = state.data;
		const all = await allSubscriptions(client);
		const ours = all.find((subscription) => id !== undefined && asText(subscription.id) === id);
		const isUsable = ours !== undefined && signatureKey !== undefined;
		for (const other of all) {
			const otherId = asText(other.id);
			const isStray = other.url === url && !(isUsable && other === ours);
			if (otherId !== undefined && isStray) await remove(client, otherId);
		}
		if (!isUsable || id === undefined) {
			if (ours !== undefined && id !== undefined && ours.url !== url) await remove(client, id);
			state.update({ subscriptionId: undefined, signatureKey: undefined });
			return false;
		}
		await repair(client, ours, url, events);
		state.update({ subscriptionUrl: url });
		return true;
	});
}

/** Creates the subscription of this trigger, and stores its secret. @throws NodeOperationError */
export async function subscribe(context: IHookFunctions): Promise<boolean> {
	const state = registrationState(context, CloseTriggerState);
	await withClient(context, close, async (client) => {
		const events = eventsOf(context);
		const existing = await allSubscriptions(client);
		if (existing.length >= MAX_SUBSCRIPTIONS) {
			throw new InvalidInputError(
				`Close allows ${MAX_SUBSCRIPTIONS} webhook subscriptions per organization, and all of them are in use`,
				'Unpublish workflows that no longer need one, or delete unused subscriptions (Close API, GET and DELETE /webhook/). Then publish this workflow again.',
			);
		}
		const url = urlOf(context);
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
				'Publish the workflow again. This creates a new subscription.',
			);
		}
		state.update({ subscriptionId: id, signatureKey: secret, subscriptionUrl: url });
	});
	return true;
}

/** Removes the subscription of this trigger, and all others to its address. */
export async function unsubscribe(context: IHookFunctions): Promise<boolean> {
	const state = registrationState(context, CloseTriggerState);
	await withClient(context, close, async (client) => {
		const { subscriptionId: id } = state.data;
		if (id !== undefined) await remove(client, id);
		const url = urlOf(context);
		for (const other of await allSubscriptions(client)) {
			const otherId = asText(other.id);
			if (other.url === url && otherId !== undefined) await remove(client, otherId);
		}
		state.update({ subscriptionId: undefined, signatureKey: undefined });
	});
	return true;
}
