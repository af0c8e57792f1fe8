import type { IHookFunctions, ITriggerFunctions } from 'n8n-workflow';
import { withClient } from '../../shared/transport/withClient';
import { isObject, asObjects, getOwn, asText, asTexts } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { collectPages } from '../../shared/transport/pagination';
import type { ApiClient } from '../../shared/transport/ApiClient';
import type { ParameterContext } from '../../shared/parameters/triggerParameters';
import { registrationState, triggerState } from '../../shared/trigger/TriggerState';
import { closePage } from '../lead/page';
import { close, closeRequest } from '../transport/vendor';
import { kept } from './state';

/** Close's own bound for an organization (Close docs, webhooks). */
const mostSubscriptions = 40;

function urlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

function eventsOf(context: ParameterContext): Array<{ object_type: string; action: string }> {
	const events = asTexts(context.getNodeParameter('triggerOn', []));
	if (events.length === 0) {
		throw new InvalidInputError('Trigger On is empty', 'Choose at least one event');
	}
	return events.map((event) => {
		const [objectType = '', action = ''] = event.split('.');
		return { object_type: objectType, action };
	});
}

async function allSubscriptions(client: ApiClient): Promise<JsonObject[]> {
	return await collectPages(Infinity, async (page) => await closePage(client, 'webhook', page));
}

/** Removes a subscription; one that is gone is removed. */
async function remove(client: ApiClient, id: string): Promise<void> {
	await client.request(
		closeRequest(
			'webhook',
			{ method: 'DELETE', safety: 'idempotent', expectedStatuses: [404] },
			id,
		),
	);
}

/** Whether a subscription is for exactly these events, with no filter of somebody else's. */
function listensTo(subscription: JsonObject, events: ReturnType<typeof eventsOf>): boolean {
	const name = (event: JsonObject) =>
		`${asText(event.object_type) ?? ''}.${asText(event.action) ?? ''}${event.extra_filter == null ? '' : ' filtered'}`;
	const has = asObjects(subscription.events).map(name).sort();
	const wants = events.map(name).sort();
	return JSON.stringify(has) === JSON.stringify(wants);
}

/** Sets a subscription right that was paused, sent elsewhere or given other events. */
async function repair(
	client: ApiClient,
	ours: JsonObject,
	url: string,
	events: ReturnType<typeof eventsOf>,
): Promise<void> {
	if (ours.url === url && ours.status === 'active' && listensTo(ours, events)) return;
	await client.request(
		closeRequest(
			'webhook',
			{ method: 'PUT', safety: 'idempotent', body: { url, events, status: 'active' } },
			asText(ours.id) ?? '',
		),
	);
}

/**
 * Looks after the subscription while the workflow is active.
 * @returns whether Close still has it
 */
export async function ensureSubscription(context: ITriggerFunctions): Promise<boolean> {
	const state = triggerState(context);
	const id = asText(state.fact(kept.id)) ?? '';
	const url = asText(state.fact(kept.url));
	return await withClient(context, close, async (client) => {
		const { status, body } = await client.request(
			closeRequest('webhook', { method: 'GET', safety: 'safe', expectedStatuses: [404] }, id),
		);
		if (status === 404) return false;
		// Deactivated meanwhile: then it is to stay as it is.
		if (state.fact(kept.id) !== id) return true;
		const ours = { ...(isObject(body) ? body : {}), id };
		await repair(client, ours, url ?? asText(getOwn(body, 'url')) ?? '', eventsOf(context));
		return true;
	});
}

/**
 * Looks at Close for the subscription of this trigger, and repairs it: one that was paused or changed
 * is set right; others to the same address, and one whose secret was lost, are removed.
 * @returns whether there is one that works
 */
export async function subscriptionExists(context: IHookFunctions): Promise<boolean> {
	const state = registrationState(context);
	return await withClient(context, close, async (client) => {
		const url = urlOf(context);
		const events = eventsOf(context);
		const id = asText(state.fact(kept.id));
		const all = await allSubscriptions(client);
		const ours = all.find((subscription) => id !== undefined && asText(subscription.id) === id);
		const usable = ours !== undefined && asText(state.fact(kept.secret)) !== undefined;
		for (const other of all) {
			const otherId = asText(other.id);
			const isStray = other.url === url && !(usable && other === ours);
			if (otherId !== undefined && isStray) await remove(client, otherId);
		}
		if (!usable || id === undefined) {
			if (ours !== undefined && id !== undefined && ours.url !== url) await remove(client, id);
			state.keep({ [kept.id]: undefined, [kept.secret]: undefined });
			return false;
		}
		await repair(client, ours, url, events);
		state.keep({ [kept.url]: url });
		return true;
	});
}

/** Makes the subscription of this trigger and keeps its secret. @throws NodeOperationError in words for the user */
export async function subscribe(context: IHookFunctions): Promise<boolean> {
	const state = registrationState(context);
	await withClient(context, close, async (client) => {
		const events = eventsOf(context);
		const taken = await allSubscriptions(client);
		if (taken.length >= mostSubscriptions) {
			throw new InvalidInputError(
				`Close allows ${mostSubscriptions} webhook subscriptions an organization, and all of them are taken`,
				'Deactivate workflows that no longer need one, or delete subscriptions that nobody uses (Close API, GET and DELETE /webhook/), then activate again',
			);
		}
		const url = urlOf(context);
		const { body } = await client.request(
			closeRequest('webhook', { method: 'POST', safety: 'unsafe', body: { url, events } }),
		);
		const id = asText(getOwn(body, 'id'));
		const secret = asText(getOwn(body, 'signature_key'));
		if (id === undefined || secret === undefined) {
			throw new InvalidInputError(
				'Close made a subscription but did not tell its signature key',
				'Activate the workflow again: the subscription is then made anew',
			);
		}
		state.keep({ [kept.id]: id, [kept.secret]: secret, [kept.url]: url });
	});
	return true;
}

/** Removes the subscription of this trigger, and whatever else goes to its address. */
export async function unsubscribe(context: IHookFunctions): Promise<boolean> {
	const state = registrationState(context);
	await withClient(context, close, async (client) => {
		const id = asText(state.fact(kept.id));
		if (id !== undefined) await remove(client, id);
		const url = urlOf(context);
		for (const other of await allSubscriptions(client)) {
			const otherId = asText(other.id);
			if (other.url === url && otherId !== undefined) await remove(client, otherId);
		}
		state.keep({ [kept.id]: undefined, [kept.secret]: undefined });
	});
	return true;
}
