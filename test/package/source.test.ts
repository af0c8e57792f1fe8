/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, which never runs inside n8n */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import {
	evasionsOf,
	filesBelow,
	importsOf,
	readManifest,
	ROOT,
	sources,
	vendorsIn,
} from './support';

const all = sources();

/** `file: finding` for every finding of a check over the sources. */
function findings(check: (text: string, file: string) => string[], within = ''): string[] {
	return all
		.filter(({ file }) => file.startsWith(within))
		.flatMap(({ file, text }) => check(text, file).map((found) => `${file}: ${found}`));
}

const MAX_LINES = 250;

/** The lines of a file that ends with a newline. */
function linesOf(text: string): number {
	return text.split('\n').length - 1;
}

it('there are sources to look at', () => {
	expect(all.map(({ file }) => file)).toContain('nodes/shared/values/phone/libphonenumber.ts');
});

describe('the linter', () => {
	it("is n8n's strict one, unchanged", () => {
		const config = readFileSync(path.join(ROOT, 'eslint.config.mjs'), 'utf8');
		expect(config.replace(/\s/g, '')).toBe(
			"import{config}from'@n8n/node-cli/eslint';exportdefaultconfig;",
		);
		const manifest = readFileSync(path.join(ROOT, 'package.json'), 'utf8');
		expect(manifest).toMatch(/"n8n":\s*\{[^}]*"strict":\s*true/);
	});

	it('is obeyed without exceptions, and so is the compiler', () => {
		expect(findings(evasionsOf)).toEqual([]);
	});

	it.each([
		'// eslint-disable-next-line',
		'/* eslint-disable */',
		'// @ts-ignore',
		'// @ts-expect-error',
		'// @ts-nocheck',
		'const a = b as any;',
		'let a: any;',
		'let a: any[];',
		'function f(a: any) {}',
		'function f(): any {',
		'type A = Record<string, any>;',
		'const a: Array<any> = [];',
	])('would not let pass: %s', (text) => {
		expect(evasionsOf(text)).not.toEqual([]);
	});

	it.each(['// if any: none', 'const anyThing: anything = 1;', '// whatever, any of them'])(
		'lets pass: %s',
		(text) => {
			expect(evasionsOf(text)).toEqual([]);
		},
	);
});

describe('the length of files', () => {
	const longer = (text: string, file: string) =>
		file.startsWith('nodes/') && linesOf(text) > MAX_LINES ? [`${linesOf(text)} lines`] : [];

	it(`is at most ${MAX_LINES} lines under nodes/`, () => {
		expect(findings(longer)).toEqual([]);
	});

	it('is counted', () => {
		expect(longer('//\n'.repeat(MAX_LINES), 'nodes/a.ts')).toEqual([]);
		expect(longer('//\n'.repeat(MAX_LINES + 1), 'nodes/a.ts')).toEqual(['251 lines']);
	});
});

describe('the rooms', () => {
	const shared = 'actions|descriptions|errors|methods|parameters|transport|trigger|values';
	const vendor = 'actions|descriptions|lead|methods|transport|trigger';
	const room = new RegExp(
		`^nodes/(?:shared/(?:${shared})/|(?!shared/)(\\w+)/(?:\\1(?:Trigger)?\\.node\\.ts$|(?:${vendor})/))`,
	);
	const outside = (_text: string, file: string) => (room.test(file) ? [] : ['is in no room']);

	it('hold every file under nodes/', () => {
		expect(findings(outside, 'nodes/')).toEqual([]);
	});

	it.each(['nodes/a.ts', 'nodes/shared/a.ts', 'nodes/Close/a.ts', 'nodes/Close/Other.node.ts'])(
		'do not hold %s',
		(file) => {
			expect(outside('', file)).toEqual(['is in no room']);
		},
	);
});

// Which room imports which: imports.test.ts.
describe('imports', () => {
	it('what ships imports n8n-workflow, luxon, node:crypto, its own files, and the bundled library', () => {
		expect(
			findings((text, file) =>
				importsOf(text).filter(
					(name) =>
						!/^\.{1,2}\//.test(name) &&
						!['n8n-workflow', 'luxon', 'crypto', 'node:crypto'].includes(name) &&
						!(
							file === 'nodes/shared/values/phone/libphonenumber.ts' &&
							/^libphonenumber-js\/(max|max\/metadata|core)$/.test(name)
						),
				),
			),
		).toEqual([]);
	});

	it('nodes/shared names no vendor', () => {
		expect(findings(vendorsIn, 'nodes/shared/')).toEqual([]);
	});

	it.each([
		'// SquadVoice wants a list',
		'const url = "https://api.close.com";',
		"import { x } from '../Close/vendor';",
		'// what Aktify calls a region',
		"name: 'leadDispatchCloseApi'",
		'// as in Close, leads are …',
		'type A = closeLeadFields;',
		"vendor: 'Close'",
	])('would find the vendor in: %s', (text) => {
		expect(vendorsIn(text)).not.toEqual([]);
	});

	it.each(['// Close the stream.', 'socket.close();', '// as close as can be', 'closed = true;'])(
		'finds none in: %s',
		(text) => {
			expect(vendorsIn(text)).toEqual([]);
		},
	);

	it.each([
		["import { a } from '../sandbox/a';", '../sandbox/a'],
		["import '../host/a';", '../host/a'],
		["export * from '../../test/a';", '../../test/a'],
		["const a = require('../bench/a');", '../bench/a'],
		["const a = await import('../sandbox');", '../sandbox'],
		["import {\n\ta,\n} from 'lodash';", 'lodash'],
	])('would see the import in: %s', (text, name) => {
		expect(importsOf(text)).toEqual([name]);
	});
});

describe('package.json', () => {
	const manifest = readManifest(ROOT);
	const compiled = (folder: string, ending: string) =>
		filesBelow(path.join(ROOT, folder))
			.filter((file) => file.endsWith(`${ending}.ts`))
			.map((file) => `dist/${folder}/${file.replace(/\.ts$/, '.js')}`);

	it('lists every node, and nothing else', () => {
		expect([...manifest.nodes].sort()).toEqual(compiled('nodes', '.node').sort());
	});

	it('lists every credential, and nothing else', () => {
		expect([...manifest.credentials].sort()).toEqual(
			compiled('credentials', '.credentials').sort(),
		);
	});

	it('has n8n-workflow as its only peer, and no dependencies', () => {
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(manifest.dependencies).toEqual({});
	});
});
