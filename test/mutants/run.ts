/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, no-console -- a command of the repository, never part of a node */
/**
 * Removes one behavior after the other from a copy of the built package and runs the tests, or the
 * cells of the fault matrix, that guard it: each of them must fail.
 * Usage: npm run test:mutants [-- WORD]     only the mutants whose name or file contains the word
 *        npm run test:mutants -- --jobs 3   how many run in parallel (default: one per core, at most 3)
 *        npm run test:mutants -- --check    only whether each mutant still applies
 * Exits with 1 if a mutant survived, and with 2 if one could not run.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { getOwn } from '../../nodes/shared/values/json';
import { problemsOf } from './checkMutants';
import type { Mutant } from './mutant';
import { mutants } from './mutants';
import { ScratchCopy } from './ScratchCopy';

const ROOT = path.resolve(__dirname, '../..');
/** A mutant that makes its tests hang counts as noticed after this time. */
const MAX_RUN_MS = 600_000;

/** Runs a command of the project. @returns its exit code, null if it ran out of time, and its output */
async function run(
	folder: string,
	command: string,
	args: string[],
	env: Record<string, string> = {},
): Promise<{ code: number | null; output: string }> {
	const child = spawn(path.join(ROOT, 'node_modules/.bin', command), args, {
		cwd: folder,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
		timeout: MAX_RUN_MS,
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	return { code, output };
}

/** Whether tests fail. @throws Error where Jest could not run them */
async function testsFail(
	folder: string,
	tests: string[],
	fuzzRuns: number | undefined,
): Promise<boolean> {
	const report = path.join(folder, 'jest-report.json');
	rmSync(report, { force: true });
	const options = ['--bail', '--silent', '--testTimeout=15000', '--forceExit', '--maxWorkers=1'];
	const args = [...options, '--json', `--outputFile=${report}`, ...tests];
	const env: Record<string, string> = fuzzRuns === undefined ? {} : { FUZZ_RUNS: `${fuzzRuns}` };
	const { code, output } = await run(folder, 'jest', args, env);
	if (code === 0) return false;
	if (code === null) return true;
	const results: unknown = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
	if (getOwn(results, 'numFailedTests') === 0 || code !== 1) {
		throw new Error(`Jest could not run ${tests.join(' ')}:\n${output}`);
	}
	return true;
}

/** Whether cells of the fault matrix go wrong. @throws Error where they could not run */
async function cellsFail(folder: string, cells: string): Promise<boolean> {
	const args = ['test/faults/run.ts', '--leads', '20', '--only', cells];
	const { code, output } = await run(folder, 'tsx', args);
	if (code !== 0 && code !== 1 && code !== null) {
		throw new Error(`The fault matrix could not run "${cells}":\n${output}`);
	}
	return code !== 0;
}

/** Whether every test of a mutant notices it. */
async function isNoticed(copy: ScratchCopy, mutant: Mutant): Promise<boolean> {
	const { tests = [], fuzzRuns, cells, and } = mutant;
	const revert = [copy.apply(mutant)];
	try {
		if (and !== undefined) revert.push(copy.apply(and));
		if (tests.length > 0 && !(await testsFail(copy.folder, tests, fuzzRuns))) return false;
		return cells === undefined || (await cellsFail(copy.folder, cells));
	} finally {
		// In reverse, because both replacements may be in one file.
		for (const undo of revert.reverse()) undo();
	}
}

async function runAll(chosen: Mutant[], jobs: number): Promise<void> {
	if (!existsSync(path.join(ROOT, 'dist'))) throw new Error('Run `npm run build` first.');
	const queue = [...chosen];
	const count = { noticed: 0, survived: 0 };
	const copies: ScratchCopy[] = [];
	process.once('exit', () => copies.forEach((copy) => copy.remove()));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(2));
	const worker = async () => {
		const copy = new ScratchCopy(ROOT);
		copies.push(copy);
		for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
			const noticed = await isNoticed(copy, mutant);
			count[noticed ? 'noticed' : 'survived']++;
			console.log(`${noticed ? 'noticed ' : 'SURVIVED'}  ${mutant.what}`);
		}
	};
	await Promise.all(Array.from({ length: Math.min(jobs, queue.length) }, worker));
	console.log(`${count.noticed} noticed, ${count.survived} survived`);
	process.exitCode = count.survived === 0 ? 0 : 1;
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { check: { type: 'boolean', default: false }, jobs: { type: 'string' } },
	});
	const word = positionals[0] ?? '';
	const chosen = mutants.filter(({ what, file }) => what.includes(word) || file.includes(word));
	const problems = chosen.flatMap((mutant) => problemsOf(ROOT, mutant));
	if (problems.length > 0) throw new Error(problems.join('\n'));
	if (chosen.length === 0) throw new Error(`No mutant has "${word}" in its name or file.`);
	if (values.check) console.log(`All ${chosen.length} mutants apply`);
	else await runAll(chosen, Number(values.jobs ?? Math.min(3, availableParallelism())));
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(2);
});
