/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a test, which never runs inside n8n */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { filesBelow, readManifest, ROOT, temporaryFolder, unpackTarball } from './support';

const MAX_BYTES = 1_200_000;

const ALLOWED = [
	/^dist\/(?:credentials|nodes)\/.+\.js$/,
	/^dist\/nodes\/.+\.json$/,
	/^dist\/icons\/[\w.]+\.svg$/,
	/^(?:package\.json|README\.md|LICENSE|THIRD_PARTY_NOTICES\.md)$/,
];
const FORBIDDEN =
	/(?:^|\/)(?:test|tests|__tests__|sandbox|host|workflows|bench|docs|node_modules)\/|\.(?:map|[cm]?ts|tsx|tgz|tsbuildinfo)$|\.test\./;

/** The files of a package that have no business in it. */
function strangersIn(files: string[]): string[] {
	return files.filter(
		(file) => FORBIDDEN.test(file) || !ALLOWED.some((pattern) => pattern.test(file)),
	);
}

/**
 * Loads every node and credential of an unpacked package in a process that can resolve nothing
 * else: n8n-workflow (the project's), luxon, crypto, and the package's own files. What works only because
 * the project's node_modules are near cannot load here. Prints what it found as JSON.
 */
const LOADER = `
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const [folder, workflow] = process.argv.slice(2);
const inside = (file) => file.startsWith(folder + path.sep);
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
	// n8n-workflow itself may load what it likes.
	if (!parent || !parent.filename || !inside(parent.filename)) {
		return resolve.call(this, request, parent, ...rest);
	}
	if (request === 'n8n-workflow') return workflow;
	// n8n and n8n-workflow depend on luxon, and n8n's NODE_PATH lets every community node load it.
	if (request === 'luxon') return Module.createRequire(workflow).resolve('luxon');
	// What of Node itself is allowed, the hook below has decided.
	if (Module.isBuiltin(request)) return request;
	const file = resolve.call(this, request, parent, ...rest);
	if (path.isAbsolute(file) && inside(fs.realpathSync(file))) return file;
	throw new Error(parent.filename + ' requires ' + request + ', which no installation has');
};
// Not all modules of Node itself reach the resolver.
const loadModule = Module._load;
Module._load = function (request, parent, ...rest) {
	const own = parent && parent.filename && inside(parent.filename);
	if (own && Module.isBuiltin(request) && !/^(?:node:)?crypto$/.test(request)) {
		throw new Error(parent.filename + ' requires ' + request + ', which n8n does not allow');
	}
	return loadModule.call(this, request, parent, ...rest);
};

const load = Module.createRequire(path.join(folder, 'loader.js'));
const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
// createRequire's own parent lies inside the folder, so the hook above watches these calls too.
const found = [...manifest.n8n.nodes, ...manifest.n8n.credentials].map((file) => {
	const className = path.basename(file).split('.')[0];
	const Class = load('./' + file)[className];
	if (typeof Class !== 'function') throw new Error(file + ' exports no class ' + className);
	const instance = new Class();
	const description = file.endsWith('.node.js') ? instance.description : instance;
	const icon = description.icon;
	const icons = typeof icon === 'string' ? [icon] : Object.values(icon ?? {});
	return {
		file,
		className,
		name: description.name,
		displayName: description.displayName,
		properties: Array.isArray(description.properties) ? description.properties.length : -1,
		icons: icons.map((one) =>
			one.startsWith('file:')
				? path.relative(folder, path.resolve(folder, path.dirname(file), one.slice(5)))
				: one,
		),
	};
});
process.stdout.write(JSON.stringify(found));
`;

interface Loaded {
	file: string;
	className: string;
	name?: string;
	displayName?: string;
	properties: number;
	icons: string[];
}

function loadAlone(folder: string): Loaded[] {
	const script = path.join(path.dirname(folder), `load-${path.basename(folder)}.cjs`);
	writeFileSync(script, LOADER);
	const output = execFileSync(
		process.execPath,
		[script, folder, require.resolve('n8n-workflow')],
		// No NODE_PATH and no options of the test runner: nothing that would help resolution.
		{ cwd: folder, env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'pipe'] },
	);
	return JSON.parse(output.toString('utf8'));
}

