/* eslint-disable @n8n/community-nodes/no-restricted-imports -- manages n8n's folder and waits for its server */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { N8N_LOG_FILE, PROJECT_ROOT } from '../paths';
import { startN8nCommand } from './install';
import { freePort } from '../process/freePort';
import type { RunningProcess } from '../process/processTree';
import { SetupError, onShutdown } from '../process/shutdown';

const PREFERRED_PORT = 5678;
const READY_TIMEOUT_MS = 180_000;
const POLL_INTERVAL_MS = 250;
const PORT_ATTEMPTS = 3;

/** n8n on the loopback interface only, with everything disabled that connects to n8n's servers. */
export const BASE_SETTINGS = {
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	// Over HTTP on the loopback interface Safari rejects secure cookies.
	N8N_SECURE_COOKIE: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_DISABLED_MODULES: 'mcp-registry,instance-ai',
	// The example workflows read and write inside the project only.
	N8N_RESTRICT_FILE_ACCESS_TO: PROJECT_ROOT,
};

function lastLines(count: number): string {
	return readFileSync(N8N_LOG_FILE, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}

/** Runs an n8n command that ends by itself, such as an import. @throws SetupError when it fails */
export async function runN8nCommand(args: string[], userFolder: string): Promise<void> {
	const settings = { ...BASE_SETTINGS, N8N_USER_FOLDER: userFolder };
	const { finished } = await startN8nCommand(args, settings, N8N_LOG_FILE);
	const { exitCode } = await finished;
	if (exitCode === 0) return;
	throw new SetupError(
		`\`n8n ${args[0] ?? ''}\` failed. The end of ${N8N_LOG_FILE}:\n${lastLines(8)}`,
	);
}

/** Whether a GET of the address gets a 2xx response. */
export async function respondsOk(url: string): Promise<boolean> {
	try {
		return (await fetch(url)).ok;
	} catch {
		return false;
	}
}

/** Waits until n8n is ready. False when it has ended before, or after three minutes. */
async function waitUntilReady(url: string, server: RunningProcess): Promise<boolean> {
	let ended = false;
	void server.finished.then(() => (ended = true));
	const deadline = Date.now() + READY_TIMEOUT_MS;
	while (!ended && Date.now() < deadline) {
		// The readiness check of n8n (2.41) can succeed before the REST API does.
		const ready =
			(await respondsOk(`${url}/healthz`)) &&
			(await respondsOk(`${url}/healthz/readiness`)) &&
			(await respondsOk(`${url}/rest/settings`));
		if (ready && !ended) return true;
		await wait(POLL_INTERVAL_MS);
	}
	return false;
}

/** The n8n server of the quick start. */
export interface N8nServer {
	url: string;
	/** Ends it, with SIGTERM or with SIGKILL; resolves when it is gone. */
	stop(how: 'gracefully' | 'killed'): Promise<void>;
	/** Starts it again with the same address and folder, and waits until it is ready. */
	restart(): Promise<void>;
}

interface Ports {
	port: number;
	brokerPort: number;
}

const urlOf = ({ port }: Ports) => `http://127.0.0.1:${port}`;

async function startOn(ports: Ports, settings: NodeJS.ProcessEnv): Promise<RunningProcess> {
	const server = await startN8nCommand(
		['start'],
		{
			...BASE_SETTINGS,
			...settings,
			N8N_PORT: String(ports.port),
			N8N_RUNNERS_BROKER_PORT: String(ports.brokerPort),
			N8N_EDITOR_BASE_URL: urlOf(ports),
			WEBHOOK_URL: urlOf(ports),
		},
		N8N_LOG_FILE,
	);
	onShutdown(async () => await server.stop());
	return server;
}

function startError(): SetupError {
	return new SetupError(`n8n did not start. The end of ${N8N_LOG_FILE}:\n${lastLines(12)}`);
}

function controlServer(
	ports: Ports,
	settings: NodeJS.ProcessEnv,
	first: RunningProcess,
): N8nServer {
	let server = first;
	const url = urlOf(ports);
	return {
		url,
		stop: async (how) => await (how === 'killed' ? server.kill() : server.stop()),
		async restart() {
			server = await startOn(ports, settings);
			if (!(await waitUntilReady(url, server))) throw startError();
		},
	};
}

/**
 * Starts the n8n server on free loopback ports, and waits until it is ready. @param settings more environment variables,
 * N8N_USER_FOLDER among them
 */
export async function startN8nServer(settings: NodeJS.ProcessEnv): Promise<N8nServer> {
	for (let attempt = 1; attempt <= PORT_ATTEMPTS; attempt++) {
		const port = await freePort(attempt === 1 ? PREFERRED_PORT : undefined);
		const ports = { port, brokerPort: await freePort() };
		const server = await startOn(ports, settings);
		if (await waitUntilReady(urlOf(ports), server)) return controlServer(ports, settings, server);
		await server.stop();
		// Another program may have bound the port since it was free: worth another attempt.
		if (!/already in use|EADDRINUSE/.test(lastLines(20))) break;
	}
	throw startError();
}
