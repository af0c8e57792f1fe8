import { sleep } from 'n8n-workflow';

/** Shared abort reason: creating an Error per request is expensive. */
const CALL_ENDED = new Error('The call has ended');
/** How long an aborted call may take to end by itself, with an error that says more. */
const GRACE_MS = 100;

/**
 * Runs a call that ends after `timeoutMs`, or when `signal` fires, even if it ignores the signal that it gets.
 * @throws what the call throws; an error with the code ETIMEDOUT if it does not end by itself
 */
export async function withDeadline<Result>(
	timeoutMs: number,
	signal: AbortSignal | undefined,
	call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
	const deadline = new AbortController();
	const ended = new AbortController();
	const abort = () => deadline.abort();
	signal?.addEventListener('abort', abort, { once: true });
	if (signal?.aborted === true) abort();
	// n8n's own sleep: a deadline is no wait, so tests that shorten waits leave it alone.
	sleep(timeoutMs, ended.signal).then(abort, () => {});
	const isOver = new Promise<never>((_, reject) => {
		const giveUp = () => reject(Object.assign(new Error('No reply'), { code: 'ETIMEDOUT' }));
		const wait = () => void sleep(GRACE_MS, ended.signal).then(giveUp, () => {});
		if (deadline.signal.aborted) wait();
		else deadline.signal.addEventListener('abort', wait, { once: true });
	});
	try {
		return await Promise.race([call(deadline.signal), isOver]);
	} finally {
		ended.abort(CALL_ENDED);
		signal?.removeEventListener('abort', abort);
	}
}
