/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- looks at the processes of this machine */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessEntry {
	pid: number;
	parent: number;
	command: string;
}

/** Linux without `ps`, as in small containers, has /proc all the same. */
function fromProc(): ProcessEntry[] {
	const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
	return pids.flatMap((pid) => {
		try {
			const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
			// The name in parentheses may hold anything: the fields are counted from its end.
			const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
			const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
			return [{ pid: Number(pid), parent, command }];
		} catch {
			return []; // it ended while we looked
		}
	});
}

function fromPs(): ProcessEntry[] {
	const { stdout } = spawnSync('ps', ['-axo', 'pid=,ppid=,args='], { encoding: 'utf8' });
	return [...stdout.matchAll(/^\s*(\d+)\s+(\d+)\s+(.*)$/gm)].map(
		([, pid, parent, command = '']) => ({ pid: Number(pid), parent: Number(parent), command }),
	);
}

/** The processes of this machine; none on Windows, where nothing here asks for them. */
export function listProcesses(): ProcessEntry[] {
	if (process.platform === 'win32') return [];
	return process.platform === 'linux' ? fromProc() : fromPs();
}
