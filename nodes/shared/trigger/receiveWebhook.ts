import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { stashTestEvent } from './testEvent';
import { getOwn, parseBody } from '../values/json';
import { triggerState } from './TriggerState';
import type { TriggerState } from './TriggerState';

/** A request as it came in. */
export interface WebhookRequest {
	/** Lower-case names, as Node.js has them. */
	headers: unknown;
	query: unknown;
	/** The body as it came over the wire, before anybody parsed it. */
	rawBody: Buffer;
	nowMs: number;
}

/** An event that starts the workflow. */
export interface TriggerEvent {
	/** What makes two deliveries the same event; never empty. */
	id: string;
	/** By what earlier versions of this package knew it, if that was something else. */
	legacyId?: string;
	/** The fields of the item; asked for events that are new only. Does not throw. */
	output(): IDataObject | Promise<IDataObject>;
}

/** What a vendor's webhook is, for `receiveWebhook`. */
export interface WebhookSource {
	/** Whether the request is the vendor's. Asked before anything in the body is looked at. */
	verify(request: WebhookRequest, state: TriggerState): boolean;
	/** The event in a body; undefined for one that this trigger does not listen to. */
	parseEvent(body: unknown): TriggerEvent | undefined;
}

/** A vendor's event is some kilobytes; what is larger than this is not one. */
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Takes one webhook: refuses what is too large (413), not the vendor's (401) or not JSON (400), lets
 * pass what the trigger does not listen to or has seen, and starts the workflow with the rest.
 *
 * An event counts as seen from the moment that n8n has made its execution, and is stored as seen from
 * then on. Until then it is pending: the same one, delivered once more, is answered 503, because it
 * may be needed yet. When n8n could not start it, the vendor's next delivery does.
 */
export async function receiveWebhook(
	context: IWebhookFunctions,
	source: WebhookSource,
): Promise<IWebhookResponseData> {
	const request = readRequest(context);
	if (request.rawBody.length > MAX_BODY_BYTES) {
		return reject(context, 413, 'The body is larger than 1 MB');
	}
	const state = triggerState(context);
	if (!source.verify(request, state)) {
		return reject(context, 401, 'The signature or the secret of this request is not right');
	}
	const { readable, body } = parseBody(request.rawBody.toString('utf8'));
	if (!readable || body === undefined) return reject(context, 400, 'The body is not JSON');

	const event = source.parseEvent(body);
	if (event === undefined) return ignore('This workflow does not listen to this event');
	if (context.getMode() === 'manual') {
		const items = [{ json: await event.output() }];
		stashTestEvent(context, items);
		return { workflowData: [items] };
	}
	const { id, legacyId = id } = event;
	if (state.seen.has(id) || state.seen.has(legacyId))
		return ignore('This event was received before');
	if (state.seen.isPending(id)) return reject(context, 503, 'This event is under way');
	const response = context.getResponseObject();
	// Of a sender that has hung up, n8n's answer tells nobody, but is made all the same.
	state.seen.markPending(id, () => response.writableEnded);
	response.once('finish', () => {
		if (response.statusCode < 300) state.seen.add(id);
		else state.seen.release(id);
	});
	return startWorkflow(context, id, [{ json: await event.output() }]);
}

/**
 * Starts the workflow. n8n (2.39) forgets that static data were changed when it makes the execution,
 * and only then looks whether to store them. In between it asks for the answer, if the webhook's
 * description has `responseData: ''`: there the event is seen, and the state is put in once more.
 */
function startWorkflow(
	context: IWebhookFunctions,
	eventId: string,
	items: INodeExecutionData[],
): IWebhookResponseData {
	return {
		workflowData: [items],
		get webhookResponse(): IDataObject {
			triggerState(context).seen.add(eventId);
			return { message: 'Workflow was started' };
		},
	};
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

/** Answers as the vendor expects, and starts nothing. */
function ignore(message: string): IWebhookResponseData {
	return { webhookResponse: { message } };
}

function reject(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.logger.warn(`${context.getNode().name}: a webhook was refused (${status}): ${message}`);
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
