import { isFilled, isRecord } from '../../lib/guards';
import type { VendorReply } from '../../server/handler';
import type { AutocallsAssistant } from './assistants';
import { pageOf, readPage } from './pager';
import { messageReply, reject, type ApiRequest, type FieldErrors } from './replies';
import { invalid, readInteger } from './validate';
import { assistantView } from './views';

function assistantsOf({ state, account }: ApiRequest): AutocallsAssistant[] {
	return [...state.assistants.values()].filter((assistant) => assistant.account === account);
}

/**
 * GET /user/assistants/get: a page of ten by default. ASSUMED (the order of lists): by ID.
 * Confirmed by the list of two assistants.
 */
export function pageAssistants(request: ApiRequest): VendorReply {
	const errors: FieldErrors = {};
	const paging = readPage(request.call.query, 10, errors);
	if (Object.keys(errors).length > 0) return reject(request, invalid(errors));
	const all = assistantsOf(request);
	return { status: 200, body: pageOf(all, paging, assistantView, 'user/assistants/get') };
}

/** GET /user/assistants: a plain list of all. Undocumented; the vendor's own client uses it. */
export function listAssistants(request: ApiRequest): VendorReply {
	return { status: 200, body: assistantsOf(request).map(assistantView) };
}

/** GET /user/assistants/outbound: a plain list of those that make calls. */
export function listOutboundAssistants(request: ApiRequest): VendorReply {
	const outbound = assistantsOf(request).filter(({ type }) => type === 'outbound');
	return { status: 200, body: outbound.map(assistantView) };
}

/**
 * ASSUMED (what counts as a valid value): http and https, as in Laravel's `url` rule. Confirmed by
 * a webhook with another scheme.
 */
function isUrl(value: string): boolean {
	return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function readBody(json: unknown, needsUrl: boolean): { id: number; url: string } | FieldErrors {
	const raw = isRecord(json) ? json : {};
	const errors: FieldErrors = {};
	const id = readInteger(raw.assistant_id);
	if (id === undefined) {
		const isPresent = raw.assistant_id !== undefined && raw.assistant_id !== null;
		errors.assistant_id = [
			isPresent ? 'The assistant id must be an integer.' : 'The assistant id field is required.',
		];
	}
	const url = isFilled(raw.webhook_url) ? raw.webhook_url.trim() : '';
	if (needsUrl && url === '') errors.webhook_url = ['The webhook url field is required.'];
	else if (needsUrl && !isUrl(url)) errors.webhook_url = ['The webhook url must be a valid URL.'];
	return id === undefined || Object.keys(errors).length > 0 ? errors : { id, url };
}

const isRead = (
	read: { id: number; url: string } | FieldErrors,
): read is { id: number; url: string } => typeof read.id === 'number';

function setWebhook(request: ApiRequest, enable: boolean): VendorReply {
	const read = readBody(request.call.json, enable);
	if (!isRead(read)) {
		return reject(request, { message: 'The given data was invalid.', errors: read });
	}
	const assistant = assistantsOf(request).find(({ id }) => id === read.id);
	if (!assistant) return messageReply(404, 'Assistant not found');
	Object.assign(assistant, {
		webhookUrl: enable ? read.url : null,
		isWebhookActive: enable,
		updatedAt: request.state.now(),
	});
	const message = `Webhook ${enable ? 'enabled' : 'disabled'} successfully`;
	return { status: 200, body: { message, data: [] }, effect: true };
}

/** POST /user/assistants/enable-webhook: replaces an existing URL. */
export function enableWebhook(request: ApiRequest): VendorReply {
	return setWebhook(request, true);
}

/**
 * POST /user/assistants/disable-webhook: removes the URL. ASSUMED (a repeated write): disabling it
 * again is a 200 too. Confirmed by two such calls.
 */
export function disableWebhook(request: ApiRequest): VendorReply {
	return setWebhook(request, false);
}
