/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- creates n8n's folder, and finds another process that uses it */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandbox, type SandboxState } from '../../sandbox';
import { N8nApi } from '../n8n/restApi';
import { type N8nServer, runN8nCommand, startN8nServer } from '../n8n/server';
import { buildPackage, installPackedPackage } from '../n8n/installPackage';
import { LASTING_FOLDER, N8N_LOG_FILE, SCRATCH_FOLDER, WORKFLOWS_FOLDER } from '../paths';
import { installN8n } from '../n8n/install';
import { freePort } from '../process/freePort';
import { messageOf, onShutdown, SetupError } from '../process/shutdown';
import { sandboxCredentials } from '../n8n/sandboxCredentials';
import { log, step } from '../process/log';

export interface QuickStart {
	n8n: N8nApi;
	server: N8nServer;
	editorUrl: string;
	sandboxUrl: string;
	world: SandboxState;
	/** False when n8n and the sandbox have what an earlier start left there. */
	isNew: boolean;
}

export interface EnvironmentOptions {
	/** More environment variables for n8n. */
	settings?: NodeJS.ProcessEnv;
	/** Workflows, credentials, executions and the sandbox's data survive until the next start; default: false. */
	isLasting?: boolean;
	/** Deletes what survived. */
	isFresh?: boolean;
}

/** The same at each start, if it is free: credentials and webhooks contain it. Not the port of `npm run sandbox`. */
const SANDBOX_PORT = 4011;

/** Written once everything is imported; contains the sandbox's address that the credentials have. */
const readyFileOf = (folder: string) => join(folder, 'sandbox-url');

/** Prepares n8n's folder, and returns the sandbox's address of the last start; undefined for a new folder. */
async function prepareFolder(folder: string, isFresh: boolean): Promise<string | undefined> {
	const readyFile = readyFileOf(folder);
	const isReady = !isFresh && existsSync(readyFile);
	if (!isReady) await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'pid'), String(process.pid));
	await writeFile(N8N_LOG_FILE, '');
	await installPackedPackage(folder);
	return isReady ? await readFile(readyFile, 'utf8') : undefined;
}

async function importCredentials(folder: string, sandboxUrl: string): Promise<void> {
	const credentials = join(folder, 'credentials.json');
	await writeFile(credentials, JSON.stringify(sandboxCredentials(sandboxUrl)));
	await runN8nCommand(['import:credentials', `--input=${credentials}`], folder);
	await rm(credentials);
}

/** Fills a new n8n as a user would: the examples, an owner, and the data tables of the examples. */
async function setUp(n8n: N8nApi): Promise<void> {
	await n8n.setUpOwner();
	// The example workflow that users run first.
	await n8n.execute('ldMakeTables0001', 'Run');
}

async function startServer(settings: NodeJS.ProcessEnv, isNew: boolean): Promise<N8nServer> {
	return await startN8nServer(settings).catch((error: unknown) => {
		const advice = isNew ? '' : '\n`npm start -- --fresh` starts over, without your workflows.';
		throw new SetupError(`${messageOf(error)}${advice}`);
	});
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

/** The port of a lasting sandbox. @throws SetupError when another `npm start` uses its data */
async function lastingPort(): Promise<number> {
	const port = await freePort(SANDBOX_PORT);
	const file = join(LASTING_FOLDER, 'pid');
	const pid = existsSync(file) ? Number(await readFile(file, 'utf8')) : process.pid;
	if (port !== SANDBOX_PORT && pid !== process.pid && isRunning(pid)) {
		throw new SetupError(`\`npm start\` runs already (process ${pid}). Stop it first.`);
	}
	return port;
}

/** Builds the package and starts the sandbox and the pinned n8n with the package and the examples. */
export async function startEnvironment({
	settings = {},
	isLasting = false,
	isFresh = !isLasting,
}: EnvironmentOptions = {}): Promise<QuickStart> {
	const folder = isLasting ? LASTING_FOLDER : SCRATCH_FOLDER;
	const port = isLasting ? await lastingPort() : 0;
	await step('Building the package', buildPackage);
	await installN8n();
	const lastUrl = await step(
		'Installing the package in .host',
		async () => await prepareFolder(folder, isFresh),
	);
	const isNew = lastUrl === undefined;
	const sandbox = await step('Starting the vendor sandbox', async () =>
		isLasting
			? await startSandbox({
					port,
					file: join(folder, 'sandbox.json'),
					report: log,
				})
			: await startSandbox(),
	);
	onShutdown(async () => await sandbox.close());
	if (isNew) {
		await step('Importing credentials and example workflows into n8n', async () => {
			await importCredentials(folder, sandbox.url);
			await runN8nCommand(['import:workflow', '--separate', `--input=${WORKFLOWS_FOLDER}`], folder);
		});
	} else if (lastUrl !== sandbox.url) {
		await step(
			`Importing the sandbox credentials again, as the sandbox has another address`,
			async () => await importCredentials(folder, sandbox.url),
		);
	}
	const n8nSettings = { ...settings, N8N_USER_FOLDER: folder };
	const server = await step('Starting n8n', async () => await startServer(n8nSettings, isNew));
	const n8n = new N8nApi(server.url);
	if (isNew) await step('Creating the owner and the data tables', async () => await setUp(n8n));
	await writeFile(readyFileOf(folder), sandbox.url);
	return {
		n8n,
		server,
		editorUrl: server.url,
		sandboxUrl: sandbox.url,
		world: sandbox.world,
		isNew,
	};
}
