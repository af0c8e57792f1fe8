import { isObject, getOwn } from '../../shared/values/json';
import {
	extractErrorMessage,
	readName,
	readMessageText,
} from '../../shared/transport/errorMessage';

/** Each list and each object in it takes two levels of wrapping. */
const MAX_DEPTH = 20;
/** More than anyone reads. */
const MAX_MESSAGES = 20;

/** The texts of `errors` and `field-errors`, with the path of each field; lists count from 1. */
export function parseErrorMessage(body: unknown): string | undefined {
	const named: string[] = [];
	for (const key of ['errors', 'field-errors']) {
		for (const message of messagesOf(getOwn(body, key), '')) {
			if (named.push(message) >= MAX_MESSAGES) break;
		}
	}
	const plain = readMessageText(getOwn(body, 'error'));
	return [plain, ...named].filter(Boolean).join('; ') || extractErrorMessage(body);
}

function* messagesOf(problem: unknown, path: string, depth = 0): Generator<string> {
	const text = readMessageText(problem);
	if (text !== undefined) yield path === '' ? text : `${path}: ${text}`;
	else if (Array.isArray(problem) && depth < MAX_DEPTH) {
		for (const entry of problem) yield* messagesOf(entry, path, depth + 1);
	} else if (isObject(problem) && depth < MAX_DEPTH) {
		for (const [key, entry] of Object.entries(problem)) {
			yield* messagesOf(
				entry,
				['errors', 'field-errors'].includes(key) ? path : below(path, key),
				depth + 1,
			);
		}
	}
}

/** The path of a field; positions in a list count from 1. */
function below(path: string, key: string): string {
	const name = /^\d+$/.test(key) ? String(Number(key) + 1) : readName(key);
	return path === '' ? name : `${path}.${name}`;
}
