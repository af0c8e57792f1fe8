/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- finds and runs programs on this machine */
import { existsSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { HOST_FOLDER, N8N_FOLDER, PROJECT_ROOT } from '../paths';
import { run, type RunningProcess, startProcess } from '../process/processTree';
import { SetupError } from '../process/shutdown';
import { step } from '../process/log';

const NODE_MODULES = join(N8N_FOLDER, 'node_modules');

/** n8n 2 needs Node 24, which the npm package `node` provides. */
const NODE_24 = join(
	NODE_MODULES,
	'node',
	'bin',
	process.platform === 'win32' ? 'node.exe' : 'node',
);
const N8N_SCRIPT = join(NODE_MODULES, 'n8n', 'bin', 'n8n');
const SQLITE_BINARY = join(NODE_MODULES, 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

/** That Node 24 comes first: n8n starts its task runner as plain `node`. */
function pathWithNode24(): NodeJS.ProcessEnv {
	const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
	const path = [
		join(NODE_MODULES, '.bin'),
		join(NODE_MODULES, 'node', 'bin'),
		process.env[name] ?? '',
	];
	return { ...process.env, [name]: path.join(delimiter) };
}

async function rebuild(packageName: string, needs: string): Promise<void> {
	const { exitCode, output } = await run('npm', ['rebuild', packageName], {
		cwd: N8N_FOLDER,
		env: pathWithNode24(),
	});
	if (exitCode === 0) return;
	const log = /complete log of this run can be found in:\s*(\S+)/.exec(output)?.[1];
	const where = log === undefined ? '' : ` npm's log: ${log}`;
	throw new SetupError(`\`npm rebuild ${packageName}\` failed. It needs ${needs}.${where}`);
}

/**
 * Installs the n8n of the folder's package-lock.json into its node_modules, if it is not there. Only two
 * install scripts run: the download of the Node binary, and the compilation of n8n's embedded
 * database with that binary, because the module fits one Node version only.
 */
export async function installN8n(): Promise<void> {
	const installer = join(HOST_FOLDER, 'install.mjs');
	const { exitCode } = await run(
		process.execPath,
		[installer, relative(PROJECT_ROOT, N8N_FOLDER)],
		{
			cwd: PROJECT_ROOT,
			output: 'show',
		},
	);
	if (exitCode !== 0) throw new SetupError('n8n could not be installed (see above).');
	if (!existsSync(NODE_24)) {
		await step('Downloading the Node 24 that n8n needs', async () => {
			await rebuild('node', 'the network, to download a Node.js binary');
		});
	}
	if (!existsSync(SQLITE_BINARY)) {
		await step("Compiling n8n's embedded database (about a minute)", async () => {
			await rebuild('sqlite3', 'a C++ compiler, make and python3 on this machine');
		});
	}
}

/** Starts `n8n <args>` with Node 24, in the project's folder. */
export async function startN8nCommand(
	args: string[],
	env: NodeJS.ProcessEnv,
	logFile: string,
): Promise<RunningProcess> {
	const preload = ['--require', join(HOST_FOLDER, 'process', 'exitWithParent.ts')];
	return await startProcess(NODE_24, [...preload, N8N_SCRIPT, ...args], {
		cwd: PROJECT_ROOT,
		env: { ...pathWithNode24(), ...env },
		output: { file: logFile },
	});
}
