import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IPollFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { InvalidInputError } from '../errors/InvalidInputError';
import type { Safety } from './retryPolicy';

/** The n8n contexts from which a vendor can be called. */
export type ClientContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| ITriggerFunctions
	| IWebhookFunctions;

/** What the user sets for all requests of an execution. */
export interface RequestSettings {
	/** Longest duration of one attempt, from its first byte to the last byte of the response. */
	timeoutMs: number;
	/** Longest total wait of one request for rate limits and outages. */
	giveUpAfterMs: number;
	/** Requests in any minute; 0 for no limit. */
	requestsPerMinute: number;
	/** Requests at the same time. */
	maxConcurrentRequests: number;
}

/** What happened and what to do about it, for the person at the canvas. */
export interface Explanation {
	message: string;
	description: string;
}

/** One request to the vendor, independent of the account. */
export interface ApiRequest {
	method: IHttpRequestMethods;
	/** Segments after the base URL; each is URL-encoded. */
	path: readonly string[];
	trailingSlash?: boolean;
	query?: Record<string, string | number>;
	body?: IDataObject | IDataObject[];
	safety: Safety;
	/** Statuses besides 2xx that answer the request, such as 404 for a look-up. */
	expectedStatuses?: readonly number[];
	/**
	 * True if a 2xx body says what the vendor promises, about this very lead where it repeats one; else the response counts
	 * as lost.
	 */
	validateBody: (body: unknown) => boolean;
	/** What a rejection means for this very request, such as a campaign that does not exist; undefined if it is not known. */
	explainRejection?: (status: number, vendorMessage: string | undefined) => Explanation | undefined;
	/** Requests of one group share the vendor's rate limit. */
	rateLimitGroup: string;
}

/** The part of a request that differs between the endpoints of one vendor. */
export type RequestOptions = Pick<
	ApiRequest,
	'method' | 'safety' | 'query' | 'body' | 'expectedStatuses' | 'validateBody' | 'explainRejection'
>;

export interface ApiResponse {
	status: number;
	/** The parsed JSON body; undefined when empty. */
	body: unknown;
	/** An earlier attempt got no usable response: the vendor may have processed that one. */
	afterLostResponse: boolean;
	/** The vendor's clock, from its `Date` header, in epoch milliseconds. */
	answeredAt: number | undefined;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** The segment, encoded. `.` and `..` would address another endpoint, an empty one the whole list. */
function encodeSegment(segment: string): string {
	if (segment === '' || segment === '.' || segment === '..' || LONE_SURROGATE.test(segment)) {
		throw new InvalidInputError('An ID is empty or is not an ID', 'Check the IDs in this item');
	}
	return encodeURIComponent(segment);
}

/** The full URL of a request. @throws InvalidInputError for a path segment that cannot be an ID */
export function buildUrl(
	baseUrl: string,
	{ path, trailingSlash, query }: Pick<ApiRequest, 'path' | 'trailingSlash' | 'query'>,
): string {
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(query ?? {})) search.append(name, String(value));
	const slash = trailingSlash === true ? '/' : '';
	const suffix = search.size > 0 ? `?${search.toString()}` : '';
	return `${baseUrl}/${path.map(encodeSegment).join('/')}${slash}${suffix}`;
}
