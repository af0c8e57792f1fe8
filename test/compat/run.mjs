/**
 * `npm run test:compat`: runs the engine tests with other versions of n8n-core and n8n-workflow than
 * the project's own. Each folder next to this file with a package.json and a lockfile is one of them, and
 * is installed there. `-- oldest` selects one of them, `-- --smoke` the tests of smoke.json. `-- --host` runs the end-to-end tests
 * instead, with the complete n8n of host/oldest, `-- --host newest` with that of host/newest.
 */
import { spawn } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');

/** What depends on n8n most: an operation and the credentials of each node, a trigger of each kind, remembered leads. */
const smoke = JSON.parse(readFileSync(join(here, 'smoke.json'), 'utf8'));

/** Runs Node.js. @returns true if it succeeded */
async function node(args, env = {}) {
	const child = spawn(process.execPath, args, {
		cwd: root,
		env: { ...process.env, ...env },
		stdio: 'inherit',
	});
	return await new Promise((done) => child.on('close', (code) => done(code === 0)));
}

/** A copy of the built package that finds the n8n of a folder, as if it were installed there. */
function copyPackage(folder) {
	const copy = mkdtempSync(join(tmpdir(), 'lead-dispatch-compat-'));
	for (const entry of ['dist', 'package.json']) {
		cpSync(join(root, entry), join(copy, entry), { recursive: true });
	}
	symlinkSync(join(folder, 'node_modules'), join(copy, 'node_modules'));
	return copy;
}

/** Runs `npm run test:host` with the complete n8n of another folder, and the further arguments of that command. */
async function checkHost(args) {
	const isNamed = args[0] !== undefined && !args[0].startsWith('--');
	const [name, ...rest] = isNamed ? args : ['oldest', ...args];
	const manifest = join(root, 'host', name, 'package.json');
	if (!existsSync(manifest)) {
		console.error(
			`There is no host/${name}: use oldest, or run \`npm run newest\` and use newest.`,
		);
		return false;
	}
	const { dependencies } = JSON.parse(readFileSync(manifest, 'utf8'));
	console.log(`The ${name} complete n8n: ${dependencies.n8n}`);
	const env = { LEAD_DISPATCH_N8N: name };
	return await node(['--import', 'tsx', join(root, 'host/e2e/run.ts'), ...rest], env);
}

async function main() {
	const args = process.argv.slice(2);
	if (args[0] === '--host') return await checkHost(args.slice(1));
	const all = readdirSync(here).filter((name) => existsSync(join(here, name, 'package.json')));
	const named = args.filter((arg) => !arg.startsWith('--'));
	const unknown =
		named.find((name) => !all.includes(name)) ??
		args.find((arg) => arg.startsWith('--') && arg !== '--smoke');
	if (unknown !== undefined) {
		console.error(`There is no "${unknown}" here: use ${all.join(', ')} or --smoke.`);
		return false;
	}
	if (!existsSync(join(root, 'dist'))) {
		console.error('There is no dist: run `npm run build` first.');
		return false;
	}
	const tests = args.includes('--smoke') ? smoke : [];
	let passed = true;
	for (const name of named.length > 0 ? named : all) {
		const folder = join(here, name);
		const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
		console.log(
			`The ${name}: n8n-core ${dependencies['n8n-core']}, n8n-workflow ` +
				`${dependencies['n8n-workflow']}, on Node.js ${process.version}`,
		);
		if (!(await node([join(root, 'host/install.mjs'), relative(root, folder)]))) return false;
		const jest = [join(root, 'node_modules/jest/bin/jest.js'), '--config'];
		const config = join(here, 'jest.config.js');
		const copy = copyPackage(folder);
		const env = { LEAD_DISPATCH_COMPAT: folder, LEAD_DISPATCH_PACKAGE: copy };
		passed = (await node([...jest, config, ...tests], env)) && passed;
		rmSync(copy, { recursive: true, force: true });
	}
	return passed;
}

process.exitCode = (await main()) ? 0 : 1;
