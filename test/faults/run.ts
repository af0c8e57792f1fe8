/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, no-console -- a command of the repository, never part of a node */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { isObject } from '../../nodes/shared/values/json';
import type { CellResult } from './cell';
import { argumentsFor, readOptions, type Options } from './options';
import { selectCells, planCells } from './plan';
import { tableOf } from './table';

/** True for the result of a cell that ran. */
function isResult(message: unknown): message is CellResult {
	return isObject(message) && typeof message.strikes === 'number';
}

/** Runs a share of the cells in its own process. */
async function runShare(options: Options, onResult: (message: unknown) => void): Promise<void> {
	// n8n's error reporter would print every node that failed.
	const env = { ...process.env, N8N_LOG_LEVEL: 'silent' };
	const child = fork(path.join(__dirname, 'share.ts'), argumentsFor(options), { env });
	child.on('message', onResult);
	await new Promise((resolve) => child.once('exit', resolve));
}

async function main(): Promise<void> {
	const options = readOptions();
	const startedAt = Date.now();
	const planned = selectCells(options.only).length;
	if (planned === 0) throw new Error(`No cell has "${options.only}" in its name.`);
	const results: CellResult[] = [];
	const processes = Math.min(availableParallelism(), 8, planned);
	const shares = Array.from({ length: processes }, (_, number) =>
		runShare({ ...options, share: { number, of: processes } }, (message) => {
			if (!isResult(message)) return console.log(`NOT RUN  ${JSON.stringify(message)}`);
			results.push(message);
			if (results.length % 100 === 0) console.log(`${results.length} of ${planned} cells run`);
		}),
	);
	await Promise.all(shares);
	for (const { cell, problems } of results) {
		if (problems.length === 0) continue;
		const more = problems.length > 3 ? [`and ${problems.length - 3} more`] : [];
		console.log([`WRONG  ${cell}`, ...problems.slice(0, 3), ...more].join('\n    '));
	}
	console.log(tableOf(results));
	const wrong = results.filter(({ problems }) => problems.length > 0).length;
	const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
	const summary = `${results.length} of ${planned} cells run, ${planCells().length} in all`;
	console.log(`\n${summary}, ${wrong} wrong; seed ${options.seed}, ${minutes} minutes`);
	process.exitCode = wrong === 0 && results.length === planned ? 0 : 1;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	// Not 1, which reports a wrong cell.
	process.exitCode = 2;
});
