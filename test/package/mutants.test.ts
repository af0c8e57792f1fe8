/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a test, which never runs inside n8n */
import { spawnSync } from 'node:child_process';
import { ROOT } from './support';

it('each behaviour that test:mutants takes out still stands in the built package', () => {
	const options = { cwd: ROOT, encoding: 'utf8' } as const;
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		['test/mutants/run.mjs', '--check'],
		options,
	);
	expect(`${stdout}${stderr}`).toBe('All of them fit\n');
	expect(status).toBe(0);
});
