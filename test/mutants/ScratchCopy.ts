/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- a command of the repository, never part of a node */
import { execFileSync } from 'node:child_process';
import {
	cpSync,
	mkdtempSync,
	readFileSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compile } from './compile';
import type { Mutation } from './mutant';
import { mutate } from './mutate';

/** What the tests of mutants need. */
const COPIED = [
	'credentials',
	'dist',
	'gulpfile.js',
	'icons',
	'jest.config.js',
	'nodes',
	'package.json',
	'sandbox',
	'test',
	'tsconfig.json',
	'tsconfig.tools.json',
];

/** The module that the build bundles together with its library. */
const BUNDLED = 'nodes/shared/values/phone/libphonenumber.ts';

/** A built copy of the repository in a temporary folder, to mutate without touching the working tree. */
export class ScratchCopy {
	readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'lead-dispatch-mutant-')));

	constructor(root: string) {
		for (const entry of COPIED) {
			cpSync(path.join(root, entry), path.join(this.folder, entry), {
				recursive: true,
				filter: (source) => path.basename(source) !== 'node_modules',
			});
		}
		const modules = path.join(root, 'node_modules');
		symlinkSync(realpathSync(modules), path.join(this.folder, 'node_modules'));
	}

	/** Applies a mutation to a source file and to its compiled file. @returns a function that reverts it */
	apply(mutation: Mutation): () => void {
		const source = path.join(this.folder, mutation.file);
		const compiled = path.join(this.folder, 'dist', mutation.file.replace(/\.ts$/, '.js'));
		const before = [source, compiled].map((file) => [file, readFileSync(file, 'utf8')] as const);
		const text = mutate(readFileSync(source, 'utf8'), mutation);
		writeFileSync(source, text);
		if (mutation.file === BUNDLED) {
			execFileSync('npx', ['gulp', 'bundle'], { cwd: this.folder, stdio: 'ignore' });
		} else {
			writeFileSync(compiled, compile(this.folder, mutation.file, text));
		}
		return () => before.forEach(([file, content]) => writeFileSync(file, content));
	}

	remove(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}
