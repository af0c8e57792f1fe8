/* eslint-disable @n8n/community-nodes/no-restricted-imports -- starts n8n's processes and imports files into them */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { N8nApi } from '../../n8n/restApi';
import { respondsOk, BASE_SETTINGS } from '../../n8n/server';
import { startN8nCommand } from '../../n8n/install';
import { freePort } from '../../process/freePort';
import type { RunningProcess } from '../../process/processTree';
import { SetupError, onShutdown } from '../../process/shutdown';
import { sandboxCredentials } from '../../n8n/sandboxCredentials';
import type { Postgres, Redis } from './databases';
import { LIST_FILE, logOf, QUEUE_FOLDER, userFolderOf, QUEUE_WORKFLOWS_FOLDER } from './paths';

const READY_TIMEOUT_MS = 240_000;
const POLL_INTERVAL_MS = 250;
/** The concurrency that docs/scaling.md recommends. */
const CONCURRENCY_PER_WORKER = 2;

export interface Worker {
	name: string;
	process: RunningProcess;
}

function lastLines(name: string): string {
	return readFileSync(logOf(name), 'utf8').trimEnd().split('\n').slice(-12).join('\n');
}

/** n8n in queue mode: one main, its workers and a process for webhooks, over one PostgreSQL and one Redis. */
export class Cluster {
	readonly n8n: N8nApi;
	readonly url: string;
	/** Where vendors send their webhooks: the process for webhooks, when it runs. */
	readonly webhookUrl: string;
	private workersStarted = 0;
	private main: RunningProcess | undefined;

	private constructor(
		private readonly env: Record<string, string>,
		port: number,
		private readonly webhookPort: number,
	) {
		this.url = `http://127.0.0.1:${port}`;
		this.webhookUrl = `http://127.0.0.1:${webhookPort}`;
		this.n8n = new N8nApi(this.url);
	}

	/** Configures a cluster and imports its workflows; starts no server yet. */
	static async prepare(postgres: Postgres, redis: Redis, sandboxUrl: string): Promise<Cluster> {
		const port = await freePort();
		const webhookPort = await freePort();
		const cluster = new Cluster(
			{
				...BASE_SETTINGS,
				N8N_USER_FOLDER: userFolderOf('main'),
				N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
				EXECUTIONS_MODE: 'queue',
				QUEUE_BULL_REDIS_HOST: '127.0.0.1',
				QUEUE_BULL_REDIS_PORT: `${redis.port}`,
				DB_TYPE: 'postgresdb',
				DB_POSTGRESDB_HOST: '127.0.0.1',
				DB_POSTGRESDB_PORT: `${postgres.port}`,
				DB_POSTGRESDB_USER: postgres.user,
				DB_POSTGRESDB_PASSWORD: postgres.password,
				DB_POSTGRESDB_DATABASE: postgres.database,
				N8N_PORT: `${port}`,
				N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
				WEBHOOK_URL: `http://127.0.0.1:${webhookPort}`,
			},
			port,
			webhookPort,
		);
		await cluster.importEverything(sandboxUrl);
		return cluster;
	}

	/** Runs an n8n command that ends by itself. @throws SetupError when it fails */
	private async runCommand(args: string[]): Promise<void> {
		const { finished } = await startN8nCommand(args, this.env, logOf('import'));
		const { exitCode } = await finished;
		if (exitCode === 0) return;
		throw new SetupError(`\`n8n ${args[0] ?? ''}\` failed:\n${lastLines('import')}`);
	}

