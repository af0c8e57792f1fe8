/** A JSON value that is neither a list nor an object. */
export type Scalar = string | number | boolean | null;

/** True for a JSON object (not a list, not null). */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a JSON value that is neither a list nor an object. */
export function isScalar(value: unknown): value is Scalar {
	return (
		value === null ||
		typeof value === 'string' ||
		typeof value === 'number' ||
		typeof value === 'boolean'
	);
}

/** True for a string that is not blank. */
export function isFilled(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}

const ISO_DATE =
	/^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** True for an ISO 8601 date, with or without time; the offset may lack its colon. */
export function isIsoDate(value: unknown): value is string {
	if (typeof value !== 'string') return false;
	const match = ISO_DATE.exec(value);
	if (!match) return false;
	const [, day = '', time, seconds = ':00', zone = 'Z'] = match;
	const offset = zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
	// Date.parse reads 30 February as 2 March, so the day is compared with the result.
	const midnight = new Date(`${day}T00:00:00Z`);
	if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return false;
	return time === undefined || !Number.isNaN(Date.parse(`${day}T${time}${seconds}${offset}`));
}

/** The parsed JSON; undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return undefined;
	}
}
