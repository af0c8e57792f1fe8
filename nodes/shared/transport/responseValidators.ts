import { isObject, own, textOf } from '../values/json';

function isFilled(value: unknown): boolean {
	if (Array.isArray(value)) return value.length > 0;
	return isObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** Whether the body of a success plainly says that it is none, such as `{"error": "quota exceeded"}`. */
export function saysFailure(body: unknown): boolean {
	return (
		own(body, 'success') === false || isFilled(own(body, 'error')) || isFilled(own(body, 'errors'))
	);
}

/** Whether a body has an ID, as every record does. */
export function hasId(body: unknown): boolean {
	return textOf(own(body, 'id')) !== undefined;
}

/** Whether a body has a list under this name. */
export function hasList(name: string): (body: unknown) => boolean {
	return (body) => Array.isArray(own(body, name));
}
