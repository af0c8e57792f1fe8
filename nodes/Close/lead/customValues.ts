import { isObject, type JsonObject } from '../../shared/values/json';

const PREFIX = 'custom.';
const FIELD_ID = /^l?cf_/;

/** The key of a custom field in a lead, and in `_fields`. */
export const customKey = (fieldId: string) => `${PREFIX}${fieldId}`;

/** The ID in a key of a custom field; undefined for another key. */
export function customFieldIdOf(key: string): string | undefined {
	return key.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined;
}

/**
 * The custom fields of a lead that have a value, by ID. Close shows them as `custom.cf_…` keys, or as an object `custom`,
 * which is deprecated and may have names as keys (Close API page, Leads).
 */
export function customValuesOf(lead: JsonObject): JsonObject {
	const keyed = Object.entries(lead).flatMap(([key, value]): Array<[string, unknown]> => {
		const id = customFieldIdOf(key);
		return id === undefined ? [] : [[id, value]];
	});
	const nested = isObject(lead.custom) ? Object.entries(lead.custom) : [];
	const byId = keyed.length === 0 ? nested : nested.filter(([key]) => FIELD_ID.test(key));
	return Object.fromEntries([...byId, ...keyed]);
}
