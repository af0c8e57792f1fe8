import { DescribedError } from '../errors/DescribedError';
import { toNodeError } from '../errors/toNodeError';
import { ApiClient } from './ApiClient';
import { unavailable } from './ApiError';
import type { ClientContext } from './request';
import type { AccountConfig, Vendor } from './vendor';

/** Shorter than for lists of leads: the user is waiting for a drop-down, or for the workflow to be published. */
const SETTINGS = { timeoutMs: 20_000, giveUpAfterMs: 10_000 };

/** A client for a drop-down or a trigger. @throws InvalidInputError for a credential that cannot be used */
export async function openClient<A extends AccountConfig>(
	context: ClientContext,
	vendor: Vendor<A>,
	signal?: AbortSignal,
): Promise<ApiClient<A>> {
	const { requestsPerMinute, defaultConcurrency } = vendor;
	const settings = {
		...SETTINGS,
		requestsPerMinute,
		maxConcurrentRequests: defaultConcurrency,
	};
	return await ApiClient.open(context, vendor, settings, { signal });
}

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
		return await call(await openClient(context, vendor, signal));
	} catch (error) {
		const isAborted = signal?.aborted === true && !(error instanceof DescribedError);
		throw toNodeError(context, isAborted ? unavailable(vendor) : error);
	}
}
