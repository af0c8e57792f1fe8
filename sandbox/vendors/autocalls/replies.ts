/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the sandbox is a server, not a node */
import type { IncomingHttpHeaders } from 'node:http';
import { htmlPage } from '../../server/responses';
import type { VendorReply, VendorCall } from '../../server/vendorServer';
import type { AccountName } from './accounts';
import type { AutocallsState } from './state';

/** A request that got past the door. */
export interface Request {
	state: AutocallsState;
	account: AccountName;
	call: VendorCall;
	/** Where Laravel sends a browser. */
	loginUrl: string;
}

/** Laravel's messages, by field. */
export type Errors = Record<string, string[]>;

/** Why an input is refused, in the vendor's words. */
export interface Refusal {
	message: string;
	errors?: Errors;
}

/** An answer of one sentence. */
export function say(status: number, message: string): VendorReply {
	return { status, body: { message } };
}

/** Laravel looks at the first type of the Accept header only. */
function wantsJson(headers: IncomingHttpHeaders): boolean {
	return /[/+]json/.test((headers.accept ?? '').split(',')[0] ?? '');
}

/**
 * An error the way Laravel's own handler tells it. ASSUMED: who does not ask for JSON is taken for a
 * browser and sent to the login page; a call without an Accept header would tell.
 */
export function tell(
	headers: IncomingHttpHeaders,
	loginUrl: string,
	answer: VendorReply,
): VendorReply {
	if (wantsJson(headers)) return answer;
	return { status: 302, body: htmlPage(302).text, headers: { location: loginUrl } };
}

/** A 422 for input. Only the errors of a field come from Laravel's validator, the rest is always JSON. */
export function refuse({ call, loginUrl }: Request, refusal: Refusal): VendorReply {
	const answer = { status: 422, body: refusal };
	return refusal.errors ? tell(call.headers, loginUrl, answer) : answer;
}

/** ASSUMED: 405 for a path that has other methods, asked for before the key: Laravel's way. */
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
