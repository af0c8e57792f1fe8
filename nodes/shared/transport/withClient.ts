import { DescribedError } from '../errors/DescribedError';
import { toNodeError } from '../errors/toNodeError';
import { ApiClient } from './ApiClient';
import { unavailable } from './ApiError';
import type { ClientContext } from './request';
import type { AccountConfig, Vendor } from './vendor';

/** Shorter than for lists of leads: the user is waiting for a drop-down, or for the workflow to be published. */
const SETTINGS = { timeoutMs: 20_000, giveUpAfterMs: 10_000 };

/**
 * Calls the vendor for a drop-down or a trigger. @param maxMs when its requests are aborted, if it still makes some
 * @throws NodeOperationError with the message of what went wrong
 */
export async function withClient<Result, A extends AccountConfig>(
	context: ClientContext,
	vendor: Vendor<A>,
	call: (client: ApiClient<A>) => Promise<Result>,
	maxMs?: number,
): Promise<Result> {
	const signal = maxMs === undefined ? undefined : AbortSignal.timeout(maxMs);
	try {
		const settings = { ...SETTINGS, requestsPerMinute: vendor.requestsPerMinute };
		return await call(await ApiClient.open(context, vendor, settings, { signal }));
	} catch (error) {
		const isAborted = signal?.aborted === true && !(error instanceof DescribedError);
		throw toNodeError(context, isAborted ? unavailable(vendor) : error);
	}
}
