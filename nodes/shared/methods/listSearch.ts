import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { withClient } from '../transport/withClient';
import type { ApiClient } from '../transport/ApiClient';
import type { AccountConfig, Vendor } from '../transport/vendor';

/** Fills a drop-down with the entries that contain what the user typed. @throws NodeOperationError */
export async function searchList<A extends AccountConfig>(
	context: ILoadOptionsFunctions,
	vendor: Vendor<A>,
	filter: string | undefined,
	fetchAll: (client: ApiClient<A>) => Promise<INodeListSearchItems[]>,
): Promise<INodeListSearchResult> {
	const entries = await withClient(context, vendor, fetchAll);
	const wanted = (filter ?? '').trim().toLowerCase();
	const results = entries
		.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted))
		.sort((a, b) => a.name.localeCompare(b.name));
	return { results };
}
