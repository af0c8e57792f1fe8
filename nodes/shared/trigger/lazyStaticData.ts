import type { IDataObject } from 'n8n-workflow';

/**
 * A placeholder in the workflow's static data that becomes the source's JSON when n8n stores it.
 *
 * Relies on n8n-workflow 2.39: static data is an `ObservableObject`, which wraps every enumerable value
 * in a proxy that private class fields do not survive; this placeholder has none. n8n stores static
 * data with `JSON.stringify`, which calls `toJSON`. A deep copy loses it, see `triggerState`.
 */
export function lazyJson(source: { toJSON(): IDataObject }): IDataObject {
	return Object.defineProperty({}, 'toJSON', { value: () => source.toJSON() });
}

/** The JSON value of an entry of the static data, be it a placeholder or a stored value. */
export function readJson(entry: unknown): unknown {
	return JSON.parse(JSON.stringify(entry ?? null));
}
