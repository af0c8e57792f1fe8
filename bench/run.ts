/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a command of the repository, never part of a node */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SandboxSetup } from './cases/case';
import { cases } from './cases/cases';
import { evaluateGoals, goalLines } from './report/goals';
import { describeThisMachine } from './runner/machine';
import { isComplete, readOptions } from './options';
import { root } from './paths';
import { planRuns } from './runner/plan';
import type { Run } from './runner/plan';
import { drawCharts } from './report/charts';
import { prepare, runChild, SandboxProcess } from './runner/processes';
import { summarize } from './report/results';
import type { Measured, Result, Results } from './report/results';
import { markdown, textTable, withTables } from './report/table';

/** Runs one contestant once. */
async function measureOnce(sandbox: SandboxProcess, run: Run, profile: boolean): Promise<Measured> {
	const found = cases[run.caseIndex];
	if (found === undefined) throw new Error('There is no such case.');
	// During the warm-up, the vendor has no limit and never fails.
	const { setup, metric, contestants } = found;
	const warmUp: SandboxSetup = { vendor: setup.vendor, latencyMs: 0, held: setup.held };
	await sandbox.set({ setup: warmUp });
	const figures = await runChild({ ...run, ...sandbox.addresses }, profile, async () => {
		await sandbox.set({ setup: { ...setup, held: setup.held && run.items } });
	});
	const contestant = contestants.find(({ name }) => name === run.contestant);
	const counts = await sandbox.count({
		setup,
		metric: contestant?.sendsNothing === true ? 'nothing' : metric,
		items: run.items,
		out: figures.out,
	});
	return { ...figures, ...counts, memory: run.memory };
}

/** Carries out the plan. @returns a result for each contestant of each case, in the order of the cases */
async function measureAll(plan: Run[], profile: boolean): Promise<Result[]> {
	const sandbox = await SandboxProcess.start();
	const measured = new Map<string, Measured[]>();
	const keyOf = ({ caseIndex, contestant }: Pick<Run, 'caseIndex' | 'contestant'>) =>
		`${caseIndex} ${contestant}`;
	try {
		for (const [index, run] of plan.entries()) {
			const letter = cases[run.caseIndex]?.id ?? '';
			const label = `(${letter}) ${run.contestant}, ${run.items} items${run.memory ? ', memory' : ''}`;
			const measuredRun = await measureOnce(sandbox, run, profile);
			const seconds = (measuredRun.ms / 1000).toFixed(2);
			const stopped = measuredRun.stopped === undefined ? '' : `; stopped: ${measuredRun.stopped}`;
			console.log(`${index + 1}/${plan.length}  ${label}: ${seconds} s${stopped}`);
			const key = keyOf(run);
			measured.set(key, [...(measured.get(key) ?? []), measuredRun]);
		}
	} finally {
		sandbox.stop();
	}
	return cases.flatMap((entry, caseIndex) =>
		entry.contestants.flatMap(({ name }) => {
			const runs = measured.get(keyOf({ caseIndex, contestant: name }));
			if (runs === undefined) return [];
			const items = plan.find((run) => run.caseIndex === caseIndex)?.items ?? entry.items;
			return [summarize({ case: entry.id, contestant: name, items }, runs)];
		}),
	);
}

/** Writes results.json, and the charts and tables of the docs. */
function publish(results: Results): void {
	const file = (...names: string[]) => path.join(root, ...names);
	writeFileSync(
		file('bench', 'report', 'results.json'),
		`${JSON.stringify(results, null, '\t')}\n`,
	);
	mkdirSync(file('docs', 'images'), { recursive: true });
	for (const [name, chart] of Object.entries(drawCharts(results.cases))) {
		writeFileSync(file('docs', 'images', name), chart);
	}
	const page = file('docs', 'performance.md');
	const tables = markdown(results, evaluateGoals(results.cases));
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
	const goals = evaluateGoals(results.cases);
	console.log(goalLines(goals).join('\n'));
	if (isComplete(options)) publish(results);
	else console.log('\nNot the complete benchmark: results.json and the docs are unchanged.');
	console.log(`\n${((Date.now() - startedAt) / 60_000).toFixed(1)} minutes`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
