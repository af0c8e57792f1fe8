import { runError } from '../actions/outcome/nodeErrors';
import { VendorClient } from './ApiClient';
import type { CallContext } from './ApiClient';
import type { Account, Vendor } from './vendor';

/** A drop-down, or an activation, does not wait as long as a list of leads would. */
const settings = { timeoutMs: 20_000, giveUpAfterMs: 10_000, requestsPerMinute: 0 };

/** Asks the vendor something without items: for the editor, or for a trigger. @throws NodeOperationError in the vendor's words */
export async function askVendor<Answer, A extends Account>(
	context: CallContext,
	vendor: Vendor<A>,
	ask: (client: VendorClient<A>) => Promise<Answer>,
): Promise<Answer> {
	try {
		return await ask(await VendorClient.open(context, vendor, settings));
	} catch (error) {
		throw runError(context, error);
	}
}
