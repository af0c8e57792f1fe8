/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a test, which never runs inside n8n */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, temporaryFolder } from './support';

/** What nothing uses in a project, as knip lists it. */
function unusedIn(root: string): string {
	const knip = path.join(ROOT, 'node_modules/knip/bin/knip.js');
	const args = [knip, '--config', path.join(ROOT, 'knip.jsonc'), '--no-config-hints'];
	const options = { cwd: root, encoding: 'utf8' } as const;
	const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
	// 2 and above: knip itself failed.
	if (status !== 0 && status !== 1) throw new Error(stderr || stdout);
	return stdout.trim();
}

it('every file, export and dependency is used', () => {
	expect(unusedIn(ROOT)).toBe('');
});

it('an unused file, export or dependency is found', () => {
	const root = temporaryFolder();
	const write = (file: string, text: string) => {
		mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
		writeFileSync(path.join(root, file), text);
	};
	try {
		write('package.json', '{ "name": "a", "devDependencies": { "luxon": "3" } }');
		write('bench/package.json', '{ "name": "b" }');
		write('nodes/A/A.node.ts', "import { used } from './lead/a';\nexport const a = used;\n");
		write('nodes/A/lead/a.ts', 'export const used = 1;\nexport const unusedExport = used;\n');
		write('nodes/A/lead/unusedFile.ts', 'export const a = 1;\n');
		symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
		const found = unusedIn(root);
		for (const name of ['unusedFile.ts', 'unusedExport', 'luxon']) expect(found).toContain(name);
	} finally {
		rmSync(root, { recursive: true });
	}
});
