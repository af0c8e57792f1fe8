import { isRecord, isScalar } from './guards';

/**
 * The data of a state that a snapshot contains, by name. Maps, sets and lists are stored with all they hold, which
 * is plain JSON; of other objects, such as settings, their own numbers, strings and booleans.
 */
export type StoredParts = Record<string, object>;

function savePart(part: object): unknown {
	if (part instanceof Map || part instanceof Set) return [...part];
	if (Array.isArray(part)) return part;
	return Object.fromEntries(Object.entries(part).filter(([, value]) => isScalar(value)));
}

function asList(raw: unknown, name: string): unknown[] {
	if (Array.isArray(raw)) return raw;
	throw new Error(`${name} is not a list`);
}

function loadPart(part: object, raw: unknown, name: string): void {
	if (part instanceof Map) {
		part.clear();
		for (const entry of asList(raw, name)) {
			const [key, value] = asList(entry, name);
			part.set(key, value);
		}
	} else if (part instanceof Set) {
		part.clear();
		for (const value of asList(raw, name)) part.add(value);
	} else if (Array.isArray(part)) {
		part.length = 0;
		for (const value of asList(raw, name)) part.push(value);
	} else {
		if (!isRecord(raw)) throw new Error(`${name} is not an object`);
		// A setting that has since been removed is ignored; a new one has its default.
		for (const [key, value] of Object.entries(raw)) {
			const known: unknown = Reflect.get(part, key);
			if (isScalar(known) && typeof known === typeof value) Reflect.set(part, key, value);
		}
	}
}

/** The parts as plain JSON. It refers to the same objects: write it before they change. */
export function saveParts(parts: StoredParts): Record<string, unknown> {
	return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, savePart(part)]));
}

/**
 * Fills the parts with what `saveParts` returned, after a round trip through JSON.
 * @throws an Error when a part is missing or of another kind
 */
export function loadParts(parts: StoredParts, raw: unknown): void {
	if (!isRecord(raw)) throw new Error('the data is not an object');
	for (const [name, part] of Object.entries(parts)) loadPart(part, raw[name], name);
}
