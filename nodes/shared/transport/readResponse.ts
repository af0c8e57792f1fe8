import { asNumber, asText, getOwn, parseBody } from '../values/json';
import { extractMainMessage } from './errorMessage';
import { classifyNetworkError } from './networkError';
import { parseRateLimitHeaders, parseWait, type RateLimitInfo } from './rateLimit/headers';
import type { ApiRequest } from './request';
import { reportsFailure } from './responseValidators';
import type { AttemptResult } from './retryPolicy';
import type { Vendor } from './vendor';

/** What one HTTP attempt brought. */
export interface Attempt {
	result: AttemptResult;
	/** The HTTP status; undefined without a response. */
	status?: number;
	body?: unknown;
	/** What went wrong, as the vendor or the network layer puts it. May contain secrets. */
	failureMessage?: string;
	/** The vendor's clock, from its `Date` header, in epoch milliseconds. */
	answeredAt?: number;
	rateLimit?: RateLimitInfo;
	/** The vendor processed the request rather than turning it away. */
	isAccepted: boolean;
}

type ReplyParser = Pick<Vendor, 'parseErrorMessage' | 'statedWait'>;

/** The vendor's message. About a batch only what concerns all of it: the other texts repeat its leads. */
function messageAbout(
	request: Pick<ApiRequest, 'body'>,
	body: unknown,
	vendor: ReplyParser,
): string | undefined {
	const isBatch = Array.isArray(request.body) && request.body.length > 1;
	return isBatch ? extractMainMessage(body) : vendor.parseErrorMessage(body);
}

/** Reads a full response of n8n's HTTP helper. */
export function readResponse(
	response: unknown,
	request: Pick<ApiRequest, 'body' | 'expectedStatuses' | 'validateBody'>,
	vendor: ReplyParser,
): Attempt {
	const status = asNumber(getOwn(response, 'statusCode')) ?? 0;
	const headers = getOwn(response, 'headers');
	const { readable, body } = parseBody(getOwn(response, 'body'));
	const now = Date.now();
	const rateLimit = parseRateLimitHeaders(headers, now);
	if (status === 429) rateLimit.retryAfterMs ??= parseWait(vendor.statedWait?.(body), now);
	// A 2xx that reports an error or fails validation counts as no response.
	const isInvalid =
		status < 300 && (reportsFailure(body, request.body) || !request.validateBody(body));
	const isError = status >= 400 && request.expectedStatuses?.includes(status) !== true;
	return {
		result: { kind: 'response', status, isUsable: readable && !isInvalid, rateLimit },
		status,
		body,
		failureMessage: isInvalid || isError ? messageAbout(request, body, vendor) : undefined,
		answeredAt: asNumber(Date.parse(asText(getOwn(headers, 'date')) ?? '')),
		rateLimit,
		isAccepted: status !== 429 && status !== 503,
	};
}

/** Reads what n8n's HTTP helper threw for a request to `url`. */
export function readCallError(
	error: unknown,
	url: string,
	timeoutMs: number,
	vendor: ReplyParser,
	request: Pick<ApiRequest, 'body'>,
): Attempt {
	const { result, body, message } = classifyNetworkError(error, url, timeoutMs);
	return {
		result,
		status: result.kind === 'response' ? result.status : undefined,
		body,
		failureMessage: body === undefined ? message : messageAbout(request, body, vendor),
		isAccepted: false,
	};
}
