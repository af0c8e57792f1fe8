import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { ItemParameters } from '../../nodes/shared/parameters/ItemParameters';
import { NodeParameters } from '../../nodes/shared/parameters/NodeParameters';
import type { ParameterSource } from '../../nodes/shared/parameters/NodeParameters';
import type { ApiClient } from '../../nodes/shared/transport/ApiClient';
import type { ApiRequest } from '../../nodes/shared/transport/request';
import type { AccountConfig } from '../../nodes/shared/transport/vendor';
import { getOwn } from '../../nodes/shared/values/json';

/** Parameters as n8n would have evaluated them, the same for every item, in New York. */
export function fakeSource(values: object, items: IDataObject[] = []): ParameterSource {
	return {
		getNode: () => ({ parameters: values }),
		getTimezone: () => 'America/New_York',
		getInputData: () => items.map((json) => ({ json })),
		getNodeParameter: (name, _itemIndex, fallback, options) => {
			const value = getOwn(values, name) ?? fallback;
			return options?.extractValue === true ? (getOwn(value, 'value') ?? value) : value;
		},
	};
}

/** One item with these parameters, without n8n. @param description the fields, for options that must be understood */
export function fakeItem(
	values: object,
	columns: IDataObject = {},
	description: readonly INodeProperties[] = [],
): ItemParameters {
	return new ItemParameters(
		new NodeParameters(fakeSource(values, [columns]), description),
		0,
		columns,
	);
}

/** A response of the fake client: a body with status 200, unless it says otherwise. */
export interface FakeResponse {
	status?: number;
	body?: unknown;
}

/** A client of an account that answers without n8n and HTTP, and records its requests. */
export function fakeClient(
	answer: (request: ApiRequest, index: number) => FakeResponse,
	more: Partial<AccountConfig> = {},
): {
	client: ApiClient;
	requests: ApiRequest[];
} {
	const account: AccountConfig = {
		baseUrl: 'https://vendor.example',
		secrets: [],
		accountKey: 'account',
		...more,
	};
	const requests: ApiRequest[] = [];
	const request = async (sent: ApiRequest) => {
		requests.push(sent);
		return { status: 200, afterLostResponse: false, ...answer(sent, requests.length - 1) };
	};
	const options = { settings: { maxConcurrentRequests: 10 } };
	return {
		client: Object.create(null, {
			account: { value: account },
			options: { value: options },
			request: { value: request },
		}),
		requests,
	};
}
