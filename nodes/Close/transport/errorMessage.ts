import { isObject, getOwn, asText } from '../../shared/values/json';
import { extractErrorMessage } from '../../shared/transport/errorMessage';

/** Each list and each object in it takes two levels of wrapping. */
const deepest = 20;

/**
 * Close's words in the body of an error reply: `{"errors": [...], "field-errors": {...}}`, nested for
 * contacts and their phones and e-mails. Each is told with its field, as in
 * `contacts.1.phones.1.phone: Invalid phone number.`, lists counted from 1.
 */
export function parseErrorMessage(body: unknown): string | undefined {
	const named = [...tell(getOwn(body, 'errors'), ''), ...tell(getOwn(body, 'field-errors'), '')];
	const plain = asText(getOwn(body, 'error'));
	return [plain, ...named].filter(Boolean).join('; ') || extractErrorMessage(body);
}

function* tell(problem: unknown, path: string, depth = 0): Generator<string> {
	const text = asText(problem);
	if (text !== undefined) yield path === '' ? text : `${path}: ${text}`;
	else if (Array.isArray(problem) && depth < deepest) {
		for (const entry of problem) yield* tell(entry, path, depth + 1);
	} else if (isObject(problem) && depth < deepest) {
		for (const [key, entry] of Object.entries(problem)) {
			yield* tell(entry, isWrapper(key) ? path : below(path, key), depth + 1);
		}
	}
}

function isWrapper(key: string): boolean {
	return key === 'errors' || key === 'field-errors';
}

/** The path of a field; a position in a list is told as people count. */
function below(path: string, key: string): string {
	const name = /^\d+$/.test(key) ? String(Number(key) + 1) : key;
	return path === '' ? name : `${path}.${name}`;
}
