/* eslint-disable @n8n/community-nodes/no-restricted-imports -- polls a running n8n */
import { setTimeout as wait } from 'node:timers/promises';
import { assert } from '../checks';

const TIMEOUT_MS = 90_000;
const POLL_INTERVAL_MS = 200;

/**
 * Waits until `count` reaches `expected`, and a second longer to notice a count that is too high.
 * @throws Error when they differ
 */
export async function waitForCount(
	expected: number,
	count: () => number,
	what: string,
): Promise<void> {
	const deadline = Date.now() + TIMEOUT_MS;
	while (count() < expected && Date.now() < deadline) await wait(POLL_INTERVAL_MS);
	await wait(5 * POLL_INTERVAL_MS);
	assert(count() === expected, `${count()} of ${expected} ${what}`);
}
