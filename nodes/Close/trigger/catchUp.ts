import { NodeOperationError, type ITriggerFunctions, type ITriggerResponse } from 'n8n-workflow';
import { openClient } from '../../shared/transport/withClient';
import { activating } from '../../shared/trigger/activationError';
import { registrationOf } from '../../shared/trigger/registration';
import { takeTestEvent } from '../../shared/trigger/testEvent';
import { compact } from '../../shared/values/compact';
import { toError, asObjects, getOwn, asText, type JsonObject } from '../../shared/values/json';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { registrationState } from '../../shared/trigger/TriggerState';
import { hasList } from '../../shared/transport/responseValidators';
import { close, closeRequest } from '../transport/vendor';
import { eventIdsOf, eventTimeOf, isSelected, parametersOf, readSelection } from './events';
import { logReadFrom, saveLogPosition, type LogPosition } from './logPosition';
import { itemsOf } from './output';
import { CloseTriggerState } from './state';
import { checkSubscription } from './subscription';

/** The log's own maximum (Close API page, Event Log). */
const LOG_PAGE_SIZE = 50;
/** 30 days of a busy organization; guards against a log that never ends. */
const MAX_LOG_PAGES = 20_000;

/** Events of one kind, such as `lead.created`, since a time; the newest first. */
async function eventsOf(client: ApiClient, name: string, from: string): Promise<JsonObject[]> {
	const [objectType = '', action = ''] = name.split('.');
	const events: JsonObject[] = [];
	let cursor: string | undefined;
	for (let page = 1; page <= MAX_LOG_PAGES; page++) {
		const { body } = await client.request(
			closeRequest('event', {
				method: 'GET',
				safety: 'safe',
				query: compact({
					object_type: objectType,
					action,
					date_updated__gte: from,
					_limit: LOG_PAGE_SIZE,
					_cursor: cursor,
				}),
				validateBody: hasList('data'),
			}),
		);
		const entries = asObjects(getOwn(body, 'data'));
		events.push(...entries);
		cursor = asText(getOwn(body, 'cursor_next'));
		if (cursor === undefined || entries.length === 0) break;
	}
	return events;
}

/** Events since the time of their kind, oldest first: each kind is a request (Close API page, Event Log). */
async function eventsSince(
	client: ApiClient,
	readFrom: ReadonlyMap<string, string>,
): Promise<JsonObject[]> {
	const events: JsonObject[] = [];
	for (const [name, from] of readFrom) events.push(...(await eventsOf(client, name, from)));
	const at = (event: JsonObject) => eventTimeOf(event) ?? '';
	// The sort is stable: reversed first, the older of two events of one millisecond comes first.
	return events.reverse().sort((a, b) => (at(a) < at(b) ? -1 : Number(at(a) > at(b))));
}

/** The present end of the log, by Close's clock. */
async function logPosition(client: ApiClient): Promise<LogPosition> {
	const { answeredAt = Date.now(), body } = await client.request(
		closeRequest('event', {
			method: 'GET',
			safety: 'safe',
			query: { _limit: 1 },
			validateBody: hasList('data'),
		}),
	);
	const [newest] = asObjects(getOwn(body, 'data'));
	return {
		now: new Date(answeredAt).toISOString(),
		organization: asText(getOwn(newest, 'organization_id')),
	};
}

/**
 * Starts the workflow once with all events of the log that did not arrive by webhook, if any.
 * @param isActive false once n8n has closed the trigger: what is found then is left for the next start
 */
async function catchUp(context: ITriggerFunctions, isActive = () => true): Promise<void> {
	const state = registrationState(context, CloseTriggerState);
	if (parametersOf(context).option('catchUp') === false) return state.update({ logReadFrom: {} });
	const selection = readSelection(context);
	const client = await openClient(context, close);
	const position = await logPosition(client);
	const readFrom = logReadFrom(state, selection.events, position);
	const events = await eventsSince(client, readFrom);
	const { seen, watermark } = state;
	if (!watermark.isStarted) watermark.startAt(position.now);
	const seenUpTo = watermark.time;
	const isNew = (event: JsonObject): boolean => {
		const ids = eventIdsOf(event);
		if (ids === undefined || !isSelected(event, selection)) return false;
		if ((eventTimeOf(event) ?? '') <= seenUpTo) return false;
		return !seen.has(ids.id) && !seen.has(ids.legacyId) && !seen.isPending(ids.id);
	};
	const missed = events.filter(isNew);
	const found = await itemsOf(context, missed, selection);
	if (!isActive()) return;
	// Opened again: n8n stores static data only if an entry was set since it last stored them.
	registrationState(context, CloseTriggerState);
	// No `await` from here on, so that no event is stored as seen that has not started the workflow.
	const items = found.filter((_, index) => {
		const event = missed[index] ?? {};
		// Checked again: the event may have arrived by webhook meanwhile.
		if (!isNew(event)) return false;
		seen.add(eventIdsOf(event)?.id ?? '');
		watermark.recordEvent(eventTimeOf(event));
		return true;
	});
	saveLogPosition(state, readFrom, position);
	if (items.length > 0) context.emit([items.map((json) => ({ json }))]);
}

/** Repairs the subscription, then catches up: Close pauses it after three days without an answer. */
async function checkHourly(context: ITriggerFunctions, isActive: () => boolean): Promise<void> {
	const { logger } = context;
	const { name } = context.getNode();
	const checked = await checkSubscription(context);
	if (!isActive()) return;
	if (checked === undefined && registrationOf(context) === 'missing') {
		logger.warn(
			`${name}: no events come by webhook, as n8n could not register it at Close. Publish the workflow again`,
		);
	}
	if (checked === undefined || checked === 'unchanged') return await catchUp(context, isActive);
	const outcome =
		checked === 'replaced'
			? 'The node has created a new one, and nothing needs to be done'
			: `The node tries once an hour to create a new one. It failed now: ${checked.failedToReplace.message}`;
	// n8n starts `trigger` again after this, which catches up.
	context.emitError(
		new NodeOperationError(
			context.getNode(),
			`The webhook subscription was deleted in Close. ${outcome}`,
		),
	);
}

/** The polling part of the trigger: catches up after downtime, and repairs the subscription. */
export async function startCatchUp(context: ITriggerFunctions): Promise<ITriggerResponse> {
	if (context.getMode() === 'manual') {
		const items = takeTestEvent(context) ?? [];
		return { manualTriggerFunction: async () => context.emit([items]) };
	}
	await activating(context, async () => await catchUp(context));
	// The minute depends on the node, which spreads the requests of many nodes over the hour.
	const sum = [...context.getNode().id].reduce((total, char) => total + char.charCodeAt(0), 0);
	const expression = `0 ${sum % 60} * * * *` as const;
	let isActive = true;
	context.helpers.registerCron({ expression }, async () => {
		await checkHourly(context, () => isActive).catch((error) =>
			context.logger.warn(`${context.getNode().name}: ${toError(error).message}`),
		);
	});
	return {
		closeFunction: async () => {
			isActive = false;
		},
	};
}
