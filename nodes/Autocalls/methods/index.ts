import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { withClient } from '../../shared/transport/withClient';
import { searchList } from '../../shared/methods/listSearch';
import { allAssistants } from '../lead/assistants';
import { allCampaigns, toListItem } from '../lead/campaigns';
import { autocalls } from '../transport/vendor';

async function searchCampaigns(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchList(this, autocalls, filter, async (client) =>
		(await allCampaigns(client)).flatMap((campaign) => toListItem(campaign) ?? []),
	);
}

async function assistants(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const all = await withClient(this, autocalls, allAssistants);
	return all.map(({ id, name }) => ({ name, value: id }));
}

export const triggerMethods = { listSearch: { searchCampaigns }, loadOptions: { assistants } };

export const methods = { listSearch: { searchCampaigns } };
