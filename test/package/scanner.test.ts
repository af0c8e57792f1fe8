/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, which never runs inside n8n */
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { ROOT, temporaryFolder, unpackTarball } from './support';

/**
 * n8n's own check of community packages, as `npx @n8n/scan-community-package` runs it after
 * publishing, once on the sources and once on what users get. It is an ES module, which Jest does
 * not load, so a process of its own runs it.
 */
const SCAN = `
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
const [folder, leg] = process.argv.slice(1);
const result = await analyzePackage(folder, leg === 'source' ? SOURCE_FILE_PATTERNS : undefined);
console.log('\\n' + JSON.stringify({ passed: result.passed, message: result.message ?? '', details: result.details ?? '' }));
`;

interface Verdict {
	passed: boolean;
	message: string;
	details: string;
}

type Leg = 'source' | 'published';

async function scan(folder: string, leg: Leg): Promise<Verdict> {
	const { stdout } = await promisify(execFile)(
		process.execPath,
		['--input-type=module', '--eval', SCAN, folder, leg],
		{
			// From the project's folder, so that the scanner is found. Without Jest's NODE_ENV=test: it
			// makes eslint-plugin-n8n-nodes-base take every file for one called Test.node.ts.
			cwd: ROOT,
			env: { PATH: process.env.PATH },
			maxBuffer: 2 ** 26,
		},
	);
	return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

const PASSED: Verdict = { passed: true, message: '', details: '' };

describe("n8n's community package scanner", () => {
	let temporary = '';
	let verdicts: Verdict[] = [];

	// One after the other they would take a minute on a slow machine.
	beforeAll(async () => {
		temporary = temporaryFolder();
		const bad = path.join(temporary, 'bad');
		mkdirSync(path.join(bad, 'nodes'), { recursive: true });
		writeFileSync(path.join(bad, 'nodes', 'bad.js'), 'setTimeout(() => {}, 1000);\n');
		const published = unpackTarball(temporary);
		verdicts = await Promise.all([
			scan(ROOT, 'source'),
			scan(published, 'published'),
			scan(bad, 'source'),
			scan(bad, 'published'),
		]);
	});
	afterAll(() => rmSync(temporary, { recursive: true, force: true }));

	it('passes the sources', () => {
		expect(verdicts[0]).toEqual(PASSED);
	});

	it('passes what users get', () => {
		expect(verdicts[1]).toEqual(PASSED);
	});

	it('would not pass a timer in a node', () => {
		for (const verdict of verdicts.slice(2)) {
			expect(verdict).toMatchObject({
				passed: false,
				details: expect.stringContaining('no-restricted-globals'),
			});
		}
	});
});
