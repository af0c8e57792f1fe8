/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the sandbox is a server, not a node */
import type { IncomingHttpHeaders } from 'node:http';
import type { VendorCall, VendorReply } from '../../server/handler';
import { htmlPage } from '../../server/responses';
import type { AccountName } from './accounts';
import type { AutocallsState } from './state';

/** An authenticated request. */
export interface ApiRequest {
	state: AutocallsState;
	account: AccountName;
	call: VendorCall;
	/** Where Laravel redirects a browser to. */
	loginUrl: string;
}

/** Laravel's messages, by field. */
export type FieldErrors = Record<string, string[]>;

/** Why an input is rejected, in the vendor's format. */
export interface Rejection {
	message: string;
	errors?: FieldErrors;
}

/** A reply with only a message. */
export function messageReply(status: number, message: string): VendorReply {
	return { status, body: { message } };
}

/** Laravel reads only the first type of the Accept header. */
function wantsJson(headers: IncomingHttpHeaders): boolean {
	return /[/+]json/.test((headers.accept ?? '').split(',')[0] ?? '');
}

/**
 * An error from Laravel's own handler. ASSUMED (a request that does not accept JSON): it is
 * treated as a browser and redirected to the login page. Confirmed by a call without an Accept
 * header.
 */
export function errorReply(
	headers: IncomingHttpHeaders,
	loginUrl: string,
	reply: VendorReply,
): VendorReply {
	if (wantsJson(headers)) return reply;
	return { status: 302, body: htmlPage(302).text, headers: { location: loginUrl } };
}

/**
 * ASSUMED (error statuses of Create, Update, Delete): 422. Confirmed by an invalid create. Only
 * field errors come from Laravel's validator; all other rejections are always JSON.
 */
export function reject({ call, loginUrl }: ApiRequest, rejection: Rejection): VendorReply {
	const reply = { status: 422, body: rejection };
	return rejection.errors ? errorReply(call.headers, loginUrl, reply) : reply;
}

/**
 * ASSUMED (a path or a method that does not exist): a wrong method is a 405, checked before the
 * key, as in Laravel. Confirmed by a GET of user/lead.
 */
export function wrongMethod(
	{ method, headers }: VendorCall,
	path: string,
	allowed: string[],
): VendorReply {
	const allow = allowed.join(', ');
	const message = `The ${method} method is not supported for route api${path}. Supported methods: ${allow}.`;
	return {
		status: 405,
		body: wantsJson(headers) ? { message } : htmlPage(405).text,
		headers: { allow },
	};
}

/**
 * ASSUMED (a path or a method that does not exist): a 404 with Laravel's message, checked before the
 * key. Confirmed by a request for one.
 */
export function noRoute({ headers }: VendorCall, path: string): VendorReply {
	const message = `The route api${path} could not be found.`;
	return { status: 404, body: wantsJson(headers) ? { message } : htmlPage(404).text };
}
