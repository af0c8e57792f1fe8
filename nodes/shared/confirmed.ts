import { sleep } from 'n8n-workflow';
import { isObject, own, textOf } from './json';
import { backoffMs } from './retryPolicy';
import type { Reply, VendorClient, VendorRequest } from './transport';
import type { Account } from './vendor';

/** Tries of a request whose success is hollow; only of one that does no harm when it is repeated. */
const mostTries = 3;

/** Words by which a body says of itself that nothing was done. */
const saysNo = new Set(['error', 'fail', 'failed', 'failure']);

function isFilled(value: unknown): boolean {
	if (Array.isArray(value)) return value.length > 0;
	return isObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** Whether the body of a success plainly says that it is none, such as `{"error": "quota exceeded"}`. */
export function saysFailure(body: unknown): boolean {
	return (
		own(body, 'success') === false ||
		isFilled(own(body, 'error')) ||
		isFilled(own(body, 'errors')) ||
		saysNo.has((textOf(own(body, 'status')) ?? '').toLowerCase())
	);
}

/**
 * Makes a call whose success has to be one: a 2xx that says that it failed, or that lacks what the
 * vendor promises, tells nothing of what became of the request. It is made again where that is harmless.
 * @param holds whether a body has what the vendor promises of it
 * @throws CallFailed as `call` does; of kind `unknown` for a write whose success stays hollow
 */
export async function confirmedCall<A extends Account>(
	vendor: VendorClient<A>,
	request: VendorRequest,
	holds: (body: unknown) => boolean = () => true,
): Promise<Reply> {
	let client = vendor;
	for (let attempt = 1; ; attempt++) {
		const reply = await client.call(request);
		const isSuccess = reply.status >= 200 && reply.status < 300;
		if (!isSuccess || (holds(reply.body) && !saysFailure(reply.body))) return reply;
		if (request.effect === 'write' || attempt >= mostTries) {
			throw await vendor.hollow(request, reply);
		}
		await sleep(backoffMs(attempt));
		if (request.effect === 'harmlessWrite') client = vendor.resuming();
	}
}

/** Whether a body has an ID, as every record does. */
export function hasId(body: unknown): boolean {
	return textOf(own(body, 'id')) !== undefined;
}

/** Whether a body has a list under this name. */
export function hasList(name: string): (body: unknown) => boolean {
	return (body) => Array.isArray(own(body, name));
}
