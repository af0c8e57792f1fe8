import { DescribedError } from '../errors/DescribedError';
import type { Vendor } from './vendor';

/** Why a call did not end in a reply. */
export type ApiErrorKind = 'refused' | 'credential' | 'notSent' | 'unknown';

/** A request without a usable response. Carries text only: no request, header or secret. */
export class ApiError extends DescribedError {
	constructor(
		readonly kind: ApiErrorKind,
		message: string,
		description: string,
		readonly status?: number,
		readonly vendorMessage?: string,
	) {
		super(message, description);
	}
}

/** What is known of an exchange that went wrong. */
export interface ErrorDetails {
	status?: number;
	/** The vendor's own words, shortened and without secrets. */
	vendorMessage?: string;
}

type NamedVendor = Pick<Vendor, 'name' | 'hintFor'>;

function formatDetails({ status, vendorMessage }: ErrorDetails): string {
	const parts = [status === undefined ? undefined : `HTTP ${status}`, vendorMessage].filter(
		Boolean,
	);
	return parts.length > 0 ? ` (${parts.join(': ')})` : '';
}

/** Whether a status says to look elsewhere. */
function redirected(status: number): boolean {
	return status >= 300 && status < 400;
}

/** The vendor said no to the request as it is. */
export function rejected(vendor: NamedVendor, told: ErrorDetails): ApiError {
	const { status = 0, vendorMessage } = told;
	let advice = vendor.hintFor?.(status) ?? 'Correct the item and run it again';
	if (redirected(status)) {
		advice =
			'It answered with a redirect, which is not followed so that the credential stays with its host. Check the Base URL in the credential';
	}
	const message = `${vendor.name} refused the request${formatDetails(told)}`;
	return new ApiError('refused', message, advice, status, vendorMessage);
}

/** The vendor does not accept who we are. */
export function credentialRefused(vendor: NamedVendor, told: ErrorDetails): ApiError {
	return new ApiError(
		'credential',
		`${vendor.name} did not accept the credential${formatDetails(told)}`,
		'Open the credential, check its key or token and test it, then run the workflow again',
		told.status,
		told.vendorMessage,
	);
}

/** Nobody there, or nobody able to answer; the vendor has not taken the request. */
export function unavailable(vendor: NamedVendor, told: ErrorDetails): ApiError {
	return new ApiError(
		'notSent',
		`${vendor.name} could not be reached or did not answer${formatDetails(told)}`,
		'Run the items again once the vendor is back. If this is the first run, check the Base URL in the credential',
		told.status,
		told.vendorMessage,
	);
}

/** The vendor asks for a longer wait than the user allows. */
export function waitLimitExceeded(
	vendor: NamedVendor,
	waitMs: number,
	told: ErrorDetails = {},
): ApiError {
	const seconds = Math.ceil(waitMs / 1000);
	return new ApiError(
		'notSent',
		`${vendor.name} asks to wait ${seconds} s, longer than Give Up After allows${formatDetails(told)}`,
		'Raise Give Up After in the options, lower Requests per Minute, or run the items again later',
		told.status,
		told.vendorMessage,
	);
}

/** Sent, and nobody can say whether the vendor acted on it. */
export function outcomeUnknown(vendor: NamedVendor, told: ErrorDetails = {}): ApiError {
	return new ApiError(
		'unknown',
		`Outcome unknown: the request was sent, but no usable reply came from ${vendor.name}${formatDetails(told)}`,
		'Look the lead up at the vendor before sending it again, so that it is not called twice',
		told.status,
		told.vendorMessage,
	);
}
