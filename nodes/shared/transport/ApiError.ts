import type { Failure } from 'n8n-workflow';
import { DescribedError } from '../errors/DescribedError';
import type { Explanation } from './request';
import { isItemError, type RetryDecision } from './retryPolicy';
import type { Vendor } from './vendor';

/**
 * Why a request has no usable response: `refused` the vendor rejected it, `credential` the vendor rejected
 * the credential, `notSent` it was not processed, `unknown` it may have been processed.
 */
export type ApiErrorKind = 'refused' | 'credential' | 'notSent' | 'unknown';

const FAILURES: Record<ApiErrorKind, Failure> = {
	refused: { cause: 'configuration-invalid' },
	credential: { cause: 'credential-invalid' },
	notSent: { cause: 'temporarily-unavailable' },
	unknown: { cause: 'temporarily-unavailable' },
};

/** A request without a usable response. Carries text only: no request, header or secret. */
export class ApiError extends DescribedError {
	constructor(
		readonly kind: ApiErrorKind,
		message: string,
		description: string,
		readonly status?: number,
		readonly vendorMessage?: string,
		failure: Failure = FAILURES[kind],
	) {
		super(message, description, failure);
	}
}

/** What is known about a failed attempt. */
export interface ErrorDetails {
	/** The HTTP status; undefined without a response. */
	status?: number;
	/** The vendor's message, sanitized. */
	vendorMessage?: string;
	/** What a rejection means for this request. */
	explanation?: Explanation;
}

type NamedVendor = Pick<Vendor, 'name' | 'hintFor'>;

function apiError(
	kind: ApiErrorKind,
	message: string,
	advice: string,
	{ status, vendorMessage }: ErrorDetails,
	failure?: Failure,
): ApiError {
	const known = [status === undefined ? undefined : `HTTP ${status}`, vendorMessage];
	const details = known.filter(Boolean).join(': ');
	const text = details === '' ? message : `${message} (${details})`;
	return new ApiError(kind, text, advice, status, vendorMessage, failure);
}

const REDIRECT_ADVICE =
	'The answer was a redirect. Redirects are not followed, so that the credential is only sent to its own host. Check the Base URL in the credential';

const isRedirect = (status = 0) => status >= 300 && status < 400;

function rejected(vendor: NamedVendor, details: ErrorDetails): ApiError {
	const { status = 0, vendorMessage, explanation } = details;
	if (explanation !== undefined) {
		const { message, description } = explanation;
		const known = [`HTTP ${status}`, vendorMessage].filter(Boolean).join(': ');
		const advice = `${description} (${known.replace(/\.$/, '')})`;
		return new ApiError('refused', message, advice, status, vendorMessage);
	}
	const advice = isRedirect(status)
		? REDIRECT_ADVICE
		: (vendor.hintFor?.(status) ?? 'Correct the item and run it again');
	return apiError('refused', `${vendor.name} refused the request`, advice, details);
}

function credentialRejected(vendor: NamedVendor, details: ErrorDetails): ApiError {
	return apiError(
		'credential',
		`${vendor.name} did not accept the credential`,
		'Open the credential, check its key or token and test it, then run the workflow again',
		details,
	);
}

/** n8n reads the credential at every request; this one is no longer that of the account the run began with. */
export const credentialChanged = new ApiError(
	'credential',
	'Not sent: the credential was changed during the run',
	'Nothing is sent with the new one, as this run began with another account or address. Run the workflow again',
	undefined,
	undefined,
	{ cause: 'temporarily-unavailable' },
);

/** A request refused as if for its credential, which is accepted for other requests. */
export function contentRefused(vendor: NamedVendor, details: ErrorDetails): ApiError {
	return apiError(
		'refused',
		`${vendor.name} refused the request`,
		'The credential is accepted for other requests, so something in this item is not: perhaps text that a firewall takes for an attack, such as HTML, or an ID that the credential has no access to',
		details,
	);
}

/** Unreachable or failing; the request was not processed. */
export function unavailable(vendor: NamedVendor, details: ErrorDetails = {}): ApiError {
	return apiError(
		'notSent',
		`${vendor.name} could not be reached or did not answer`,
		'Run the items again when the vendor is available. If this is the first run, check the Base URL in the credential',
		details,
	);
}

/** No request of the run got a usable reply for Max Retry Time, so no more are sent. */
export function vendorAway(
	vendor: NamedVendor,
	durationMs: number,
	details: ErrorDetails,
): ApiError {
	const advice = isRedirect(details.status)
		? REDIRECT_ADVICE
		: 'Run the items again when the vendor is available, or raise Max Retry Time in the options';
	return apiError(
		'notSent',
		`Not sent: ${vendor.name} has given no usable reply for ${Math.ceil(durationMs / 1000)} s`,
		`The rest of the items was not sent either. ${advice}`,
		details,
	);
}

export function waitLimitExceeded(
	vendor: NamedVendor,
	waitMs: number,
	details: ErrorDetails = {},
): ApiError {
	return apiError(
		'notSent',
		`${vendor.name} asks to wait ${Math.ceil(waitMs / 1000)} s, longer than Max Retry Time allows`,
		'Raise Max Retry Time in the options, lower Requests per Minute, or run the items again later',
		details,
		{
			cause: details.status === 503 ? 'temporarily-unavailable' : 'rate-limited',
			retryAfterMs: waitMs,
		},
	);
}

/** Sent, but the result is unknown. */
export function outcomeUnknown(vendor: NamedVendor, details: ErrorDetails = {}): ApiError {
	const lookUp =
		'Look the lead up at the vendor before sending it again, so that it is not called twice';
	return apiError(
		'unknown',
		`Outcome unknown: the request was sent, but no usable reply came from ${vendor.name}`,
		isRedirect(details.status) ? `${REDIRECT_ADVICE}. ${lookUp}` : lookUp,
		details,
	);
}

/** The error that ends a request. @param isInDoubt an attempt before the last one may have been processed */
export function requestFailed(
	vendor: NamedVendor,
	decision: Exclude<RetryDecision, { next: 'accept' }>,
	isInDoubt: boolean,
	details: ErrorDetails,
): ApiError {
	if (decision.next === 'reconcile' || decision.isInDoubt) return outcomeUnknown(vendor, details);
	// A 401 or a redirect now does not show whether the lost attempt was processed.
	if (isInDoubt && !isItemError(details.status)) return outcomeUnknown(vendor, details);
	if (decision.next === 'retry') {
		return decision.pauseMs > 0
			? waitLimitExceeded(vendor, decision.delayMs, details)
			: unavailable(vendor, details);
	}
	if (decision.reason === 'rejected') return rejected(vendor, details);
	if (decision.reason === 'credential') return credentialRejected(vendor, details);
	return unavailable(vendor, details);
}
