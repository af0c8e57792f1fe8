import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { searchList } from '../shared/listSearch';
import { allCampaigns, asEntry } from './campaigns';
import { autocalls } from './vendor';

async function searchCampaigns(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchList(this, autocalls, filter, async (client) =>
		(await allCampaigns(client)).flatMap((campaign) => asEntry(campaign) ?? []),
	);
}

export const methods = { listSearch: { searchCampaigns } };