describe('the tarball', () => {
	let temporary = '';
	let folder = '';
	let files: string[] = [];

	beforeAll(() => {
		temporary = temporaryFolder();
		folder = unpackTarball(temporary);
		files = filesBelow(folder);
	});
	afterAll(() => rmSync(temporary, { recursive: true, force: true }));

	it('holds what ships and nothing else', () => {
		expect(strangersIn(files)).toEqual([]);
		expect(files).toEqual(
			expect.arrayContaining([
				'LICENSE',
				'README.md',
				'THIRD_PARTY_NOTICES.md',
				'dist/nodes/shared/values/phone/libphonenumber.js',
				'package.json',
			]),
		);
	});

	it('is small', () => {
		const bytes = files.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
		expect(bytes).toBeLessThan(MAX_BYTES);
	});

	it('brings no dependencies', () => {
		const manifest = readManifest(folder);
		expect(manifest.dependencies).toEqual({});
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('carries the bundled library with its notice, once', () => {
		const library = readFileSync(
			path.join(folder, 'dist/nodes/shared/values/phone/libphonenumber.js'),
			'utf8',
		);
		expect(library).toMatch(/^\/\* Bundled: libphonenumber-js \d+\.\d+\.\d+, MIT license/);
		const needy = files
			.filter((file) => file.endsWith('.js'))
			.filter((file) =>
				/(?:require|import)\(["'`]libphonenumber-js/.test(
					readFileSync(path.join(folder, file), 'utf8'),
				),
			);
		expect(needy).toEqual([]);
		expect(readFileSync(path.join(folder, 'THIRD_PARTY_NOTICES.md'), 'utf8')).toContain(
			readFileSync(path.join(ROOT, 'node_modules/libphonenumber-js/LICENSE'), 'utf8').trim(),
		);
	});

	it('loads where nothing but n8n-workflow is installed', () => {
		const manifest = readManifest(folder);
		const loaded = loadAlone(folder);
		expect(loaded.map(({ file }) => file)).toEqual([...manifest.nodes, ...manifest.credentials]);
		expect(loaded.length).toBeGreaterThan(0);
		for (const one of loaded) {
			expect(one).toEqual({
				file: one.file,
				className: one.className,
				name: expect.stringMatching(/^[a-z]\w+$/),
				displayName: expect.stringMatching(/./),
				properties: expect.any(Number),
				icons: expect.any(Array),
			});
			expect(one.properties).toBeGreaterThanOrEqual(0);
			expect(one.icons.length).toBeGreaterThan(0);
			// A path that left the package would begin with ../ and not be among its files.
			expect(files).toEqual(expect.arrayContaining(one.icons));
		}
		expect(new Set(loaded.map(({ name }) => name)).size).toBe(loaded.length);
	});
});

describe('these gates', () => {
	let temporary = '';
	beforeAll(() => {
		temporary = temporaryFolder();
	});
	afterAll(() => rmSync(temporary, { recursive: true, force: true }));

	/** A package with one credential of the given text. */
	function packageOf(name: string, text: string): string {
		const folder = path.join(temporary, name);
		mkdirSync(path.join(folder, 'dist'), { recursive: true });
		writeFileSync(
			path.join(folder, 'package.json'),
			JSON.stringify({ n8n: { nodes: [], credentials: ['dist/Some.credentials.js'] } }),
		);
		writeFileSync(path.join(folder, 'dist', 'Some.credentials.js'), text);
		return folder;
	}
	const credential =
		"exports.Some = class Some { constructor() { this.name = 'some'; this.properties = []; this.icon = 'file:some.svg'; } };";

	it('load a package that needs nothing else', () => {
		const allowed =
			"require('n8n-workflow'); require('luxon'); require('node:crypto'); require('crypto');";
		expect(loadAlone(packageOf('good', `${allowed}${credential}`))).toEqual([
			{
				file: 'dist/Some.credentials.js',
				className: 'Some',
				name: 'some',
				properties: 0,
				icons: ['dist/some.svg'],
			},
		]);
	});

	it.each([
		['library', "require('libphonenumber-js/max');"],
		['installed', "require('lodash');"],
		['builtin', "require('node:fs');"],
		['deep', "require('n8n-workflow/package.json');"],
		['missing', "require('./shared/phone');"],
		['outside', `require(${JSON.stringify(path.join(ROOT, 'package.json'))});`],
	])('refuse a package that needs more: %s', (name, text) => {
		expect(() => loadAlone(packageOf(name, `${text}${credential}`))).toThrow();
	});

	it('refuse a package without the class that its file name promises', () => {
		expect(() => loadAlone(packageOf('nameless', 'exports.Other = class Other {};'))).toThrow(
			'exports no class Some',
		);
	});

	it('see what must not ship', () => {
		const bad = [
			'dist/test/a.js',
			'dist/nodes/a.js.map',
			'dist/nodes/a.d.ts',
			'dist/nodes/a.ts',
			'dist/sandbox/a.js',
			'dist/nodes/test/a.js',
			'dist/package.json',
			'dist/icons/a.png',
			'gulpfile.js',
			'workflows/a.json',
			'.npmrc',
		];
		expect(strangersIn([...bad, 'dist/nodes/A/A.node.js', 'dist/nodes/A/A.node.json'])).toEqual(
			bad,
		);
		expect(existsSync(path.join(ROOT, 'test/package'))).toBe(true);
	});
});
