/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a test, which never runs inside n8n */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asObjects, asText, getOwn } from '../../nodes/shared/values/json';
import { ROOT, temporaryFolder } from './support';

const CONFIG = path.join(ROOT, '.dependency-cruiser.cjs');

/** The imports below a folder that break a rule, as `rule: from -> to`. */
function violationsIn(root: string, folders: string[]): string[] {
	const cruise = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
	const { stdout, stderr } = spawnSync(
		process.execPath,
		[cruise, '--config', CONFIG, '--output-type', 'json', ...folders],
		{ cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
	);
	if (stdout === '') throw new Error(stderr);
	const summary = getOwn(JSON.parse(stdout), 'summary');
	expect(getOwn(summary, 'totalCruised')).toBeGreaterThan(0);
	return asObjects(getOwn(summary, 'violations')).map((violation) => {
		const cycle = asObjects(getOwn(violation, 'cycle')).map(({ name }) => asText(name));
		const to = cycle.length > 0 ? cycle.join(' -> ') : asText(violation.to);
		return `${asText(getOwn(violation.rule, 'name'))}: ${asText(violation.from)} -> ${to}`;
	});
}

/** The names of all rules. */
function ruleNames(): unknown[] {
	const script = `JSON.stringify(require(${JSON.stringify(CONFIG)}).forbidden)`;
	const rules: unknown = JSON.parse(execFileSync(process.execPath, ['-p', script]).toString());
	return asObjects(rules).map(({ name }) => name);
}

it('imports run one way, and form no cycle', () => {
	const folders = ['nodes', 'credentials', 'sandbox', 'host', 'bench', 'test'];
	expect(violationsIn(ROOT, folders)).toEqual([]);
});

it('a forbidden import is found, for each of the rules', () => {
	/** A file that breaks each rule, and what it imports. */
	const forbidden: Record<string, [file: string, imported: string]> = {
		'no-cycle': ['sandbox/lib/b', 'sandbox/lib/a'],
		'nodes-alone': ['credentials/a', 'sandbox/lib/leaf'],
		'sandbox-alone': ['sandbox/lib/nodes', 'nodes/shared/values/leaf'],
		'sandbox-vendors': ['sandbox/vendors/acme/a', 'sandbox/admin/leaf'],
		'support-imports-no-suite': ['test/support/a', 'test/kernel/leaf'],
		'bench-imports-no-suite': ['bench/a', 'test/kernel/leaf'],
		'vendors-apart': ['nodes/Vendor/Vendor.node', 'nodes/Other/lead/leaf'],
		'shared-actions': ['nodes/shared/actions/a', 'nodes/shared/methods/leaf'],
		'shared-transport': ['nodes/shared/transport/a', 'nodes/shared/actions/leaf'],
		'shared-parameters': ['nodes/shared/parameters/a', 'nodes/shared/transport/leaf'],
		'shared-methods': ['nodes/shared/methods/a', 'nodes/shared/actions/leaf'],
		'shared-trigger': ['nodes/shared/trigger/a', 'nodes/shared/parameters/leaf'],
		'shared-descriptions': ['nodes/shared/descriptions/a', 'nodes/shared/transport/leaf'],
		'shared-errors': ['nodes/shared/errors/a', 'nodes/shared/transport/leaf'],
		'shared-values': ['nodes/shared/values/a', 'nodes/shared/errors/leaf'],
		'vendor-actions': ['nodes/Vendor/actions/lead/a', 'nodes/Other/transport/leaf'],
		'vendor-lead': ['nodes/Vendor/lead/a', 'nodes/Vendor/actions/leaf'],
		'vendor-methods': ['nodes/Vendor/methods/a', 'nodes/Vendor/trigger/leaf'],
		'vendor-trigger': ['nodes/Vendor/trigger/a', 'nodes/Vendor/actions/leaf'],
		'vendor-descriptions': ['nodes/Vendor/descriptions/a', 'nodes/Vendor/actions/leaf'],
		'vendor-transport': ['nodes/Vendor/transport/a', 'nodes/Vendor/lead/leaf'],
	};
	const root = temporaryFolder();
	const write = (file: string, text: string) => {
		mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
		writeFileSync(path.join(root, file), text);
	};
	try {
		write('tsconfig.tools.json', '{}');
		// Type imports count, too.
		write('sandbox/lib/a.ts', "import type { b } from './b';\nexport const a: b = 1;\n");
		for (const [file, imported] of Object.values(forbidden)) {
			const from = path.posix.relative(path.posix.dirname(file), imported);
			const specifier = from.startsWith('.') ? from : `./${from}`;
			write(`${file}.ts`, `import { a } from '${specifier}';\nexport type b = typeof a;\n`);
			if (imported.endsWith('leaf')) write(`${imported}.ts`, 'export const a = 1;\n');
		}
		const found = violationsIn(root, ['nodes', 'credentials', 'sandbox', 'bench', 'test']);
		const rules = ruleNames();
		expect(Object.keys(forbidden)).toEqual(rules);
		expect([...new Set(found.map((violation) => violation.split(':')[0]))].sort()).toEqual(
			rules.sort(),
		);
	} finally {
		rmSync(root, { recursive: true });
	}
});
