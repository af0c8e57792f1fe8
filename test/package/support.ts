/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a test, which never runs inside n8n */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';

export const ROOT = path.resolve(__dirname, '..', '..');

/** What the gates read of package.json. */
export interface Manifest {
	name: string;
	dependencies: Record<string, string>;
	peerDependencies: Record<string, string>;
	nodes: string[];
	credentials: string[];
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function stringsOf(value: unknown): string[] {
	return Array.isArray(value) ? value.map(String) : [];
}

function recordOf(value: unknown): Record<string, string> {
	if (!isObject(value)) return {};
	return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}

export function readManifest(folder: string): Manifest {
	const json: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
	if (!isObject(json)) throw new Error('package.json is not an object');
	const n8n = isObject(json.n8n) ? json.n8n : {};
	return {
		name: String(json.name),
		dependencies: recordOf(json.dependencies),
		peerDependencies: recordOf(json.peerDependencies),
		nodes: stringsOf(n8n.nodes),
		credentials: stringsOf(n8n.credentials),
	};
}

/** Every file below a folder, as paths relative to it with forward slashes, sorted. */
export function filesBelow(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => !entry.isDirectory())
		.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
		.map((file) => file.split(path.sep).join('/'))
		.sort();
}

/** TypeScript sources of the package: those under nodes/ and credentials/. */
export function sources(): Array<{ file: string; text: string }> {
	return ['nodes', 'credentials']
		.flatMap((folder) => filesBelow(path.join(ROOT, folder)).map((file) => `${folder}/${file}`))
		.filter((file) => /\.[cm]?[jt]s$/.test(file))
		.map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));
}

export function temporaryFolder(): string {
	return realpathSync(mkdtempSync(path.join(tmpdir(), 'lead-dispatch-gate-')));
}

/** Packs the project as `npm publish` would and unpacks it: the folder that users get. */
export function unpackTarball(into: string): string {
	if (!existsSync(path.join(ROOT, 'dist'))) {
		throw new Error('There is no dist: run `npm run build` before the gates.');
	}
	// Without scripts: prepublishOnly refuses to run outside of a release.
	execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', into], {
		cwd: ROOT,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const tarball = readdirSync(into).find((file) => file.endsWith('.tgz'));
	if (!tarball) throw new Error('npm pack wrote no tarball');
	execFileSync('tar', ['-xzf', tarball], { cwd: into });
	rmSync(path.join(into, tarball));
	return path.join(into, 'package');
}

/** The modules that a source text imports, requires or re-exports from. */
export function importsOf(text: string): string[] {
	return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** The ways out of strict typing and linting that a source text takes. */
export function evasionsOf(text: string): string[] {
	return (
		text.match(
			/\b(?:es|ts)lint-disable\b|@ts-(?:ignore|expect-error|nocheck)\b|\bas any\b|[:<|,]\s*any\b(?=\s*[[\]>;,)=|{&]|\s*$)|<any>/gm,
		) ?? []
	);
}

/**
 * The vendors that a text names. "Close" counts only where it is no verb: as part of an identifier or
 * path, or with a capital in the middle of a sentence.
 */
export function vendorsIn(text: string): string[] {
	const names =
		text.match(/squad|aktify|autocalls|close\.com|close(?:Api|Lead|Io\b|Crm)\w*/gi) ?? [];
	const brands =
		text.match(/(?<=[\w,)] )Close\b(?!-)|LeadDispatchClose\w*|\/Close\b|['"]Close\b/g) ?? [];
	return [...names, ...brands];
}
