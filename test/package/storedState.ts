import { isObject } from '../../nodes/shared/values/json';
import type { Contract } from './contract';

/** Sections of `contract.json` that list what nodes store in n8n, which running workflows need again. */
export const STORED = 'stored state › ';

/** The contract in two parts: what nodes and credentials describe, and what they store. */
export function byOrigin(contract: Contract): { described: Contract; stored: Contract } {
	const entries = Object.entries(contract);
	return {
		described: Object.fromEntries(entries.filter(([path]) => !path.startsWith(STORED))),
		stored: Object.fromEntries(entries.filter(([path]) => path.startsWith(STORED))),
	};
}

/**
 * The path of every key in a stored value, such as `facts.token: string`, with the type of its value.
 * Hashes are replaced by their length, so that two runs give the same paths.
 */
export function keysOf(value: unknown, path = ''): string[] {
	if (!isObject(value)) return [`${path}: ${describe(value)}`];
	const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
	if (entries.length === 0) return [`${path}: {}`];
	return entries.flatMap(([key, entry]) =>
		keysOf(entry, path === '' ? withoutHash(key) : `${path}.${withoutHash(key)}`),
	);
}

/** A key in which each part that is a hash of a dedupe key (22 characters) is replaced by its length. */
export function withoutHash(text: string): string {
	return text
		.split('|')
		.map((part) => (/^[\w-]{22}$/.test(part) ? '<hash of 22>' : part))
		.join('|');
}

function describe(value: unknown): string {
	if (value === null) return 'null';
	// The only text that is stored as a state of its own: a journaled lead whose request is out.
	if (value === 'sent') return '"sent"';
	return Array.isArray(value) ? 'array' : typeof value;
}
