/* eslint-disable @n8n/community-nodes/no-restricted-imports -- creates n8n's folder */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandbox, type SandboxState } from '../../sandbox';
import { N8nApi } from '../n8n/restApi';
import { type N8nServer, runN8nCommand, startN8nServer } from '../n8n/server';
import { buildPackage, installPackedPackage } from '../n8n/installPackage';
import { N8N_LOG_FILE, N8N_USER_FOLDER_PATH, STATE_FOLDER, WORKFLOWS_FOLDER } from '../paths';
import { installN8n } from '../n8n/install';
import { onShutdown } from '../process/shutdown';
import { sandboxCredentials } from '../n8n/sandboxCredentials';
import { step } from '../process/log';

export interface QuickStart {
	n8n: N8nApi;
	server: N8nServer;
	editorUrl: string;
	sandboxUrl: string;
	world: SandboxState;
}

/** Deletes n8n's folder: the demo starts with an empty database and is the same on every run. */
async function resetState(): Promise<void> {
	await rm(N8N_USER_FOLDER_PATH, { recursive: true, force: true });
	await mkdir(N8N_USER_FOLDER_PATH, { recursive: true });
	await writeFile(N8N_LOG_FILE, '');
}

async function importEverything(sandboxUrl: string): Promise<void> {
	const credentials = join(STATE_FOLDER, 'credentials.json');
	await writeFile(credentials, JSON.stringify(sandboxCredentials(sandboxUrl)));
	await runN8nCommand(['import:credentials', `--input=${credentials}`]);
	await rm(credentials);
	await runN8nCommand(['import:workflow', '--separate', `--input=${WORKFLOWS_FOLDER}`]);
}

async function startServer(
	settings: NodeJS.ProcessEnv,
): Promise<{ server: N8nServer; n8n: N8nApi }> {
	const server = await startN8nServer(settings);
	const n8n = new N8nApi(server.url);
	await n8n.setUpOwner();
	// The example workflow that users run first: it creates the data tables of the others.
	await n8n.execute('ldMakeTables0001', 'Run');
	return { server, n8n };
}

/**
 * Builds the package and starts the sandbox and the pinned n8n with the package and the examples.
 * @param settings more environment variables for n8n
 */
export async function startEnvironment(settings: NodeJS.ProcessEnv = {}): Promise<QuickStart> {
	await step('Building the package', buildPackage);
	await installN8n();
	await step('Resetting the state in .host and installing the package there', async () => {
		await resetState();
		await installPackedPackage();
	});
	const sandbox = await step('Starting the vendor sandbox', async () => await startSandbox());
	onShutdown(async () => await sandbox.close());
	await step('Importing credentials and example workflows into n8n', async () => {
		await importEverything(sandbox.url);
	});
	const { server, n8n } = await step('Starting n8n', async () => await startServer(settings));
	return { n8n, server, editorUrl: server.url, sandboxUrl: sandbox.url, world: sandbox.world };
}
