/**
 * Takes one behaviour after the other out of the built package and runs the tests, or the cells of the
 * fault matrix, that guard it: each has to fail. Prints a line for each; ends with 1 if a test did not notice.
 * Usage: npm run test:mutants [-- WORD]   only those whose name contains the word
 *        npm run test:mutants -- --check   only whether each still fits the built package
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mutants } from './mutants.mjs';

const check = process.argv[2] === '--check';
const wanted = check ? '' : (process.argv[2] ?? '');

/** The text of a file in which another text stands exactly once. */
function textWith(file, find) {
	const text = readFileSync(file, 'utf8');
	if (text.split(find).length !== 2) throw new Error(`"${find}" does not stand once in ${file}`);
	return text;
}

/** Replaces a text that stands in a file exactly once. @returns a function that puts it back */
function change(file, find, replace) {
	const before = textWith(file, find);
	writeFileSync(
		file,
		before.replace(find, () => replace),
	);
	return () => writeFileSync(file, before);
}

const jest = ['jest', '--bail', '--silent', '--testTimeout=15000', '--forceExit'];
const matrix = ['tsx', 'test/faults/run.ts', '--leads', '20'];

let survived = 0;
let noticed = 0;
for (const { what, file, find, replace, and, tests = [], cells } of mutants) {
	if (!what.includes(wanted)) continue;
	if (check) {
		textWith(file, find);
		if (and !== undefined) textWith(...and);
		continue;
	}
	const undo = [change(file, find, replace)];
	try {
		if (and !== undefined) undo.push(change(...and));
		const runs = [];
		if (tests.length > 0) runs.push([...jest, ...tests]);
		if (cells !== undefined) runs.push([...matrix, '--only', `"${cells}"`]);
		// Each of them has to notice.
		const passed = runs.some(([command, ...args]) => {
			const options = { encoding: 'utf8', shell: true };
			const { status, stderr } = spawnSync('npx', [command, ...args], options);
			if (status !== 0 && status !== 1) throw new Error(`${command} could not run: ${stderr}`);
			return status === 0;
		});
		if (passed) survived++;
		else noticed++;
		console.log(`${passed ? 'SURVIVED' : 'noticed '}  ${what}`);
	} finally {
		// The last change first: both may be in one file.
		for (const put of undo.reverse()) put();
	}
}
console.log(check ? 'All of them fit' : `${noticed} passed, ${survived} failed`);
process.exitCode = survived === 0 ? 0 : 1;
