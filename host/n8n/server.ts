/* eslint-disable @n8n/community-nodes/no-restricted-imports -- keeps n8n's folder and waits for its server */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { n8nLog, n8nUserFolder, projectRoot } from '../paths';
import { startN8nCommand } from './install';
import { freePort } from '../process/freePort';
import type { RunningProcess } from '../process/processTree';
import { SetupError, onShutdown } from '../process/shutdown';

const PREFERRED_PORT = 5678;
const READY_TIMEOUT_MS = 180_000;
const POLL_INTERVAL_MS = 250;
const PORT_ATTEMPTS = 3;

/** n8n on the loopback interface only, with everything off that would call home. */
export const quietSettings = {
	N8N_USER_FOLDER: n8nUserFolder,
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	// Loopback HTTP: a cookie for HTTPS only would keep Safari users out.
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
	N8N_RESTRICT_FILE_ACCESS_TO: projectRoot,
};

function lastLines(count: number): string {
	return readFileSync(n8nLog, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}

/** Runs an n8n command that ends by itself, such as an import. */
export async function runN8nCommand(args: string[]): Promise<void> {
	const { finished } = await startN8nCommand(args, quietSettings, n8nLog);
	const { exitCode } = await finished;
	if (exitCode === 0) return;
	throw new SetupError(
		`\`n8n ${args[0] ?? ''}\` did not work. The end of ${n8nLog}:\n${lastLines(8)}`,
	);
}

/** Whether something answers there, and with a 2xx. */
export async function answers(url: string): Promise<boolean> {
	try {
		return (await fetch(url)).ok;
	} catch {
		return false;
	}
}

/** True when it became ready, false when it ended before. */
async function becomesReady(url: string, server: RunningProcess): Promise<boolean> {
	let ended = false;
	void server.finished.then(() => (ended = true));
	const deadline = Date.now() + READY_TIMEOUT_MS;
	while (!ended && Date.now() < deadline) {
		// Readiness alone is not enough: it can answer before the REST API does.
		const ready =
			(await answers(`${url}/healthz`)) &&
			(await answers(`${url}/healthz/readiness`)) &&
			(await answers(`${url}/rest/settings`));
		if (ready && !ended) return true;
		await wait(POLL_INTERVAL_MS);
	}
	return false;
}

/** The n8n server of the quick start. */
export interface N8nServer {
	url: string;
	/** Ends it, as an administrator does or as a crash would; resolves when it is gone. */
	stop(how: 'properly' | 'killed'): Promise<void>;
	/** Starts it again with the same address and folder, and waits until it can be used. */
	restart(): Promise<void>;
}

interface Ports {
	port: number;
	brokerPort: number;
}

const urlOf = ({ port }: Ports) => `http://127.0.0.1:${port}`;

async function startOn(ports: Ports): Promise<RunningProcess> {
	const server = await startN8nCommand(
		['start'],
		{
			...quietSettings,
			N8N_PORT: String(ports.port),
			N8N_RUNNERS_BROKER_PORT: String(ports.brokerPort),
			N8N_EDITOR_BASE_URL: urlOf(ports),
			WEBHOOK_URL: urlOf(ports),
		},
		n8nLog,
	);
	onShutdown(async () => await server.stop());
	return server;
}

function didNotStart(): SetupError {
	return new SetupError(`n8n did not start. The end of ${n8nLog}:\n${lastLines(12)}`);
}

function running(ports: Ports, first: RunningProcess): N8nServer {
	let server = first;
	const url = urlOf(ports);
	return {
		url,
		stop: async (how) => await (how === 'killed' ? server.kill() : server.stop()),
		async restart() {
			server = await startOn(ports);
			if (!(await becomesReady(url, server))) throw didNotStart();
		},
	};
}

/** Starts the n8n server on free loopback ports, and waits until it can be used. */
export async function startN8nServer(): Promise<N8nServer> {
	for (let attempt = 1; attempt <= PORT_ATTEMPTS; attempt++) {
		const port = await freePort(attempt === 1 ? PREFERRED_PORT : undefined);
		const ports = { port, brokerPort: await freePort() };
		const server = await startOn(ports);
		if (await becomesReady(urlOf(ports), server)) return running(ports, server);
		await server.stop();
		// Somebody else may have taken the port between our look and n8n's: that is worth a retry.
		if (!/already in use|EADDRINUSE/.test(lastLines(20))) break;
	}
	throw didNotStart();
}
