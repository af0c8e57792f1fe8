import { sleep } from 'n8n-workflow';
import { withDeadline } from '../../../../nodes/shared/transport/deadline';

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
	expect(jest.getTimerCount()).toBe(0);
	jest.useRealTimers();
});

/** A call that ignores its signal. */
const endless = async () => await new Promise<never>(() => {});

test('a call returns its result, or its own error', async () => {
	expect(await withDeadline(1000, undefined, async () => 7)).toBe(7);
	const failed = withDeadline(1000, undefined, async () => await Promise.reject(new Error('own')));
	await expect(failed).rejects.toThrow('own');
});

test('a call ends at the deadline with its own error, even if it ignores the signal', async () => {
	const obedient = withDeadline(
		1000,
		undefined,
		async (signal) =>
			await new Promise<never>((_, reject) => {
				signal.addEventListener('abort', () => reject(new Error('aborted')));
			}),
	);
	const ignorant = withDeadline(1000, undefined, endless);
	const ended = Promise.allSettled([obedient, ignorant]);
	await jest.advanceTimersByTimeAsync(1100);
	expect(await ended).toMatchObject([
		{ reason: { message: 'aborted' } },
		{ reason: { code: 'ETIMEDOUT' } },
	]);
});

test.each([
	['before', 0],
	['during', 500],
])('a call ends when the signal fires %s it', async (_, afterMs) => {
	const stop = new AbortController();
	if (afterMs === 0) stop.abort();
	else void sleep(afterMs).then(() => stop.abort());
	const ended = Promise.allSettled([withDeadline(60_000, stop.signal, endless)]);
	await jest.advanceTimersByTimeAsync(afterMs + 100);
	expect(await ended).toMatchObject([{ reason: { code: 'ETIMEDOUT' } }]);
});
