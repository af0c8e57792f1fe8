import type { IDataObject } from 'n8n-workflow';

/**
 * A placeholder in static data that becomes the source's JSON when n8n stores it (`JSON.stringify` calls `toJSON`).
 * Relies on n8n-workflow 2.41: an `ObservableObject` wraps every enumerable value in a proxy, which private class
 * fields do not survive; this placeholder has none. A deep copy loses it, see `triggerState`.
 */
export function lazyJson(source: { toJSON(): IDataObject }): IDataObject {
	return Object.defineProperty({}, 'toJSON', { value: () => source.toJSON() });
}

/** The JSON value of an entry of the static data, be it a placeholder or a stored value. */
export function readJson(entry: unknown): unknown {
	return JSON.parse(JSON.stringify(entry ?? null));
}
