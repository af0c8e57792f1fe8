/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a test, which never runs inside n8n */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { isObject, getOwn, asText, asTexts } from '../../nodes/shared/values/json';
import { fencesOf, textOfPage } from './docs';
import { ROOT } from './support';

const page = 'docs/adding-a-vendor.md';

/** The files on the page: code whose first line is a comment with a path. */
export function filesOfPage(): Map<string, string> {
	const titled = /^(?:\/\/|<!--) ((?:credentials|icons|nodes)\/[\w./]+)(?: -->)?\n([\s\S]+)$/;
	const files = fencesOf(textOfPage(page)).flatMap(({ code }): Array<[string, string]> => {
		const [, file, text] = titled.exec(code) ?? [];
		return file === undefined || text === undefined ? [] : [[file, text]];
	});
	return new Map(files);
}

/** Copies the package to a folder and adds the page's vendor. @returns the files of the vendor */
export function packageWithVendor(folder: string): string[] {
	for (const part of ['credentials', 'icons', 'nodes', 'tsconfig.json', 'eslint.config.mjs']) {
		cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
	}
	symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
	const files = filesOfPage();
	for (const [file, text] of files) {
		mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
		writeFileSync(path.join(folder, file), text);
	}
	const manifest: unknown = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
	const n8n = getOwn(manifest, 'n8n');
	if (!isObject(manifest) || !isObject(n8n)) throw new Error('package.json has no "n8n"');
	const compiled = [...files.keys()].map((file) => `dist/${file.replace(/\.ts$/, '.js')}`);
	const withVendor = {
		...manifest,
		n8n: {
			...n8n,
			credentials: [...asTexts(n8n.credentials), ...compiled.filter(isCredential)],
			nodes: [...asTexts(n8n.nodes), ...compiled.filter(isNode)],
		},
	};
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify(withVendor, null, '\t'));
	return [...files.keys()];
}

const isCredential = (file: string) => file.endsWith('.credentials.js');
const isNode = (file: string) => file.endsWith('.node.js');

/** Builds the package into dist, with icons. @returns the compiler's errors; empty if it builds */
export function build(folder: string): string {
	const errors = runTool(folder, 'tsc', []);
	cpSync(path.join(folder, 'icons'), path.join(folder, 'dist', 'icons'), { recursive: true });
	return errors;
}

/** Lints files with n8n's linter. @returns its findings; empty if there are none */
export function lint(folder: string, files: string[]): string {
	return runTool(folder, 'eslint', ['--max-warnings', '0', ...files]);
}

function runTool(folder: string, tool: string, args: string[]): string {
	const script = path.join(ROOT, 'node_modules', '.bin', tool);
	try {
		execFileSync(script, args, { cwd: folder, stdio: 'pipe', env: { PATH: process.env.PATH } });
		return '';
	} catch (error) {
		return String(getOwn(error, 'stdout') ?? error);
	}
}

/** The made-up vendor of the page. */
export class RingwellServer {
	/** Accepted numbers in order; one that was accepted twice appears twice. */
	readonly accepted: string[] = [];
	readonly stopped: string[] = [];
	/** Requests, such as `POST /v1/contacts`. */
	readonly requests: string[] = [];
	/** Faults of the next writes, in order. */
	readonly faults: Array<'tooMany' | 'lostResponse'> = [];
	url = '';
	private readonly app: FastifyInstance = fastify();

	static async start(): Promise<RingwellServer> {
		const server = new RingwellServer();
		server.routes();
		server.url = await server.app.listen({ host: '127.0.0.1', port: 0 });
		return server;
	}

	async close(): Promise<void> {
		this.app.server.closeAllConnections();
		await this.app.close();
	}

	private routes(): void {
		this.app.addHook('onRequest', async (request, reply) => {
			const { pathname } = new URL(request.url, 'http://ringwell');
			this.requests.push(`${request.method} ${pathname}`);
			if (request.headers['x-api-key'] !== 'ring') return await reply.code(401).send({});
			if (request.method !== 'POST' || this.faults[0] !== 'tooMany') return;
			this.faults.shift();
			await reply.code(429).header('retry-after', '1').send({ message: 'Too many requests' });
		});
		this.app.post('/v1/contacts', async (request, reply) => {
			const phone = asText(getOwn(request.body, 'phone')) ?? '';
			if (this.accepted.includes(phone)) return await reply.code(409).send({ message: 'Exists' });
			this.accepted.push(phone);
			if (this.faults.shift() === 'lostResponse') {
				reply.hijack();
				request.raw.socket.destroy();
				return;
			}
			return await reply.code(201).send({ id: this.accepted.length });
		});
		this.app.get('/v1/contacts', async (request) => {
			const phone = asText(getOwn(request.query, 'phone')) ?? '';
			const id = this.accepted.indexOf(phone) + 1;
			return { contacts: id === 0 ? [] : [{ id, phone }] };
		});
		this.app.post('/v1/stop', async (request) => {
			const phones = asTexts(getOwn(request.body, 'phones'));
			const stopped = phones.filter((phone) => this.accepted.includes(phone));
			this.stopped.push(...stopped);
			return { stopped };
		});
	}
}
