/**
 * Takes one behaviour after the other out of the built package and runs the tests that guard it: each
 * has to fail. Prints a line for each; ends with 1 if a test did not notice.
 * Usage: npm run test:mutants [-- WORD]   only those whose name contains the word
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mutants } from './mutants.mjs';

const wanted = process.argv[2] ?? '';

/** Replaces a text that stands in a file exactly once. @returns a function that puts it back */
function change(file, find, replace) {
	const before = readFileSync(file, 'utf8');
	if (before.split(find).length !== 2) throw new Error(`"${find}" does not stand once in ${file}`);
	writeFileSync(
		file,
		before.replace(find, () => replace),
	);
	return () => writeFileSync(file, before);
}

let survived = 0;
let noticed = 0;
for (const { what, file, find, replace, and, tests } of mutants) {
	if (!what.includes(wanted)) continue;
	const undo = [change(file, find, replace)];
	try {
		if (and !== undefined) undo.push(change(...and));
		const args = ['jest', '--bail', '--silent', '--testTimeout=15000', '--forceExit', ...tests];
		const { status } = spawnSync('npx', args, {
			encoding: 'utf8',
			shell: process.platform === 'win32',
		});
		if (status === 0) survived++;
		else noticed++;
		console.log(`${status === 0 ? 'SURVIVED' : 'noticed '}  ${what}`);
	} finally {
		// The last change first: both may be in one file.
		for (const put of undo.reverse()) put();
	}
}
console.log(`${noticed} passed, ${survived} failed`);
process.exitCode = survived === 0 ? 0 : 1;
