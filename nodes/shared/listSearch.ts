import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { runError } from './errors';
import { VendorClient } from './transport';
import type { Account, Vendor } from './vendor';

/** A drop-down does not wait as long as a list of leads would. */
const settings = { timeoutMs: 20_000, giveUpAfterMs: 10_000, requestsPerMinute: 0 };

/** Asks the vendor something for the editor. @throws NodeOperationError in the vendor's words */
export async function askVendor<Answer, A extends Account>(
	context: ILoadOptionsFunctions,
	vendor: Vendor<A>,
	ask: (client: VendorClient<A>) => Promise<Answer>,
): Promise<Answer> {
	try {
		return await ask(await VendorClient.open(context, vendor, settings));
	} catch (error) {
		throw runError(context, error);
	}
}

/**
 * Fills a drop-down: fetches all entries and keeps those whose name holds what the user typed.
 * @throws NodeOperationError in the vendor's words; an empty list means that there is nothing
 */
export async function searchList<A extends Account>(
	context: ILoadOptionsFunctions,
	vendor: Vendor<A>,
	filter: string | undefined,
	fetchAll: (client: VendorClient<A>) => Promise<INodeListSearchItems[]>,
): Promise<INodeListSearchResult> {
	const entries = await askVendor(context, vendor, fetchAll);
	const wanted = (filter ?? '').trim().toLowerCase();
	const results = entries
		.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted))
		.sort((a, b) => a.name.localeCompare(b.name));
	return { results };
}
