import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { hasList } from '../../shared/transport/responseValidators';
import { asObjects, asText, asTexts, getOwn, isBlank, isObject } from '../../shared/values/json';
import { quote } from '../../shared/values/quote';
import { closeRequest, readId } from '../transport/vendor';

/** A custom field of leads. */
export interface CustomField {
	id: string;
	name: string;
	/** Such as `text` or `choices` (Close API page, Custom Fields). */
	type: string;
	isMultiple: boolean;
	/** Its choices; empty where it has none. */
	choices: readonly string[];
}

/** The custom fields of leads by ID, in the order of Close. */
export type CustomFields = ReadonlyMap<string, CustomField>;

/** What the custom fields of each run are, by its account object. */
const runs = new WeakMap<object, CustomFields>();

/** `GET /custom_field_schema/lead/`: own and shared fields in one reply (Close API page, Custom Field Schemas). */
export async function allCustomFields(client: ApiClient): Promise<CustomFields> {
	const { body } = await client.request(
		closeRequest('custom_field_schema/lead', {
			method: 'GET',
			safety: 'safe',
			validateBody: hasList('fields'),
		}),
	);
	const fields = asObjects(getOwn(body, 'fields')).flatMap((field): CustomField[] => {
		const id = asText(field.id);
		if (id === undefined) return [];
		return [
			{
				id,
				name: asText(field.name) ?? id,
				type: asText(field.type) ?? 'text',
				isMultiple: field.accepts_multiple_values === true,
				choices: asTexts(field.choices),
			},
		];
	});
	return new Map(fields.map((field) => [field.id, field]));
}

/** Reads the custom fields of the account, once a run, where the node's parameters use any. @throws ApiError */
export async function loadCustomFields(client: ApiClient, parameters: unknown): Promise<void> {
	if (usesCustomFields(parameters)) runs.set(client.account, await allCustomFields(client));
}

/** The custom fields that were read for this run. */
export function customFieldsOf(account: object): CustomFields {
	return runs.get(account) ?? new Map();
}

/** Whether stored parameters name a custom field, or may do so in an expression. */
function usesCustomFields(parameters: unknown): boolean {
	const [mapper, matchBy, changes, clear] = PARAMETERS.map((name) => getOwn(parameters, name));
	const mapped = getOwn(mapper, 'value');
	return (
		[mapper, mapped, matchBy, changes, clear].some(isFilledText) ||
		getOwn(mapper, 'mappingMode') === 'autoMapInputData' ||
		(isObject(mapped) && Object.values(mapped).some((value) => !isBlank(value))) ||
		asObjects(getOwn(matchBy, 'key')).some(({ by }) => by === 'customField' || isExpression(by)) ||
		asObjects(getOwn(changes, 'change')).length > 0 ||
		asTexts(clear).some((name) => isExpression(name) || /^l?cf_/.test(name))
	);
}

const PARAMETERS = ['customFields', 'matchBy', 'multiValueChanges', 'clear'];
const isFilledText = (value: unknown) => typeof value === 'string' && !isBlank(value);
const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');

/** The field with this ID. @throws InvalidInputError for what is no ID, and for a field that Close does not have */
export function fieldById(fields: CustomFields, id: string, label: string): CustomField {
	return fields.get(id) ?? noSuchField(readId(id, 'cf', label), label);
}

/** @param name what the field was called when it was mapped */
export function noSuchField(id: string, label: string, name?: string): never {
	const field = name === undefined || name === id ? id : `${quote(name)} (${id})`;
	throw new InvalidInputError(
		`${label}: Close has no custom field ${field} for leads`,
		'It was deleted, or belongs to another organization. Refresh the list of fields in the node and choose another one',
	);
}
