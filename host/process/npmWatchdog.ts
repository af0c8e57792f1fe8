/* eslint-disable @n8n/community-nodes/no-restricted-globals -- watches the processes above this one */
import { listProcesses } from './processList';

const CHECK_EVERY_MS = 1000;
const MOST_LEVELS = 4;

/** The processes between this one and the npm that runs it: tsx, a shell, npm. */
function chainUpToNpm(): number[] {
	const processes = new Map(listProcesses().map((entry) => [entry.pid, entry]));
	const chain: number[] = [];
	let entry = processes.get(process.ppid);
	while (entry !== undefined && entry.pid > 1 && chain.length < MOST_LEVELS) {
		chain.push(entry.pid);
		if (/\bnpm\b/.test(entry.command.replaceAll(/node_modules\S*/g, ''))) return chain;
		entry = processes.get(entry.parent);
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
