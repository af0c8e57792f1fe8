import { ApiError } from '../../transport/ApiError';
import { toError } from '../../values/json';
import type { Failure } from './outcome';

/** The requests that one item needs, done and failed. */
export interface Parts<Done> {
	done: Array<{ id: string; result: Done }>;
	failed: Array<{ id: string; error: ApiError }>;
}

/** Makes the request for each ID, whatever happens to the others. @throws ApiError if all of them fail */
export async function attemptAll<Done>(
	ids: readonly string[],
	attempt: (id: string) => Promise<Done>,
): Promise<Parts<Done>> {
	const parts: Parts<Done> = { done: [], failed: [] };
	for (const id of ids) {
		const [settled] = await Promise.allSettled([attempt(id)]);
		if (settled.status === 'fulfilled') parts.done.push({ id, result: settled.value });
		else if (settled.reason instanceof ApiError) parts.failed.push({ id, error: settled.reason });
		else throw toError(settled.reason);
	}
	const worst = parts.failed.find(({ error }) => error.kind === 'unknown') ?? parts.failed[0];
	if (parts.done.length === 0 && worst !== undefined) throw worst.error;
	return parts;
}

const MAX_LISTED = 20;

function listIds(parts: ReadonlyArray<{ id: string }>): string {
	const more = parts.length - MAX_LISTED;
	const shown = parts.slice(0, MAX_LISTED).map(({ id }) => id);
	return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** Some of the requests of an item took effect. @param action such as "Disabled" */
export function partlyDone(action: string, { done, failed }: Parts<unknown>): Failure {
	const errors = [...new Set(failed.map(({ error }) => error.message))].slice(0, 3);
	const [first] = failed;
	return {
		kind: 'unknown',
		message: `${action} in part: ${listIds(done)}; not, or not for certain: ${listIds(failed)} (${errors.join('; ')})`,
		description: 'Run the item again: repeating what was done is harmless',
		httpCode: first?.error.status,
		vendorMessage: first?.error.vendorMessage,
	};
}
