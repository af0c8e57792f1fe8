/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- looks at the processes above this one */
import { spawnSync } from 'node:child_process';

const CHECK_EVERY_MS = 1000;
const MOST_LEVELS = 4;

/** The processes between this one and the npm that runs it: tsx, a shell, npm. */
function chainUpToNpm(): number[] {
	const chain: number[] = [];
	let pid = process.ppid;
	while (pid > 1 && chain.length < MOST_LEVELS) {
		chain.push(pid);
		const { stdout } = spawnSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], {
			encoding: 'utf8',
		});
		const [, parent, command = ''] = /^\s*(\d+)\s+(.*)/.exec(stdout ?? '') ?? [];
		if (/\bnpm\b/.test(command.replace(/node_modules\S*/g, ''))) return chain;
		pid = Number(parent ?? 0);
	}
	return chain.slice(0, 1);
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/**
 * Calls back when npm, or the shell between, is gone. Ending npm by a signal ends the shell that
 * it started, but nobody tells the programs below the shell.
 */
export function whenNpmIsGone(callBack: () => void): void {
	if (process.platform === 'win32' || process.env.npm_lifecycle_event === undefined) return;
	const chain = chainUpToNpm();
	const ticker = setInterval(() => {
		if (chain.every(isAlive)) return;
		clearInterval(ticker);
		callBack();
	}, CHECK_EVERY_MS);
	ticker.unref();
}
