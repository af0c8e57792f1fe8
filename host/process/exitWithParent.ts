/* eslint-disable @n8n/community-nodes/no-restricted-globals -- preloaded into n8n's process, to end it */

/**
 * Preloaded into every n8n that this folder starts (`--require`): ends it when the program that
 * started it is gone. A program that is killed outright runs no clean-up of its own.
 */
const parent = process.ppid;
const CHECK_EVERY_MS = 1000;

function parentIsAlive(): boolean {
	if (process.ppid !== parent) return false;
	try {
		process.kill(parent, 0);
		return true;
	} catch {
		return false;
	}
}

setInterval(() => {
	if (!parentIsAlive()) process.kill(process.pid, 'SIGTERM');
}, CHECK_EVERY_MS).unref();
