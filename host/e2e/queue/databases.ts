/* eslint-disable @n8n/community-nodes/no-restricted-imports -- starts database servers */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../process/freePort';
import { run, type RunningProcess, startProcess } from '../../process/processTree';
import { SetupError, onShutdown } from '../../process/shutdown';
import { logOf } from './paths';
import type { DataFolder } from './programs';

const READY_TIMEOUT_MS = 30_000;
const POLL_INTERVAL_MS = 50;

async function connects(port: number): Promise<boolean> {
	return await new Promise((done) => {
		const socket = connect({ host: '127.0.0.1', port });
		socket.once('connect', () => done(true)).once('error', () => done(false));
		socket.once('connect', () => socket.destroy());
	});
}

async function waitForPort(name: string, port: number, server: RunningProcess): Promise<void> {
	let ended = false;
	void server.finished.then(() => (ended = true));
	const deadline = Date.now() + READY_TIMEOUT_MS;
	while (!ended && Date.now() < deadline) {
		if (await connects(port)) return;
		await wait(POLL_INTERVAL_MS);
	}
	const lines = readFileSync(logOf(name), 'utf8').trimEnd().split('\n').slice(-8).join('\n');
	throw new SetupError(`${name} did not start. The end of ${logOf(name)}:\n${lines}`);
}

export interface Postgres {
	port: number;
	user: string;
	password: string;
	database: string;
}

/** Creates a database in the folder and starts PostgreSQL on a free loopback port. */
export async function startPostgres(
	folder: DataFolder,
	programs: { initdb: string; postgres: string },
): Promise<Postgres> {
	const login = { user: 'n8n', password: randomBytes(16).toString('hex'), database: 'postgres' };
	const data = join(folder.path, 'postgres');
	const passwordFile = join(folder.path, 'password');
	writeFileSync(passwordFile, login.password);
	// Readable, as the server runs as another user; the parent folder is private.
	chmodSync(passwordFile, 0o644);
	const created = await run(
		...folder.command(
			programs.initdb,
			['-D', data, '-U', login.user, '-A', 'scram-sha-256', '--pwfile', passwordFile, '-E', 'UTF8'],
			'INT',
		),
		{ cwd: folder.path },
	);
	if (created.exitCode !== 0) {
		throw new SetupError(`The PostgreSQL database could not be created:\n${created.output.trim()}`);
	}
	const port = await freePort();
	const settings = {
		listen_addresses: '127.0.0.1',
		port,
		unix_socket_directories: '',
		max_connections: 100,
		// The data is deleted after the run.
		fsync: 'off',
	};
	const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const server = await startProcess(
		...folder.command(programs.postgres, ['-D', data, ...options], 'INT'),
		{ cwd: folder.path, output: { file: logOf('postgres') } },
	);
	onShutdown(async () => await server.stop());
	await waitForPort('postgres', port, server);
	return { port, ...login };
}

/** A Redis that persists every change, so that a restart loses no job of n8n's queue. */
export class Redis {
	private server: RunningProcess | undefined;

	private constructor(
		readonly port: number,
		private readonly folder: DataFolder,
		private readonly program: string,
	) {}

	/** Starts a Redis on a free loopback port. */
	static async start(folder: DataFolder, program: string): Promise<Redis> {
		const redis = new Redis(await freePort(), folder, program);
		onShutdown(async () => await redis.server?.stop());
		await redis.startServer();
		return redis;
	}

	/** Stops and starts it, as an update or a reboot of its machine would. */
	async restart(): Promise<void> {
		await this.server?.stop();
		await this.startServer();
	}

	private async startServer(): Promise<void> {
		const data = join(this.folder.path, 'redis');
		mkdirSync(data, { recursive: true });
		// Writable, as the server runs as another user; the parent folder is private.
		chmodSync(data, 0o777);
		const settings = ['--bind', '127.0.0.1', '--port', `${this.port}`, '--dir', data];
		this.server = await startProcess(
			...this.folder.command(
				this.program,
				[...settings, '--appendonly', 'yes', '--save', ''],
				'TERM',
			),
			{ cwd: this.folder.path, output: { file: logOf('redis') } },
		);
		await waitForPort('redis', this.port, this.server);
	}
}
