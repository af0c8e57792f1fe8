/**
 * `npm run newest`: writes package.json and lockfile of the newest n8n on npm into host/newest and test/compat/newest, which
 * are not in git. After that, `npm run test:compat -- newest` and `npm run test:compat -- --host newest` run it.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const LOCK = ['--package-lock-only', '--ignore-scripts', '--omit-lockfile-registry-resolved'];

/** Runs npm, and returns what it printed. */
function npm(args, cwd = root) {
	// On Windows npm is a .cmd file, which only a shell can start.
	const shell = process.platform === 'win32';
	return execFileSync('npm', args, { cwd, encoding: 'utf8', shell });
}

function write(folder, manifest) {
	const path = join(root, folder);
	mkdirSync(path, { recursive: true });
	const text = JSON.stringify({ version: '0.0.0', private: true, ...manifest }, null, '\t');
	writeFileSync(join(path, 'package.json'), `${text}\n`);
	console.log(`Writing the lockfile of ${folder} ...`);
	npm(['install', ...LOCK, '--no-audit', '--no-fund', '--loglevel=error'], path);
}

const n8n = npm(['view', 'n8n', 'version']).trim();
const needs = JSON.parse(npm(['view', `n8n@${n8n}`, 'dependencies', '--json']));
const pinned = JSON.parse(readFileSync(join(root, 'host/package.json'), 'utf8')).dependencies;
console.log(`The newest n8n is ${n8n}; the pinned one is ${pinned.n8n}.`);

const core = { 'n8n-core': needs['n8n-core'], 'n8n-workflow': needs['n8n-workflow'] };
write('test/compat/newest', {
	name: 'lead-dispatch-compat-newest',
	config: { n8n },
	dependencies: core,
});
write('host/newest', { name: 'lead-dispatch-host-newest', dependencies: { ...pinned, n8n } });
