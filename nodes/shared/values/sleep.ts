import { sleep as n8nSleep } from 'n8n-workflow';

/**
 * Waits `ms` milliseconds. Every wait of the kernel goes through here, so that tests shorten them in one place.
 * @throws the signal's reason when aborted
 */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
	await n8nSleep(ms, signal);
}
