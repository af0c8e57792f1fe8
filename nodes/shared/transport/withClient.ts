import { toNodeError } from '../errors/toNodeError';
import { ApiClient } from './ApiClient';
import type { ClientContext } from './ApiClient';
import type { AccountConfig, Vendor } from './vendor';

/** A drop-down, or an activation, does not wait as long as a list of leads would. */
const settings = { timeoutMs: 20_000, giveUpAfterMs: 10_000, requestsPerMinute: 0 };

/** Asks the vendor something without items: for the editor, or for a trigger. @throws NodeOperationError in the vendor's words */
export async function withClient<Answer, A extends AccountConfig>(
	context: ClientContext,
	vendor: Vendor<A>,
	ask: (client: ApiClient<A>) => Promise<Answer>,
): Promise<Answer> {
	try {
		return await ask(await ApiClient.open(context, vendor, settings));
	} catch (error) {
		throw toNodeError(context, error);
	}
}
