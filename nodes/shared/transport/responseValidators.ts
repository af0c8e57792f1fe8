import { isObject, getOwn, asText } from '../values/json';

function isNonEmpty(value: unknown): boolean {
	if (Array.isArray(value)) return value.length > 0;
	return isObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** True if the body of a 2xx response reports a failure, such as `{"error": "quota exceeded"}`. */
export function reportsFailure(body: unknown): boolean {
	return (
		getOwn(body, 'success') === false ||
		isNonEmpty(getOwn(body, 'error')) ||
		isNonEmpty(getOwn(body, 'errors'))
	);
}

/** True if a body has an ID, as every record does. */
export function hasId(body: unknown): boolean {
	return asText(getOwn(body, 'id')) !== undefined;
}

/** A validator: true if a body has a list under this name. */
export function hasList(name: string): (body: unknown) => boolean {
	return (body) => Array.isArray(getOwn(body, name));
}
