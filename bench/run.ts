/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a command of the repository, never part of a node */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SandboxSetup } from './cases/case';
import { cases } from './cases/cases';
import { judgeGoals, tellGoals } from './report/goals';
import { describeThisMachine } from './runner/machine';
import { isWhole, readOptions } from './options';
import { root } from './paths';
import { planRuns } from './runner/plan';
import type { Run } from './runner/plan';
import { drawPlots } from './report/charts';
import { prepare, runChild, SandboxProcess } from './runner/processes';
import { sumUp } from './report/results';
import type { Measured, Result, Results } from './report/results';
import { markdown, textTable, withTables } from './report/table';

/** Runs one contestant once. */
async function measureOnce(sandbox: SandboxProcess, run: Run, profile: boolean): Promise<Measured> {
	const found = cases[run.caseIndex];
	if (found === undefined) throw new Error('There is no such case.');
	// The warm-up meets a vendor that neither limits nor fails.
	const { stage, aim, contestants } = found;
	const calm: SandboxSetup = { vendor: stage.vendor, latencyMs: 0, held: stage.held };
	await sandbox.set({ stage: calm });
	const figures = await runChild({ ...run, ...sandbox.addresses }, profile, async () => {
		await sandbox.set({ stage: { ...stage, held: stage.held && run.items } });
	});
	const idle = contestants.find(({ name }) => name === run.contestant)?.idle === true;
	const counts = await sandbox.count({
		stage,
		aim: idle ? 'nothing' : aim,
		items: run.items,
		out: figures.out,
	});
	return { ...figures, ...counts, memory: run.memory };
}

/** Goes through the plan; what each contestant did at each case, in the order of the cases. */
async function measureAll(plan: Run[], profile: boolean): Promise<Result[]> {
	const sandbox = await SandboxProcess.start();
	const measured = new Map<string, Measured[]>();
	const keyOf = ({ caseIndex, contestant }: Pick<Run, 'caseIndex' | 'contestant'>) =>
		`${caseIndex} ${contestant}`;
	try {
		for (const [index, run] of plan.entries()) {
			const letter = cases[run.caseIndex]?.id ?? '';
			const what = `(${letter}) ${run.contestant}, ${run.items} items${run.memory ? ', memory' : ''}`;
			const done = await measureOnce(sandbox, run, profile);
			const seconds = (done.ms / 1000).toFixed(2);
			const stopped = done.stopped === undefined ? '' : `; stopped: ${done.stopped}`;
			console.log(`${index + 1}/${plan.length}  ${what}: ${seconds} s${stopped}`);
			const key = keyOf(run);
			measured.set(key, [...(measured.get(key) ?? []), done]);
		}
	} finally {
		sandbox.stop();
	}
	return cases.flatMap((entry, caseIndex) =>
		entry.contestants.flatMap(({ name }) => {
			const runs = measured.get(keyOf({ caseIndex, contestant: name }));
			if (runs === undefined) return [];
			const items = plan.find((run) => run.caseIndex === caseIndex)?.items ?? entry.items;
			return [sumUp({ case: entry.id, contestant: name, items }, runs)];
		}),
	);
}

/** Writes results.json, the pictures and the tables of the docs. */
function publish(results: Results): void {
	const file = (...names: string[]) => path.join(root, ...names);
	writeFileSync(file('bench', 'results.json'), `${JSON.stringify(results, null, '\t')}\n`);
	mkdirSync(file('docs', 'images'), { recursive: true });
	for (const [name, picture] of Object.entries(drawPlots(results.cases))) {
		writeFileSync(file('docs', 'images', name), picture);
	}
	const page = file('docs', 'performance.md');
	const tables = markdown(results, judgeGoals(results.cases));
	writeFileSync(page, withTables(readFileSync(page, 'utf8'), tables));
}

async function main(): Promise<void> {
	const options = readOptions();
	const startedAt = Date.now();
	prepare();
	const plan = planRuns(options);
	if (plan.length === 0) throw new Error(`No contestant has "${options.only}" in its name.`);
	console.log(`${plan.length} runs in random order, seed ${options.seed}\n`);
	const machine = describeThisMachine(options.seed);
	const results: Results = { machine, cases: await measureAll(plan, options.profile) };
	console.log(`\n${textTable(results.cases)}`);
	const goals = judgeGoals(results.cases);
	console.log(tellGoals(goals).join('\n'));
	if (isWhole(options)) publish(results);
	else console.log('\nNot the whole benchmark: results.json and the docs are left as they are.');
	console.log(`\n${((Date.now() - startedAt) / 60_000).toFixed(1)} minutes`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
