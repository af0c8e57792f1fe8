/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- starts and ends the processes of the quick start and the end-to-end tests */
import { spawnSync } from 'node:child_process';

const IS_WINDOWS = process.platform === 'win32';
const STOP_TIMEOUT_MS = 8000;

export interface StartOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** Where the output goes: into the result (the default), to this terminal, or into a file. */
	output?: 'collect' | 'show' | { file: string };
}

export interface FinishedProcess {
	/** Undefined when the process could not be started or was ended by a signal. */
	exitCode: number | undefined;
	output: string;
}

export interface RunningProcess {
	/** Resolves when the process has ended, however it ended; never rejects. */
	finished: Promise<FinishedProcess>;
	/** Ends the process and its descendants: SIGTERM, then SIGKILL. Resolves when it is gone. */
	stop(): Promise<void>;
	/** Ends them with SIGKILL, as a crash would; resolves when the process is gone. */
	kill(): Promise<void>;
}

/** The heads of the process groups that are running. */
const running = new Set<number>();

/**
 * Signals a process and its descendants: its process group, or on Windows its tree. Of three
 * descendants of a shell, one of them orphaned, execa's `cleanup` and `kill` leave three, the package
 * tree-kill leaves one (and needs `ps`), and the group leaves none. Only the group can be signaled
 * synchronously, as 'exit' requires.
 */
function signalTree(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
	if (IS_WINDOWS) {
		spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
		return;
	}
	try {
		process.kill(-pid, signal);
	} catch {
		// The group is gone already.
	}
}

process.on('exit', () => {
	for (const pid of running) signalTree(pid, 'SIGKILL');
});

/** Starts a program as the head of a process group of its own, so that all of it can be ended. */
export async function startProcess(
	command: string,
	args: string[],
	{ cwd, env = process.env, output = 'collect' }: StartOptions,
): Promise<RunningProcess> {
	// execa is an ES module, which these CommonJS files load with import().
	const { execa } = await import('execa');
	const destinations = { collect: 'pipe', show: 'inherit' } as const;
	const sink =
		typeof output === 'object' ? { file: output.file, append: true } : destinations[output];
	const child = execa(command, args, {
		cwd,
		env,
		extendEnv: false,
		detached: !IS_WINDOWS,
		cleanup: false,
		stdin: 'ignore',
		stdout: sink,
		stderr: sink,
		all: true,
		reject: false,
	});
	const { pid } = child;
	if (pid !== undefined) running.add(pid);
	child.once('exit', () => {
		if (pid === undefined) return;
		signalTree(pid, 'SIGKILL'); // descendants that outlive it, and may hold its output open
		running.delete(pid);
	});
	const finished = child.then(({ exitCode, all = '', originalMessage = '' }) => ({
		exitCode,
		output: `${all}${originalMessage}`,
	}));

	return {
		finished,
		async stop() {
			if (pid === undefined || !running.has(pid)) return;
			signalTree(pid, 'SIGTERM');
			const timer = setTimeout(() => signalTree(pid, 'SIGKILL'), STOP_TIMEOUT_MS);
			await finished;
			clearTimeout(timer);
		},
		async kill() {
			if (pid !== undefined && running.has(pid)) signalTree(pid, 'SIGKILL');
			await finished;
		},
	};
}

/** Runs a program to its end and returns its output. */
export async function run(
	command: string,
	args: string[],
	options: StartOptions,
): Promise<FinishedProcess> {
	const { finished } = await startProcess(command, args, options);
	return await finished;
}
