import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { withClient } from '../../shared/transport/withClient';
import { takeTestEvent } from '../../shared/trigger/testEvent';
import { toError, asObjects, getOwn, asText } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { readOption } from '../../shared/parameters/triggerParameters';
import { triggerState } from '../../shared/trigger/TriggerState';
import { close, closeRequest } from '../transport/vendor';
import { idsOf, isWanted, momentOf, readWanted } from './events';
import { itemOf } from './output';
import {
	beginAt,
	countSeen,
	floorOf,
	kept,
	keepMoment,
	keepRead,
	keepUnread,
	readFromOf,
} from './state';
import type { LogNow } from './state';
import { ensureSubscription } from './subscription';

/** The log's own maximum (Close docs, event log). */
const pageSize = 50;
/** 30 days of a busy organization; a log that never ends is cut here. */
const mostPages = 20_000;

/** Events of one kind, such as `lead.created`, from a moment on; the newest first. */
async function eventsOf(client: ApiClient, name: string, from: string): Promise<JsonObject[]> {
	const [objectType = '', action = ''] = name.split('.');
	const events: JsonObject[] = [];
	let cursor: string | undefined;
	for (let page = 1; page <= mostPages; page++) {
		const { body } = await client.request(
			closeRequest('event', {
				method: 'GET',
				safety: 'safe',
				query: {
					object_type: objectType,
					action,
					date_updated__gte: from,
					_limit: pageSize,
					...(cursor === undefined ? {} : { _cursor: cursor }),
				},
			}),
		);
		const entries = asObjects(getOwn(body, 'data'));
		events.push(...entries);
		cursor = asText(getOwn(body, 'cursor_next'));
		if (cursor === undefined || entries.length === 0) break;
	}
	return events;
}

/**
 * Events since a moment for each kind, the oldest first. The log takes an object type only together
 * with an action, or a lead or a user (Close docs, event log), so each kind is read by itself.
 */
async function eventsSince(
	client: ApiClient,
	readFrom: ReadonlyMap<string, string>,
): Promise<JsonObject[]> {
	const events: JsonObject[] = [];
	for (const [name, from] of readFrom) events.push(...(await eventsOf(client, name, from)));
	const at = (event: JsonObject) => momentOf(event) ?? '';
	// Equal ones stay as they were: reversed first, so that the older of two in a millisecond is first.
	return events.reverse().sort((a, b) => (at(a) < at(b) ? -1 : Number(at(a) > at(b))));
}

/** Now, by Close's clock, and whose log it is; that is not told where the log is empty. */
async function lookAtLog(client: ApiClient): Promise<LogNow> {
	const { answeredAt = Date.now(), body } = await client.request(
		closeRequest('event', { method: 'GET', safety: 'safe', query: { _limit: 1 } }),
	);
	const [newest] = asObjects(getOwn(body, 'data'));
	return {
		now: new Date(answeredAt).toISOString(),
		organization: asText(getOwn(newest, 'organization_id')),
	};
}

/** Starts the workflow once with all events of the log that did not come by webhook, if there are any. */
async function catchUp(context: ITriggerFunctions): Promise<void> {
	// Asked for anew each time, because n8n stores the static data only if something was put into it.
	const state = triggerState(context);
	if (readOption(context, 'catchUp') === false) return keepUnread(state);
	const wanted = readWanted(context);
	const { missed, log, readFrom } = await withClient(context, close, async (client) => {
		const log = await lookAtLog(client);
		const readFrom = readFromOf(state, wanted.events, log);
		return { missed: await eventsSince(client, readFrom), log, readFrom };
	});
	if (state.fact(kept.floor) === undefined) beginAt(state, log.now);
	const floor = floorOf(state);
	const isNew = (event: JsonObject): boolean => {
		const ids = idsOf(event);
		if (ids === undefined || !isWanted(event, wanted)) return false;
		if ((momentOf(event) ?? '') <= floor) return false;
		if (state.seen.has(ids.id) || state.seen.has(ids.legacyId)) return false;
		return !state.seen.isPending(ids.id);
	};
	const found = [];
	for (const event of missed.filter(isNew)) {
		found.push({ event, json: await itemOf(context, event, wanted) });
	}
	// From here on all at once, so that nothing is stored as seen that has not started the workflow.
	for (const event of missed) keepMoment(state, event);
	const items = found.filter(({ event }) => {
		// Again, because some may have come by webhook meanwhile.
		if (!isNew(event)) return false;
		state.seen.add(idsOf(event)?.id ?? '');
		countSeen(state);
		return true;
	});
	keepRead(state, readFrom, log);
	if (items.length > 0) context.emit([items.map(({ json }) => ({ json }))]);
}

/**
 * Looks whether Close still has the subscription: it pauses one whose address did not answer for
 * three days, and anybody may delete one.
 */
async function checkSubscription(context: ITriggerFunctions): Promise<void> {
	if (await ensureSubscription(context)) return await catchUp(context);
	// n8n activates the workflow again after this, which makes a new subscription.
	context.emitError(
		new NodeOperationError(context.getNode(), 'The webhook subscription was deleted in Close', {
			description: 'The workflow is activated again, which makes a new one',
		}),
	);
}

/** The minute of the hour at which a node looks after its subscription: not all of them at once. */
function cronMinuteOf(nodeId: string): number {
	return [...nodeId].reduce((sum, char) => sum + char.charCodeAt(0), 0) % 60;
}

/** The other half of the trigger: fills the gap after a downtime, and looks after the subscription. */
export async function startCatchUp(context: ITriggerFunctions): Promise<ITriggerResponse> {
	if (context.getMode() === 'manual') {
		const items = takeTestEvent(context) ?? [];
		return { manualTriggerFunction: async () => context.emit([items]) };
	}
	await catchUp(context);
	const expression = `0 ${cronMinuteOf(context.getNode().id)} * * * *` as const;
	context.helpers.registerCron({ expression }, () => {
		checkSubscription(context).catch((error) =>
			context.logger.warn(`${context.getNode().name}: ${toError(error).message}`),
		);
	});
	return {};
}
