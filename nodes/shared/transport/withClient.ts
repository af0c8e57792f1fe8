import { toNodeError } from '../errors/toNodeError';
import { ApiClient } from './ApiClient';
import type { ClientContext } from './request';
import type { AccountConfig, Vendor } from './vendor';

/** Shorter than for lists of leads: the user is waiting for a drop-down, or for the workflow to be published. */
const SETTINGS = { timeoutMs: 20_000, giveUpAfterMs: 10_000 };

/** Calls the vendor for a drop-down or a trigger. @throws NodeOperationError with the message of what went wrong */
export async function withClient<Result, A extends AccountConfig>(
	context: ClientContext,
	vendor: Vendor<A>,
	call: (client: ApiClient<A>) => Promise<Result>,
): Promise<Result> {
	try {
		const settings = { ...SETTINGS, requestsPerMinute: vendor.requestsPerMinute };
		return await call(await ApiClient.open(context, vendor, settings));
	} catch (error) {
		throw toNodeError(context, error);
	}
}
