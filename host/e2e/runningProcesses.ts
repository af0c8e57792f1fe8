/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- lists the processes of this machine */
import { readdirSync, readFileSync } from 'node:fs';
import { run } from '../process/processTree';

/** Linux without `ps`, such as a small container, still has /proc. */
function listFromProc(): string[] {
	const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
	return pids.flatMap((pid) => {
		try {
			const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
			return [`${pid} ${command}`];
		} catch {
			return []; // it has just ended
		}
	});
}

/** The processes of this machine, each as its ID and command line; none on Windows. */
export async function runningProcesses(): Promise<string[]> {
	if (process.platform === 'win32') return [];
	if (process.platform === 'linux') return listFromProc();
	const { output } = await run('ps', ['-axo', 'pid=,args='], { cwd: '/' });
	return output.split('\n').map((line) => line.trim());
}
