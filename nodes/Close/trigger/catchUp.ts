import { NodeOperationError, type ITriggerFunctions, type ITriggerResponse } from 'n8n-workflow';
import { openClient } from '../../shared/transport/withClient';
import { activating } from '../../shared/trigger/activationError';
import { registrationOf } from '../../shared/trigger/registration';
import { takeTestEvent } from '../../shared/trigger/testEvent';
import { toError, type JsonObject } from '../../shared/values/json';
import { registrationState } from '../../shared/trigger/TriggerState';
import { close } from '../transport/vendor';
import { endOfLog, eventsSince, isLogRefused } from './eventLog';
import { eventIdsOf, eventTimeOf, isSelected, parametersOf, readSelection } from './events';
import { keepLogPosition, logReadFrom, saveLogPosition } from './logPosition';
import { itemsOf } from './output';
import { CloseTriggerState } from './state';
import { checkSubscription } from './subscription';

/** The trigger function from its start by n8n until n8n closes it. */
interface Start {
	/** False once n8n has closed it: what is found then is left for the next start. */
	isActive: boolean;
	/** Whether n8n's log says that the event log of Close cannot be read. */
	hasWarned: boolean;
}

/** Starts the workflow once with all events of the log that did not arrive by webhook, if any. @throws ApiError where Close refuses the log, or kinds of events */
async function readLog(context: ITriggerFunctions, start: Start): Promise<void> {
	const state = registrationState(context, CloseTriggerState);
	if (parametersOf(context).option('catchUp') === false) return state.update({ logReadFrom: {} });
	const selection = readSelection(context);
	const client = await openClient(context, close);
	const position = await endOfLog(client);
	const readFrom = logReadFrom(state, selection.events, position);
	const { events, refused, refusal } = await eventsSince(client, readFrom);
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
	if (!start.isActive) return;
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
	saveLogPosition(state, readFrom, position, refused);
	if (items.length > 0) context.emit([items.map((json) => ({ json }))]);
	if (refusal !== undefined) throw refusal;
}

/** Catches up, or says once that the log cannot be read: the trigger then has its webhooks only. */
async function catchUp(context: ITriggerFunctions, start: Start): Promise<void> {
	try {
		await readLog(context, start);
	} catch (error) {
		if (!isLogRefused(error)) throw toError(error);
		if (start.isActive) keepLogPosition(context, readSelection(context).events);
		if (start.hasWarned) return;
		start.hasWarned = true;
		context.logger.warn(
			`${context.getNode().name}: the event log of Close cannot be read with this credential, or only in part: ${error.message}. What it lacks comes by webhook only. The node tries once an hour to read the log. Use the key of a user who may read it, or turn off Catch Up After Downtime`,
		);
	}
}

/** Repairs the subscription, then catches up: Close pauses it after three days without an answer. */
async function checkHourly(context: ITriggerFunctions, start: Start): Promise<void> {
	const { logger } = context;
	const { name } = context.getNode();
	const checked = await checkSubscription(context);
	if (!start.isActive) return;
	if (checked === undefined && registrationOf(context) === 'missing') {
		logger.warn(
			`${name}: no events come by webhook, as n8n could not register it at Close. Publish the workflow again`,
		);
	}
	if (checked === undefined || checked === 'unchanged') return await catchUp(context, start);
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
	const start: Start = { isActive: true, hasWarned: false };
	await activating(context, async () => await catchUp(context, start));
	// The minute depends on the node, which spreads the requests of many nodes over the hour.
	const sum = [...context.getNode().id].reduce((total, char) => total + char.charCodeAt(0), 0);
	const expression = `0 ${sum % 60} * * * *` as const;
	context.helpers.registerCron({ expression }, async () => {
		await checkHourly(context, start).catch((error) =>
			context.logger.warn(`${context.getNode().name}: ${toError(error).message}`),
		);
	});
	return {
		closeFunction: async () => {
			start.isActive = false;
		},
	};
}
