/**
 * `npm run newest`: writes package.json and lockfile of the newest n8n that npm can install into host/newest and
 * test/compat/newest, which are not in git. After that, `npm run test:compat -- newest` and
 * `npm run test:compat -- --host newest` run it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
/** Releases that are tried: some need a package that is not on npm. */
const MAX_RELEASES = 5;

/** Runs npm. @returns what it printed; undefined if it failed */
function npm(args, cwd = root) {
	// On Windows npm is a .cmd file, which only a shell can start.
	const shell = process.platform === 'win32';
	const { status, stdout } = spawnSync('npm', args, { cwd, encoding: 'utf8', shell });
	return status === 0 ? stdout : undefined;
}

/** Writes a folder's package.json and lockfile. @returns false if npm cannot install it */
function write(folder, manifest) {
	const path = join(root, folder);
	mkdirSync(path, { recursive: true });
	const text = JSON.stringify({ version: '0.0.0', private: true, ...manifest }, null, '\t');
	writeFileSync(join(path, 'package.json'), `${text}\n`);
	const lock = ['--package-lock-only', '--ignore-scripts', '--omit-lockfile-registry-resolved'];
	return npm(['install', ...lock, '--no-audit', '--no-fund'], path) !== undefined;
}

/** Writes both folders for a release of n8n. @returns false if npm cannot install it */
function writeRelease(n8n, pinned) {
	const needs = JSON.parse(npm(['view', `n8n@${n8n}`, 'dependencies', '--json']) ?? '{}');
	const dependencies = { 'n8n-core': needs['n8n-core'], 'n8n-workflow': needs['n8n-workflow'] };
	return (
		write('test/compat/newest', { name: 'lead-dispatch-compat-newest', dependencies }) &&
		write('host/newest', { name: 'lead-dispatch-host-newest', dependencies: { ...pinned, n8n } })
	);
}

/** The newest releases, the newest first. */
function releases() {
	const versions = JSON.parse(npm(['view', 'n8n', 'versions', '--json']) ?? '[]');
	const stable = versions.filter((version) => /^\d+\.\d+\.\d+$/.test(version));
	const newestFirst = (a, b) => b.localeCompare(a, 'en', { numeric: true });
	return stable.sort(newestFirst).slice(0, MAX_RELEASES);
}

const pinned = JSON.parse(readFileSync(join(root, 'host/package.json'), 'utf8')).dependencies;
const written = releases().find((n8n) => {
	console.log(`n8n ${n8n} ...`);
	const isWritten = writeRelease(n8n, pinned);
	if (!isWritten) console.log('  npm cannot install it: one of its packages is missing');
	return isWritten;
});
if (written === undefined) {
	console.error('None of the newest releases of n8n can be installed.');
	process.exitCode = 1;
} else {
	console.log(`The newest n8n is ${written}; the pinned one is ${pinned.n8n}.`);
}
