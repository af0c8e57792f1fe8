/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the sandbox is a server, not a node */
import type { IncomingHttpHeaders } from 'node:http';

/** A request as a vendor's handler sees it. */
export interface VendorCall {
	method: string;
	params: Record<string, string>;
	query: Record<string, unknown>;
	headers: IncomingHttpHeaders;
	/** The media type, without parameters, in lower case; '' when there is none. */
	mediaType: string;
	/** Parsed JSON; undefined when the body is not JSON or was not declared as JSON. */
	json: unknown;
	/** The body as a form; undefined when it was not declared as one. */
	form: URLSearchParams | undefined;
}

/** The reply of a vendor's handler. */
export interface VendorReply {
	status: number;
	/** Sent as JSON; a string is sent as text/html. */
	body: unknown;
	headers?: Record<string, string>;
	/** True when a write was carried out. */
	effect?: boolean;
}

/** Handles one request. Handlers are synchronous, so an effect is complete or absent. */
export type Handler = (call: VendorCall) => VendorReply;
