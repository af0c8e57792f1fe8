/** Small readers that turn `unknown` from the wire into something the sandbox can judge. */

export type Scalar = string | number | boolean | null;

/** True for a JSON object (not a list, not null). */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for anything JSON can hold that is neither a list nor an object. */
export function isScalar(value: unknown): value is Scalar {
	return (
		value === null ||
		typeof value === 'string' ||
		typeof value === 'number' ||
		typeof value === 'boolean'
	);
}

/** True for a string with something other than white space in it. */
export function isFilled(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}

const isoDate =
	/^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** True for an ISO 8601 date, with or without time, its offset written with or without a colon. */
export function isIsoDate(value: unknown): value is string {
	if (typeof value !== 'string') return false;
	const match = isoDate.exec(value);
	if (!match) return false;
	const [, day = '', time, seconds = ':00', zone = 'Z'] = match;
	const offset = zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
	// Date.parse takes 30 February for 2 March, so the day is compared with what came out.
	const midnight = new Date(`${day}T00:00:00Z`);
	if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return false;
	return time === undefined || !Number.isNaN(Date.parse(`${day}T${time}${seconds}${offset}`));
}

/** The value as parsed JSON, or undefined when the text is no JSON. */
export function parseJson(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return undefined;
	}
}
