import type { Vendor } from './vendor';

/** Why a call did not end in a reply. */
export type CallFailure = 'refused' | 'credential' | 'notSent' | 'unknown';

/** A call that did not end in a reply. Holds words only: no request, no header, no secret. */
export class CallFailed extends Error {
	constructor(
		readonly kind: CallFailure,
		message: string,
		readonly description: string,
		readonly status?: number,
		readonly vendorMessage?: string,
	) {
		super(message);
		this.name = 'CallFailed';
	}
}

/** What is known of an exchange that went wrong. */
export interface Told {
	status?: number;
	/** The vendor's own words, shortened and without secrets. */
	words?: string;
}

type NamedVendor = Pick<Vendor, 'name' | 'adviceFor'>;

function inBrackets({ status, words }: Told): string {
	const parts = [status === undefined ? undefined : `HTTP ${status}`, words].filter(Boolean);
	return parts.length > 0 ? ` (${parts.join(': ')})` : '';
}

/** Whether a status says to look elsewhere. */
function redirected(status: number): boolean {
	return status >= 300 && status < 400;
}

/** The vendor said no to the request as it is. */
export function refused(vendor: NamedVendor, told: Told): CallFailed {
	const { status = 0, words } = told;
	let advice = vendor.adviceFor?.(status) ?? 'Correct the item and run it again';
	if (redirected(status)) {
		advice =
			'It answered with a redirect, which is not followed so that the credential stays with its host. Check the Base URL in the credential';
	}
	const message = `${vendor.name} refused the request${inBrackets(told)}`;
	return new CallFailed('refused', message, advice, status, words);
}

/** The vendor does not accept who we are. */
export function credentialRefused(vendor: NamedVendor, told: Told): CallFailed {
	return new CallFailed(
		'credential',
		`${vendor.name} did not accept the credential${inBrackets(told)}`,
		'Open the credential, check its key or token and test it, then run the workflow again',
		told.status,
		told.words,
	);
}

/** Nobody there, or nobody able to answer; the vendor has not taken the request. */
export function unavailable(vendor: NamedVendor, told: Told): CallFailed {
	return new CallFailed(
		'notSent',
		`${vendor.name} could not be reached or did not answer${inBrackets(told)}`,
		'Run the items again once the vendor is back. If this is the first run, check the Base URL in the credential',
		told.status,
		told.words,
	);
}

/** The vendor asks for a longer wait than the user allows. */
export function waitTooLong(vendor: NamedVendor, waitMs: number, told: Told = {}): CallFailed {
	const seconds = Math.ceil(waitMs / 1000);
	return new CallFailed(
		'notSent',
		`${vendor.name} asks to wait ${seconds} s, longer than Give Up After allows${inBrackets(told)}`,
		'Raise Give Up After in the options, lower Requests per Minute, or run the items again later',
		told.status,
		told.words,
	);
}

/** Sent, and nobody can say whether the vendor acted on it. */
export function outcomeUnknown(vendor: NamedVendor, told: Told = {}): CallFailed {
	return new CallFailed(
		'unknown',
		`Outcome unknown: the request was sent, but no usable reply came from ${vendor.name}${inBrackets(told)}`,
		'Look the lead up at the vendor before sending it again, so that it is not called twice',
		told.status,
		told.words,
	);
}
