/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests run outside of n8n */
import path from 'node:path';
import { isRecord } from '../../sandbox/lib/guards';
import { PACKAGE_FOLDER } from './engine/packages';

/** Fast, and slow enough that waits end in their order and responses arrive in between. */
const DEFAULT_SPEED = 20;
const SLEEP = path.join(PACKAGE_FOLDER, 'dist/nodes/shared/values/sleep.js');

type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/**
 * For the tests of one file: each wait of the built package ends `speed` times sooner, and `Date.now()` then
 * advances by the rest. Nodes and sandbox see the requested time; only the timers of n8n and HTTP, and the
 * sandbox's latency, run in real time.
 */
export function useVirtualClock(speed = DEFAULT_SPEED): void {
	const realNow = Date.now;
	let aheadMs = 0;
	beforeAll(() => {
		Date.now = () => realNow() + aheadMs;
		const built = loadOncePerWorker(SLEEP);
		if (!isRecord(built) || typeof built.sleep !== 'function') throw new Error('No sleep in dist');
		const sleep = built.sleep as Sleep;
		built.sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
			const endsAt = Date.now() + ms;
			await sleep(ms / speed, signal);
			aheadMs += Math.max(0, endsAt - Date.now());
		};
	});
	afterAll(() => {
		Date.now = realNow;
	});
}
