/* eslint-disable @n8n/community-nodes/no-restricted-imports -- waits between looks at a running n8n */
import { setTimeout as wait } from 'node:timers/promises';
import { assert } from '../checks';

const withinMs = 90_000;
const pollMs = 200;

/** Waits until `count` has come to `wanted`, and a moment longer, so that one too many is seen. */
export async function waitForCount(
	wanted: number,
	count: () => number,
	what: string,
): Promise<void> {
	const deadline = Date.now() + withinMs;
	while (count() < wanted && Date.now() < deadline) await wait(pollMs);
	await wait(5 * pollMs);
	assert(count() === wanted, `${count()} of ${wanted} ${what}`);
}
