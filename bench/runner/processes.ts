/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a command of the repository, never part of a node */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { isRecord } from '../../sandbox/lib/guards';
import type { Addresses, Counts, Figures } from '../cases/case';
import type { Order } from './child';
import { closeHost } from './closeHost';
import { buildFolder, emptyPackage, profileFolder, root } from '../paths';
import type { SandboxOrder } from './sandboxProcess';

/** What is used of the package selfsigned; it is among bench's own, which may not be installed. */
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

/** Compiles what is measured, so that no compiler runs in the same process, and makes the empty package. */
export function prepare(): void {
	buildSync({
		entryPoints: ['child', 'sandboxProcess'].map((name) => path.join(root, 'bench', `${name}.ts`)),
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

/** A key and a certificate for Close's name, valid for a day; only the benchmark's processes trust it. */
async function makeCertificate(): Promise<{ key: string; cert: string }> {
	const load = createRequire(path.join(root, 'bench', 'package.json'));
	const { generate }: Selfsigned = load('selfsigned');
	const notAfterDate = new Date(Date.now() + 24 * 3_600_000);
	const made = await generate([{ name: 'commonName', value: closeHost }], {
		keyType: 'ec',
		algorithm: 'sha256',
		notAfterDate,
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: closeHost }] }],
	});
	return { key: made.private, cert: made.cert };
}

function start(name: string, args: string[] = [], more: string[] = []): ChildProcess {
	return fork(path.join(buildFolder, `${name}.cjs`), args, {
		cwd: root,
		execArgv: more,
		// n8n's error reporter would print every node that failed.
		env: { ...process.env, N8N_LOG_LEVEL: 'silent', NODE_EXTRA_CA_CERTS: certificateFile },
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
	});
}

/** The next message of a process. @throws Error with what it printed, when it ends instead */
async function nextMessage(child: ChildProcess, printed: () => string): Promise<unknown> {
	return await new Promise((resolve, reject) => {
		const ended = () => reject(new Error(`A process ended too early. ${printed().slice(-2_000)}`));
		child.once('exit', ended);
		child.once('message', (message) => {
			child.off('exit', ended);
			resolve(message);
		});
	});
}

function listen(child: ChildProcess): () => string {
	let text = '';
	child.stderr?.on('data', (chunk: unknown) => (text += String(chunk)));
	return () => text;
}

const isCounts = (value: unknown): value is Counts =>
	isRecord(value) && typeof value.requests === 'number' && typeof value.lost === 'number';

const isFigures = (value: unknown): value is Figures =>
	isRecord(value) && typeof value.ms === 'number' && typeof value.peakRssMb === 'number';

/** The sandbox in a process of its own, so that its work is not counted. */
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
		const printed = listen(child);
		const order: SandboxOrder = { do: 'start', key, cert };
		child.send(order);
		const told = await nextMessage(child, printed);
		if (isRecord(told) && typeof told.sandbox === 'string' && typeof told.closePort === 'number') {
			const { sandbox, closePort } = told;
			return new SandboxProcess(child, printed, { sandbox, closePort });
		}
		throw new Error('The sandbox did not start.');
	}

	private async ask(order: SandboxOrder): Promise<unknown> {
		const answer = nextMessage(this.child, this.printed);
		this.child.send(order);
		return await answer;
	}

	async set(order: Omit<Extract<SandboxOrder, { do: 'set' }>, 'do'>): Promise<void> {
		await this.ask({ do: 'set', ...order });
	}

	async count(order: Omit<Extract<SandboxOrder, { do: 'count' }>, 'do'>): Promise<Counts> {
		const counts = await this.ask({ do: 'count', ...order });
		if (isCounts(counts)) return counts;
		throw new Error('The sandbox did not count.');
	}

	stop(): void {
		this.child.disconnect();
	}
}

const profiling = ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`];

/** One run in a fresh process. @param whenWarm is awaited between its warm-up and what counts */
export async function runChild(
	order: Order,
	profile: boolean,
	whenWarm: () => Promise<void>,
): Promise<Figures> {
	const flags = [...(order.memory ? ['--expose-gc'] : []), ...(profile ? profiling : [])];
	const child = start('child', [JSON.stringify(order)], flags);
	const printed = listen(child);
	await nextMessage(child, printed);
	await whenWarm();
	const figures = nextMessage(child, printed);
	child.send('go');
	const told = await figures;
	if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
	if (isFigures(told)) return told;
	throw new Error('A run told no figures.');
}
