import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
	ResourceMapperFields,
} from 'n8n-workflow';
import { withClient } from '../../shared/transport/withClient';
import { asObjects, getOwn, asText } from '../../shared/values/json';
import { searchList } from '../../shared/methods/listSearch';
import { allCustomFields, asMapperField } from '../lead/customFields';
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

async function leadCustomFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const custom = await withClient(this, close, allCustomFields);
	return {
		fields: custom.flatMap((field) => asMapperField(field) ?? []),
		emptyFieldsNotice: 'Leads have no custom fields in this Close organization',
	};
}

async function customFieldOptions(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const custom = await withClient(this, close, allCustomFields);
	return custom.flatMap(({ id, name }) => {
		const value = asText(id);
		return value === undefined ? [] : [{ name: asText(name) ?? value, value }];
	});
}

async function clearableFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return [
		{ name: 'Addresses', value: 'addresses' },
		{ name: 'Description', value: 'description' },
		{ name: 'URL', value: 'url' },
		...(await customFieldOptions.call(this)),
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
		...(await customFieldOptions.call(this)),
	];
}

export const triggerMethods = { loadOptions: { changeableFields } };

export const methods = {
	listSearch: { searchStatuses },
	loadOptions: { clearableFields, customFieldOptions },
	resourceMapping: { leadCustomFields },
};
