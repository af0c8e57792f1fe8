import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
	ResourceMapperFields,
} from 'n8n-workflow';
import { withClient } from '../../shared/transport/withClient';
import { asObjects, getOwn, asText } from '../../shared/values/json';
import { searchList } from '../../shared/methods/listSearch';
import { asMapperField } from '../lead/customFields';
import { allCustomFields, type CustomField } from '../lead/customFieldSchema';
import { leadsToChoose } from '../lead/leadList';
import { isMatchable } from '../lead/customKey';
import { hasList } from '../../shared/transport/responseValidators';
import { close, closeRequest } from '../transport/vendor';

/** `GET /status/lead/`: all of them in one reply (Close API page, Lead Statuses). */
async function searchStatuses(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchList(this, close, filter, async (client) => {
		const { body } = await client.request(
			closeRequest('status/lead', { method: 'GET', safety: 'safe', validateBody: hasList('data') }),
		);
		return asObjects(getOwn(body, 'data')).flatMap(({ id, label }) => {
			const value = asText(id);
			return value === undefined ? [] : [{ name: asText(label) ?? value, value }];
		});
	});
}

/** Any lead of the organization, by what the user typed. */
async function searchLeadsByName(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const results = await withClient(
		this,
		close,
		async (client) => await leadsToChoose(client, filter),
	);
	return { results };
}

async function leadCustomFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const custom = await withClient(this, close, allCustomFields);
	return {
		fields: [...custom.values()].map(asMapperField),
		emptyFieldsNotice: 'Leads have no custom fields in this Close organization',
	};
}

/** The custom fields of which `isListed` is true, by name. */
async function listCustomFields(
	context: ILoadOptionsFunctions,
	isListed: (field: CustomField) => boolean = () => true,
): Promise<INodePropertyOptions[]> {
	const custom = await withClient(context, close, allCustomFields);
	return [...custom.values()].filter(isListed).map(({ id, name }) => ({ name, value: id }));
}

async function matchableFieldOptions(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await listCustomFields(this, isMatchable);
}

async function multiValueFieldOptions(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await listCustomFields(this, ({ isMultiple }) => isMultiple);
}

async function clearableFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return [
		{ name: 'Addresses', value: 'addresses' },
		{ name: 'Description', value: 'description' },
		{ name: 'URL', value: 'url' },
		...(await listCustomFields(this)),
	];
}

/** Fields whose change an update event reports. */
async function changeableFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return [
		{ name: 'Addresses', value: 'addresses' },
		{ name: 'Contacts', value: 'contacts' },
		{ name: 'Description', value: 'description' },
		{ name: 'Name', value: 'name' },
		{ name: 'Status', value: 'status' },
		{ name: 'URL', value: 'url' },
		...(await listCustomFields(this)),
	];
}

export const triggerMethods = { loadOptions: { changeableFields } };

export const methods = {
	listSearch: { searchLeadsByName, searchStatuses },
	loadOptions: { clearableFields, matchableFieldOptions, multiValueFieldOptions },
	resourceMapping: { leadCustomFields },
};
