/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a command of the repository, never part of a node */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { isObject } from '../../nodes/shared/values/json';
import type { Addresses, Counts, Figures } from '../cases/case';
import type { RunRequest } from './child';
import { CLOSE_HOST } from './closeHost';
import { buildFolder, emptyPackage, profileFolder, root } from '../paths';
import type { SandboxCommand } from './sandboxProcess';

/** The used part of the package selfsigned, which is installed in bench only. */
interface Selfsigned {
	generate(
		subject: Array<{ name: string; value: string }>,
		options: {
			keyType: 'ec';
			algorithm: 'sha256';
			notAfterDate: Date;
			extensions: Array<{ name: string; altNames: Array<{ type: number; value: string }> }>;
		},
	): Promise<{ private: string; cert: string }>;
}

const certificateFile = path.join(buildFolder, 'certificate.pem');

/** Compiles the measured code, so that no compiler runs in its process, and creates the empty package. */
export function prepare(): void {
	buildSync({
		entryPoints: ['child', 'sandboxProcess'].map((name) =>
			path.join(root, 'bench', 'runner', `${name}.ts`),
		),
		outdir: buildFolder,
		outExtension: { '.js': '.cjs' },
		bundle: true,
		packages: 'external',
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		tsconfig: path.join(root, 'tsconfig.json'),
	});
	mkdirSync(emptyPackage(), { recursive: true });
	const manifest = { name: 'empty', version: '0.0.0', n8n: { nodes: [], credentials: [] } };
	writeFileSync(path.join(emptyPackage(), 'package.json'), JSON.stringify(manifest));
}

/** A key and a certificate for Close's host, valid for a day and trusted by the benchmark's processes only. */
async function makeCertificate(): Promise<{ key: string; cert: string }> {
	const load = createRequire(path.join(root, 'bench', 'package.json'));
	const { generate }: Selfsigned = load('selfsigned');
	const notAfterDate = new Date(Date.now() + 24 * 3_600_000);
	const made = await generate([{ name: 'commonName', value: CLOSE_HOST }], {
		keyType: 'ec',
		algorithm: 'sha256',
		notAfterDate,
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: CLOSE_HOST }] }],
	});
	return { key: made.private, cert: made.cert };
}

function start(name: string, args: string[] = [], flags: string[] = []): ChildProcess {
	return fork(path.join(buildFolder, `${name}.cjs`), args, {
		cwd: root,
		execArgv: flags,
		env: {
			...process.env,
			LEAD_DISPATCH_PACKAGE: root,
			// n8n's error reporter would print every node that failed.
			N8N_LOG_LEVEL: 'silent',
			NODE_EXTRA_CA_CERTS: certificateFile,
		},
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
	});
}

/** The next message of a process. @throws Error with its output if it exits instead */
async function nextMessage(child: ChildProcess, printed: () => string): Promise<unknown> {
	return await new Promise((resolve, reject) => {
		const exited = () =>
			reject(new Error(`A process exited too early. ${printed().slice(-2_000)}`));
		child.once('exit', exited);
		child.once('message', (message) => {
			child.off('exit', exited);
			resolve(message);
		});
	});
}

function captureErrors(child: ChildProcess): () => string {
	let text = '';
	child.stderr?.on('data', (chunk: unknown) => (text += String(chunk)));
	return () => text;
}

const isCounts = (value: unknown): value is Counts =>
	isObject(value) && typeof value.requests === 'number' && typeof value.lost === 'number';

const isFigures = (value: unknown): value is Figures =>
	isObject(value) && typeof value.ms === 'number' && typeof value.peakRssMb === 'number';

/** The sandbox in its own process, so that its work is not measured. */
export class SandboxProcess {
	private constructor(
		private readonly child: ChildProcess,
		private readonly printed: () => string,
		readonly addresses: Addresses,
	) {}

	static async start(): Promise<SandboxProcess> {
		const { key, cert } = await makeCertificate();
		writeFileSync(certificateFile, cert);
		const child = start('sandboxProcess');
		const printed = captureErrors(child);
		const command: SandboxCommand = { do: 'start', key, cert };
		child.send(command);
		const started = await nextMessage(child, printed);
		if (
			isObject(started) &&
			typeof started.sandbox === 'string' &&
			typeof started.closePort === 'number'
		) {
			const { sandbox, closePort } = started;
			return new SandboxProcess(child, printed, { sandbox, closePort });
		}
		throw new Error('The sandbox did not start.');
	}

	private async ask(command: SandboxCommand): Promise<unknown> {
		const answer = nextMessage(this.child, this.printed);
		this.child.send(command);
		return await answer;
	}

	async set(command: Omit<Extract<SandboxCommand, { do: 'set' }>, 'do'>): Promise<void> {
		await this.ask({ do: 'set', ...command });
	}

	async count(command: Omit<Extract<SandboxCommand, { do: 'count' }>, 'do'>): Promise<Counts> {
		const counts = await this.ask({ do: 'count', ...command });
		if (isCounts(counts)) return counts;
		throw new Error('The sandbox returned no counts.');
	}

	stop(): void {
		this.child.disconnect();
	}
}

const profiling = ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`];

/** One run in a fresh process. @param whenWarm is awaited between the warm-up and the measured run */
export async function runChild(
	request: RunRequest,
	isProfiled: boolean,
	whenWarm: () => Promise<void>,
): Promise<Figures> {
	const flags = [...(request.memory ? ['--expose-gc'] : []), ...(isProfiled ? profiling : [])];
	const child = start('child', [JSON.stringify(request)], flags);
	const printed = captureErrors(child);
	await nextMessage(child, printed);
	await whenWarm();
	const figures = nextMessage(child, printed);
	child.send('start');
	const measured = await figures;
	if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
	if (isFigures(measured)) return measured;
	throw new Error('A run returned no figures.');
}
