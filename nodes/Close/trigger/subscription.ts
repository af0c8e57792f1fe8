import type { IHookFunctions, ITriggerFunctions } from 'n8n-workflow';
import { askVendor } from '../../shared/transport/withClient';
import { isObject, objectsIn, own, textOf, textsIn } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { InvalidLead } from '../../shared/actions/outcome/outcome';
import { collectPages } from '../../shared/transport/pagination';
import type { VendorClient } from '../../shared/transport/ApiClient';
import type { ParameterContext } from '../../shared/parameters/triggerParameters';
import { registrationOf, stateOf } from '../../shared/trigger/TriggerState';
import { pageSize } from '../lead/lead';
import { close, closeCall } from '../transport/vendor';
import { kept } from './state';

/** Close's own bound for an organization (Close docs, webhooks). */
const mostSubscriptions = 40;

function urlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

function eventsOf(context: ParameterContext): Array<{ object_type: string; action: string }> {
	const events = textsIn(context.getNodeParameter('triggerOn', []));
	if (events.length === 0) {
		throw new InvalidLead('Trigger On is empty', 'Choose at least one event');
	}
	return events.map((event) => {
		const [objectType = '', action = ''] = event.split('.');
		return { object_type: objectType, action };
	});
}

async function allSubscriptions(client: VendorClient): Promise<JsonObject[]> {
	return await collectPages(Infinity, async (page) => {
		const { body } = await client.call(
			closeCall('webhook', {
				method: 'GET',
				effect: 'read',
				query: { _skip: (page - 1) * pageSize, _limit: pageSize },
			}),
		);
		return { entries: objectsIn(own(body, 'data')), more: own(body, 'has_more') === true };
	});
}

/** Removes a subscription; one that is gone is removed. */
async function remove(client: VendorClient, id: string): Promise<void> {
	await client.call(
		closeCall('webhook', { method: 'DELETE', effect: 'harmlessWrite', accept: [404] }, id),
	);
}

/** Whether a subscription is for exactly these events, with no filter of somebody else's. */
function listensTo(subscription: JsonObject, events: ReturnType<typeof eventsOf>): boolean {
	const name = (event: JsonObject) =>
		`${textOf(event.object_type) ?? ''}.${textOf(event.action) ?? ''}${event.extra_filter == null ? '' : ' filtered'}`;
	const has = objectsIn(subscription.events).map(name).sort();
	const wants = events.map(name).sort();
	return JSON.stringify(has) === JSON.stringify(wants);
}

/** Sets a subscription right that was paused, sent elsewhere or given other events. */
async function repair(
	client: VendorClient,
	ours: JsonObject,
	url: string,
	events: ReturnType<typeof eventsOf>,
): Promise<void> {
	if (ours.url === url && ours.status === 'active' && listensTo(ours, events)) return;
	await client.call(
		closeCall(
			'webhook',
			{ method: 'PUT', effect: 'harmlessWrite', body: { url, events, status: 'active' } },
			textOf(ours.id) ?? '',
		),
	);
}

/**
 * Looks after the subscription while the workflow is active.
 * @returns whether Close still has it
 */
export async function subscriptionLives(context: ITriggerFunctions): Promise<boolean> {
	const state = stateOf(context);
	const id = textOf(state.fact(kept.id)) ?? '';
	const url = textOf(state.fact(kept.url));
	return await askVendor(context, close, async (client) => {
		const { status, body } = await client.call(
			closeCall('webhook', { method: 'GET', effect: 'read', accept: [404] }, id),
		);
		if (status === 404) return false;
		// Deactivated meanwhile: then it is to stay as it is.
		if (state.fact(kept.id) !== id) return true;
		const ours = { ...(isObject(body) ? body : {}), id };
		await repair(client, ours, url ?? textOf(own(body, 'url')) ?? '', eventsOf(context));
		return true;
	});
}

/**
 * Looks at Close for the subscription of this trigger, and repairs it: one that was paused or changed
 * is set right; others to the same address, and one whose secret was lost, are removed.
 * @returns whether there is one that works
 */
export async function subscriptionExists(context: IHookFunctions): Promise<boolean> {
	const state = registrationOf(context);
	return await askVendor(context, close, async (client) => {
		const url = urlOf(context);
		const events = eventsOf(context);
		const id = textOf(state.fact(kept.id));
		const all = await allSubscriptions(client);
		const ours = all.find((subscription) => id !== undefined && textOf(subscription.id) === id);
		const usable = ours !== undefined && textOf(state.fact(kept.secret)) !== undefined;
		for (const other of all) {
			const otherId = textOf(other.id);
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
	const state = registrationOf(context);
	await askVendor(context, close, async (client) => {
		const events = eventsOf(context);
		const taken = await allSubscriptions(client);
		if (taken.length >= mostSubscriptions) {
			throw new InvalidLead(
				`Close allows ${mostSubscriptions} webhook subscriptions an organization, and all of them are taken`,
				'Deactivate workflows that no longer need one, or delete subscriptions that nobody uses (Close API, GET and DELETE /webhook/), then activate again',
			);
		}
		const url = urlOf(context);
		const { body } = await client.call(
			closeCall('webhook', { method: 'POST', effect: 'write', body: { url, events } }),
		);
		const id = textOf(own(body, 'id'));
		const secret = textOf(own(body, 'signature_key'));
		if (id === undefined || secret === undefined) {
			throw new InvalidLead(
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
	const state = registrationOf(context);
	await askVendor(context, close, async (client) => {
		const id = textOf(state.fact(kept.id));
		if (id !== undefined) await remove(client, id);
		const url = urlOf(context);
		for (const other of await allSubscriptions(client)) {
			const otherId = textOf(other.id);
			if (other.url === url && otherId !== undefined) await remove(client, otherId);
		}
		state.keep({ [kept.id]: undefined, [kept.secret]: undefined });
	});
	return true;
}
