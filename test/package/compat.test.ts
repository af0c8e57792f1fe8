/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, which never runs inside n8n */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { asText, asTexts, getOwn } from '../../nodes/shared/values/json';
import { textOfPage } from './docs';
import { filesBelow, ROOT } from './support';

function jsonOf(...file: string[]): unknown {
	return JSON.parse(readFileSync(path.join(ROOT, ...file), 'utf8'));
}

/** n8n-core and n8n-workflow as they stand under a key of a package.json. */
function versionsUnder(key: string, manifest: unknown): string[] {
	const listed = getOwn(manifest, key);
	return ['n8n-core', 'n8n-workflow'].map((name) => asText(getOwn(listed, name)) ?? '');
}

/** The rows of the table in docs/installing.md: name, n8n, n8n-core, n8n-workflow. */
function rowsOfTable(): string[][] {
	const section = textOfPage('docs/installing.md').split('## Compatibility')[1]?.split('\n## ')[0] ?? '';
	return [...section.matchAll(/^\| (\w+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|/gm)].map((row) =>
		row.slice(1, 5),
	);
}

/** Those in git: `npm run newest` writes another one. */
const others = ['oldest'];

/** The n8n of a folder with a complete one. */
const completeN8n = (...folder: string[]): string =>
	asText(getOwn(getOwn(jsonOf(...folder, 'package.json'), 'dependencies'), 'n8n')) ?? '';

it('the table of the docs has the versions that are run, and no others', () => {
	const wanted = [
		['pinned', completeN8n('host'), ...versionsUnder('devDependencies', jsonOf('package.json'))],
		...others.map((name) => {
			const manifest = jsonOf('test', 'compat', name, 'package.json');
			return [name, completeN8n('host', name), ...versionsUnder('dependencies', manifest)];
		}),
	];
	expect(rowsOfTable().sort()).toEqual(wanted.sort());
});

it.each(others)('%s: the lockfile has what package.json asks for', (name) => {
	const packages = getOwn(jsonOf('test', 'compat', name, 'package-lock.json'), 'packages');
	const locked = ['n8n-core', 'n8n-workflow'].map((dependency) =>
		asText(getOwn(getOwn(packages, `node_modules/${dependency}`), 'version')),
	);
	expect(locked).toEqual(
		versionsUnder('dependencies', jsonOf('test', 'compat', name, 'package.json')),
	);
});

it.each([
	['pinned', ['host'], versionsUnder('devDependencies', jsonOf('package.json'))],
	[
		'oldest',
		['host', 'oldest'],
		versionsUnder('dependencies', jsonOf('test', 'compat', 'oldest', 'package.json')),
	],
])(
	'the %s complete n8n brings the n8n-core and n8n-workflow that the tests run',
	(_, folder, wanted) => {
		const packages = getOwn(jsonOf(...folder, 'package-lock.json'), 'packages');
		const brought = ['n8n-core', 'n8n-workflow'].map((name) =>
			asText(getOwn(getOwn(packages, `node_modules/${name}`), 'version')),
		);
		expect(brought).toEqual(wanted);
	},
);

describe('the smoke tests', () => {
	const patterns = asTexts(jsonOf('test', 'compat', 'smoke.json'));
	const tests = filesBelow(path.join(ROOT, 'test'))
		.map((file) => `test/${file}`)
		.filter((file) => file.endsWith('.test.ts'));

	it.each(patterns)('%s matches a test', (pattern) => {
		expect(tests.filter((test) => new RegExp(pattern).test(test))).not.toEqual([]);
	});

	it('cover every node', () => {
		const covered = tests.filter((test) => patterns.some((each) => new RegExp(each).test(test)));
		const nodes = ['Aktify', 'Autocalls', 'Close', 'SquadVoice'];
		for (const node of nodes) {
			expect(covered).toContainEqual(expect.stringContaining(`test/nodes/${node}/`));
		}
	});
});
