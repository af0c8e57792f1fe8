import type { VendorName } from '../vendorNames';

/** A request in the sandbox's log. */
export interface RequestRecord {
	vendor: VendorName;
	method: string;
	/** As the vendor sees it: without the sandbox's prefix and without the query. */
	path: string;
	query: Record<string, unknown>;
	/** The request's headers, with secrets masked. */
	headers: Record<string, string>;
	/** Parsed JSON, or the fields of a form, or the text when it is neither. */
	body: unknown;
	/** Epoch in milliseconds. */
	receivedAt: number;
	/** The status sent; undefined while the request is open, or when the connection was cut. */
	status?: number;
	/** The kind of the injected fault, or `limit` when the rate limit rejected the request. */
	fault?: string;
	/** True when the vendor carried out the write, whatever status the client received. */
	effect: boolean;
}
