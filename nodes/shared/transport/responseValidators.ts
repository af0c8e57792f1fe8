import { isObject, getOwn, asText } from '../values/json';

/** What a vendor's envelope says instead of "done". */
const FAILED_STATUSES: ReadonlySet<string> = new Set(['error', 'failed', 'failure', 'fail']);
const NO: ReadonlySet<string> = new Set(['false', 'no', '0']);

function isNonEmpty(value: unknown): boolean {
	if (Array.isArray(value)) return value.length > 0;
	return isObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

const folded = (value: unknown) => (asText(value) ?? '').toLowerCase();

/** The fields of a reply that report a failure of the request, and not data of a lead. */
const VERDICTS: ReadonlyArray<[name: string, isFailure: (value: unknown) => boolean]> = [
	['success', (value) => NO.has(folded(value))],
	['ok', (value) => NO.has(folded(value))],
	['status', (value) => FAILED_STATUSES.has(folded(value))],
	['error', isNonEmpty],
	['errors', isNonEmpty],
];

/**
 * True if the body of a 2xx response reports a failure, such as `{"error": "quota exceeded"}`.
 * @param sent the request's body: a field of a lead that the reply repeats is no verdict, whatever its name
 */
export function reportsFailure(body: unknown, sent: unknown): boolean {
	return VERDICTS.some(([name, isFailure]) => {
		const value = getOwn(body, name);
		return isFailure(value) && !repeatsSent(sent, name, value);
	});
}

function repeatsSent(sent: unknown, name: string, value: unknown): boolean {
	const leads: unknown[] = Array.isArray(sent) ? sent : [sent];
	// The vendor may write a number as text, or in other capitals.
	const comparable = (field: unknown) => (asText(field) ?? JSON.stringify(field))?.toLowerCase();
	return leads.some((lead) => comparable(getOwn(lead, name)) === comparable(value));
}

/** True for what a vendor that documents no body may say: nothing, or an object. A text or a list is no answer. */
export function isAcknowledgment(body: unknown): boolean {
	return body === undefined || isObject(body);
}

/** True if a body has an ID, as every record does. */
export function hasId(body: unknown): boolean {
	return asText(getOwn(body, 'id')) !== undefined;
}

/** A validator: true if a body is the record with this ID. */
export function isRecord(id: string | number): (body: unknown) => boolean {
	return (body) => asText(getOwn(body, 'id')) === String(id);
}

/** A validator: true if a body has a list under this name. */
export function hasList(name: string): (body: unknown) => boolean {
	return (body) => Array.isArray(getOwn(body, name));
}
