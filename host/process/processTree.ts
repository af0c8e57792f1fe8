/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- starts and ends the processes of the quick start and the end-to-end tests */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

const onWindows = process.platform === 'win32';
const SECONDS_TO_END_BY_ITSELF = 8;

export interface StartOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** Where what it prints goes: handed back (the default), to this terminal, or into a file. */
	output?: 'handBack' | 'show' | { file: string };
}

export interface FinishedProcess {
	exitCode: number | null;
	output: string;
}

export interface RunningProcess {
	/** Resolves when the process has ended, however it ended; never rejects. */
	finished: Promise<FinishedProcess>;
	/** Ends the process and all that it started; resolves when it is gone. */
	stop(): Promise<void>;
	/** Ends them as a crash would, without a word; resolves when they are gone. */
	kill(): Promise<void>;
}

const alive = new Set<ChildProcess>();

/** Sends a signal to a process and its descendants: outside Windows, its process group. */
function signalTree(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
	if (child.pid === undefined) return;
	if (onWindows) {
		spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
		return;
	}
	try {
		process.kill(-child.pid, signal);
	} catch {
		// The group is gone already, which is what was asked for.
	}
}

// Whatever ends this process, what it started ends too. Only synchronous work is done on 'exit'.
process.on('exit', () => {
	for (const child of alive) signalTree(child, 'SIGKILL');
});

/** Starts a program at the head of a process group of its own, so that all of it can be ended. */
export function startProcess(
	command: string,
	args: string[],
	{ cwd, env = process.env, output: destination = 'handBack' }: StartOptions,
): RunningProcess {
	const log = typeof destination === 'object' ? openSync(destination.file, 'a') : undefined;
	const sink = log ?? (destination === 'show' ? 'inherit' : 'pipe');
	const child = spawn(command, args, {
		cwd,
		env,
		detached: !onWindows,
		// npm is a .cmd file on Windows, which only a shell can start.
		shell: onWindows && command === 'npm',
		stdio: ['ignore', sink, sink],
		windowsHide: true,
	});
	if (log !== undefined) closeSync(log);
	alive.add(child);

	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
	}
	const finished = new Promise<FinishedProcess>((done) => {
		const ended = (exitCode: number | null) => {
			signalTree(child, 'SIGKILL'); // what it may have left behind
			alive.delete(child);
			done({ exitCode, output });
		};
		child.on('error', (error) => {
			output += error.message;
			ended(null);
		});
		child.on('close', ended);
	});

	return {
		finished,
		async stop() {
			if (!alive.has(child)) return;
			signalTree(child, 'SIGTERM');
			const impatient = setTimeout(
				() => signalTree(child, 'SIGKILL'),
				SECONDS_TO_END_BY_ITSELF * 1000,
			);
			await finished;
			clearTimeout(impatient);
		},
		async kill() {
			if (alive.has(child)) signalTree(child, 'SIGKILL');
			await finished;
		},
	};
}

/** Runs a program to its end and hands back what it printed. */
export async function run(
	command: string,
	args: string[],
	options: StartOptions,
): Promise<FinishedProcess> {
	return await startProcess(command, args, options).finished;
}
