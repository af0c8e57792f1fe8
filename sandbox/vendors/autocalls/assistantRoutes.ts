import { isFilled, isRecord } from '../../lib/guards';
import type { VendorReply } from '../../server/vendorServer';
import { assistantView, type AutocallsAssistant } from './assistants';
import { pageOf, readPage } from './pager';
import { refuse, say, type Errors, type Request } from './replies';
import { invalid, readInteger } from './validate';

function assistantsOf({ state, account }: Request): AutocallsAssistant[] {
	return [...state.assistants.values()].filter((assistant) => assistant.account === account);
}

/** GET /user/assistants/get: a page, of ten unless told. ASSUMED: by ID; a list would tell. */
export function pageAssistants(request: Request): VendorReply {
	const errors: Errors = {};
	const paging = readPage(request.call.query, 10, errors);
	if (Object.keys(errors).length > 0) return refuse(request, invalid(errors));
	const all = assistantsOf(request);
	return { status: 200, body: pageOf(all, paging, assistantView, 'user/assistants/get') };
}

/** GET /user/assistants: a bare list of all. Not in the docs; clients of the vendor's own author use it. */
export function listAssistants(request: Request): VendorReply {
	return { status: 200, body: assistantsOf(request).map(assistantView) };
}

/** GET /user/assistants/outbound: a bare list of those that make calls. */
export function listOutboundAssistants(request: Request): VendorReply {
	const outbound = assistantsOf(request).filter(({ type }) => type === 'outbound');
	return { status: 200, body: outbound.map(assistantView) };
}

/** ASSUMED: http and https, as Laravel's `url` rule has it; a webhook with another would tell. */
function isUrl(value: string): boolean {
	return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function readBody(json: unknown, withUrl: boolean): { id: number; url: string } | Errors {
	const raw = isRecord(json) ? json : {};
	const errors: Errors = {};
	const id = readInteger(raw.assistant_id);
	if (id === undefined) {
		const isThere = raw.assistant_id !== undefined && raw.assistant_id !== null;
		errors.assistant_id = [
			isThere ? 'The assistant id must be an integer.' : 'The assistant id field is required.',
		];
	}
	const url = isFilled(raw.webhook_url) ? raw.webhook_url.trim() : '';
	if (withUrl && url === '') errors.webhook_url = ['The webhook url field is required.'];
	else if (withUrl && !isUrl(url)) errors.webhook_url = ['The webhook url must be a valid URL.'];
	return id === undefined || Object.keys(errors).length > 0 ? errors : { id, url };
}

const isRead = (read: { id: number; url: string } | Errors): read is { id: number; url: string } =>
	typeof read.id === 'number';

function change(request: Request, enable: boolean): VendorReply {
	const read = readBody(request.call.json, enable);
	if (!isRead(read)) {
		return refuse(request, { message: 'The given data was invalid.', errors: read });
	}
	const assistant = assistantsOf(request).find(({ id }) => id === read.id);
	if (!assistant) return say(404, 'Assistant not found');
	Object.assign(assistant, {
		webhookUrl: enable ? read.url : null,
		isWebhookActive: enable,
		updatedAt: request.state.now(),
	});
	const message = `Webhook ${enable ? 'enabled' : 'disabled'} successfully`;
	return { status: 200, body: { message, data: [] }, effect: true };
}

/** POST /user/assistants/enable-webhook: another address that was there is overwritten. */
export function enableWebhook(request: Request): VendorReply {
	return change(request, true);
}

/** POST /user/assistants/disable-webhook: the address is forgotten; once more is 200 too (ASSUMED). */
export function disableWebhook(request: Request): VendorReply {
	return change(request, false);
}
