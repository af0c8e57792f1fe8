/* eslint-disable @n8n/community-nodes/no-restricted-imports -- end-to-end tests: they run programs and read files */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckRunner, assert } from './checks';
import { demoLeadsCsv } from '../quickstart/demoLeads';
import { N8N_FOLDER, PROJECT_ROOT, WORKFLOWS_FOLDER } from '../paths';
import { runningProcesses } from './runningProcesses';
import { run } from '../process/processTree';
import { log } from '../process/log';

/** Checks that nothing of this project's n8n is running. */
export async function checkNothingRuns(checks: CheckRunner, what: string): Promise<void> {
	await checks.check(what, async () => {
		const n8nFolder = join(N8N_FOLDER, 'node_modules');
		const left = (await runningProcesses()).filter((line) => line.includes(n8nFolder));
		assert(left.length === 0, left.join('\n'));
	});
}

/** Runs the quick start as a user does and checks its exit code, its table, and the processes left. */
export async function checkQuickStart(checks: CheckRunner): Promise<void> {
	await checks.check('demo-leads.csv is up to date with its generator', () => {
		const file = readFileSync(join(WORKFLOWS_FOLDER, 'demo-leads.csv'), 'utf8');
		assert(
			file.replaceAll('\r\n', '\n') === demoLeadsCsv(),
			'run `npx tsx host/quickstart/writeDemoLeads.ts`',
		);
	});
	await checks.check(
		'`npm start -- --once` sends the demo leads, and outcomes and sandbox agree',
		async () => {
			const { exitCode, output } = await run('npm', ['start', '--', '--once'], {
				cwd: PROJECT_ROOT,
			});
			log(output.trim().replaceAll(/^/gm, '        | '));
			assert(exitCode === 0, `its exit code is ${exitCode}`);
			for (const node of ['SquadVoice', 'Aktify']) {
				assert(new RegExp(`^${node}: .*: agree$`, 'm').test(output), `${node} does not agree`);
			}
		},
	);
	await checkNothingRuns(checks, '`npm start -- --once` leaves no n8n process');
}
