/* eslint-disable @n8n/community-nodes/no-restricted-globals -- watches the parent of this process, to end with it */

/**
 * Ends this process (SIGTERM) when its parent is gone: a parent that is killed with SIGKILL runs no
 * cleanup of its own. The programs of host/ import it, and every n8n they start preloads it
 * (`--require`). It has no imports: Node 24 runs it without tsx.
 */
const parent = process.ppid;
const CHECK_INTERVAL_MS = 1000;

function isParentAlive(): boolean {
	if (process.ppid !== parent) return false;
	try {
		process.kill(parent, 0);
		return true;
	} catch {
		return false;
	}
}

setInterval(() => {
	if (!isParentAlive()) process.kill(process.pid, 'SIGTERM');
}, CHECK_INTERVAL_MS).unref();