	private async importEverything(sandboxUrl: string): Promise<void> {
		const credentials = join(QUEUE_FOLDER, 'credentials.json');
		writeFileSync(credentials, JSON.stringify(sandboxCredentials(sandboxUrl)));
		await this.runCommand(['import:credentials', `--input=${credentials}`]);
		rmSync(credentials);
		const folder = join(QUEUE_FOLDER, 'workflows');
		mkdirSync(folder, { recursive: true });
		for (const file of readdirSync(QUEUE_WORKFLOWS_FOLDER)) {
			// The paths and addresses that a user changes by hand.
			const text = readFileSync(join(QUEUE_WORKFLOWS_FOLDER, file), 'utf8')
				.replaceAll('/home/node/.n8n-files/leads.csv', LIST_FILE)
				.replaceAll('http://localhost:5678', this.url);
			writeFileSync(join(folder, file), text);
		}
		await this.runCommand(['import:workflow', '--separate', `--input=${folder}`]);
	}

	private async start(name: string, args: string[], health: string, env: Record<string, string>) {
		const brokerPort = `${await freePort()}`;
		const server = await startN8nCommand(
			args,
			{ ...this.env, N8N_RUNNERS_BROKER_PORT: brokerPort, ...env },
			logOf(name),
		);
		onShutdown(async () => await server.stop());
		let ended = false;
		void server.finished.then(() => (ended = true));
		const deadline = Date.now() + READY_TIMEOUT_MS;
		while (!ended && Date.now() < deadline) {
			if (await respondsOk(health)) return server;
			await wait(POLL_INTERVAL_MS);
		}
		throw new SetupError(`${name} did not start. The end of ${logOf(name)}:\n${lastLines(name)}`);
	}

	/** Starts the main, creates its owner and the data table of batches, and publishes the workflows. */
	async startMain(): Promise<void> {
		await this.runMain();
		await this.n8n.setUpOwner();
		const { id } = await this.n8n.call<{ id: string }>('GET', '/projects/personal');
		await this.n8n.call('POST', `/projects/${id}/data-tables`, {
			name: 'lead_batches',
			columns: ['batch', 'state'].map((name) => ({ name, type: 'string' })),
		});
		const ids = ['ldQueueVendors01', 'ldQueueBatch0001', 'ldQueueList00001', 'ldQueueLimit0001'];
		for (const workflow of ids) await this.n8n.publish(workflow);
	}

	private async runMain(): Promise<void> {
		this.main = await this.start('main', ['start'], `${this.url}/healthz/readiness`, {});
		while (!(await respondsOk(`${this.url}/rest/settings`))) await wait(POLL_INTERVAL_MS);
	}

	/** Ends the main with SIGKILL, does something without it, and starts it again. */
	async withoutMain(work: () => Promise<void>): Promise<void> {
		await this.main?.kill();
		await work();
		await this.runMain();
	}

	/** Copies the package to the user folder of another process. */
	private copyPackage(name: string): void {
		const nodes = join('.n8n', 'nodes');
		cpSync(join(userFolderOf('main'), nodes), join(userFolderOf(name), nodes), { recursive: true });
	}

	/** Starts the process that receives webhooks. */
	async startWebhookProcess(): Promise<void> {
		const name = 'webhooks';
		this.copyPackage(name);
		await this.start(name, ['webhook'], `${this.webhookUrl}/healthz/readiness`, {
			N8N_USER_FOLDER: userFolderOf(name),
			N8N_PORT: `${this.webhookPort}`,
		});
	}

	/** Starts a worker and waits until it accepts executions. */
	async startWorker(): Promise<Worker> {
		const name = `worker-${++this.workersStarted}`;
		this.copyPackage(name);
		const port = await freePort();
		const args = ['worker', `--concurrency=${CONCURRENCY_PER_WORKER}`];
		const process = await this.start(name, args, `http://127.0.0.1:${port}/healthz/readiness`, {
			N8N_USER_FOLDER: userFolderOf(name),
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: `${port}`,
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		});
		return { name, process };
	}

	/** Calls a webhook of a published workflow. @throws Error without a 2xx response */
	async trigger(path: string, body: object): Promise<void> {
		const response = await fetch(`${this.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (!response.ok) {
			throw new Error(`The webhook ${path} responded ${response.status}: ${await response.text()}`);
		}
	}
}
