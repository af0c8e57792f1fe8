import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { getOwn, parseBody } from '../values/json';
import { startWorkflow } from './executionCreated';
import { stashTestEvent } from './testEvent';
import { triggerState, type TriggerState, type TriggerStateClass } from './TriggerState';

export interface WebhookRequest {
	/** Lower-case names, as Node.js has them. */
	headers: unknown;
	query: unknown;
	/** The body as sent, before any parsing. */
	rawBody: Buffer;
	nowMs: number;
}

/** An event that starts the workflow. */
export interface TriggerEvent {
	/** Deliveries with the same ID are the same event; never empty. */
	id: string;
	/** The ID that earlier versions of this package used, if different. */
	legacyId?: string;
	/** The fields of the item; only called for new events. Does not throw. */
	toOutput(): IDataObject | Promise<IDataObject>;
}

export interface WebhookSource<State extends TriggerState> {
	StateClass: TriggerStateClass<State>;
	/** True if the request is from the vendor. Called before the body is parsed. */
	verify(request: WebhookRequest, state: State): boolean;
	/** The event in a body; undefined for one that the trigger does not listen to. */
	parseEvent(body: unknown, state: State): TriggerEvent | undefined;
}

/** Real events are a few kB. */
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Handles one webhook: rejects a body that is too large (413), not from the vendor (401) or not JSON (400), ignores
 * other and seen events, and starts the workflow. An event is pending until n8n has created its execution: a second
 * delivery is then answered 503, as the first may still fail.
 */
export async function receiveWebhook<State extends TriggerState>(
	context: IWebhookFunctions,
	source: WebhookSource<State>,
): Promise<IWebhookResponseData> {
	const request = readRequest(context);
	if (request.rawBody.length > MAX_BODY_BYTES) {
		return reject(context, 413, 'The body is larger than 1 MB');
	}
	const state = triggerState(context, source.StateClass);
	if (!source.verify(request, state)) {
		return reject(context, 401, 'The signature or the token of this request is not valid');
	}
	const { readable, body } = parseBody(request.rawBody.toString('utf8'));
	if (!readable || body === undefined) return reject(context, 400, 'The body is not JSON');

	const event = source.parseEvent(body, state);
	if (event === undefined) return ignore('This workflow does not listen to this event');
	if (context.getMode() === 'manual') {
		const items = [{ json: await event.toOutput() }];
		stashTestEvent(context, items);
		return { workflowData: [items] };
	}
	const { id, legacyId = id } = event;
	if (state.seen.has(id) || state.seen.has(legacyId))
		return ignore('This event was received before');
	if (state.seen.isPending(id)) return reject(context, 503, 'This event is being processed');
	const response = context.getResponseObject();
	// Also true when the sender has disconnected: n8n writes its response all the same.
	state.seen.markPending(id, () => response.writableEnded);
	response.once('finish', () => {
		if (response.statusCode < 300) state.seen.add(id);
		else state.seen.release(id);
	});
	return startWorkflow([{ json: await event.toOutput() }], () => {
		// Opens the state again: n8n stores the static data only if an entry was set since the execution
		// was created.
		triggerState(context, source.StateClass).seen.add(id);
	});
}

function readRequest(context: IWebhookFunctions): WebhookRequest {
	const rawBody: unknown = getOwn(context.getRequestObject(), 'rawBody');
	return {
		headers: context.getHeaderData(),
		query: context.getQueryData(),
		rawBody: Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0),
		nowMs: Date.now(),
	};
}

function ignore(message: string): IWebhookResponseData {
	return { webhookResponse: { message } };
}

function reject(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.logger.warn(`${context.getNode().name}: rejected a webhook (${status}): ${message}`);
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
