/**
 * Brings one folder's node_modules to its package-lock.json: this project's own (the default), or
 * the folder named as the first argument (host/pinnedN8n.ts names `host`). Quiet and instant when
 * they agree already. Plain JavaScript without imports from node_modules: it runs before anything
 * is installed, on any Node that can say why it will not do.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const LEAST_NODE = [20, 15];
const SAY_STILL_WORKING_EVERY_MS = 15_000;
const NETWORK_CODES =
	/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|EHOSTUNREACH)\b/;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = resolve(root, process.argv[2] ?? '.');

/** The one sentence that ends a run which cannot go on: no stack, the reader did nothing wrong. */
function giveUp(sentence) {
	console.error(sentence);
	process.exit(1);
}

function checkNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	const newEnough = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
	if (newEnough) return;
	giveUp(
		`Lead Dispatch needs Node.js ${LEAST_NODE.join('.')} or newer and this is ${process.version}: ` +
			'install a newer Node.js and run the command again.',
	);
}

function readPackages(file) {
	return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/**
 * npm writes node_modules/.package-lock.json as the last act of an installation, so comparing it
 * with the lockfile tells both "older than the lockfile" and "never finished", and leaves alone a
 * node_modules that `npm install` made. Packages for other systems (optional) may be missing.
 */
function isInstalled() {
	const hidden = join(folder, 'node_modules', '.package-lock.json');
	if (!existsSync(hidden)) return false;
	const wanted = readPackages(join(folder, 'package-lock.json'));
	const present = readPackages(hidden);
	return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
		if (path === '') return true;
		if (!(path in present)) return Boolean(optional ?? devOptional);
		return present[path].version === version;
	});
}

function npmCi() {
	const args = [
		'ci',
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
		'--prefer-offline',
		'--loglevel=error',
	];
	// On Windows npm is a .cmd file, and only a shell can start one.
	return spawn('npm', args, { cwd: folder, shell: process.platform === 'win32' });
}

/** What went wrong in one sentence, and where npm wrote the rest. */
function explain(output) {
	const log = /complete log of this run can be found in:\s*(\S+)/.exec(output)?.[1];
	const more = log === undefined ? '' : ` npm's own log: ${log}`;
	if (NETWORK_CODES.test(output)) {
		return `npm could not reach its package registry: connect to the network and run the command again.${more}`;
	}
	const reason = output
		.split('\n')
		.map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim())
		.find((line) => line !== '' && !line.startsWith('code '));
	return `npm could not install the packages (${reason ?? 'it gave no reason'}).${more}`;
}

async function install() {
	const started = Date.now();
	const what = folder === root ? "this project's tools" : 'the pinned n8n';
	const howLong = folder === root ? 'about a minute' : 'about three minutes and 3 GB';
	console.log(`Installing ${what} (first time only, ${howLong}) ...`);
	const npm = npmCi();
	let output = '';
	for (const stream of [npm.stdout, npm.stderr]) {
		stream.on('data', (chunk) => (output += chunk));
	}
	const ticker = setInterval(() => {
		const seconds = Math.round((Date.now() - started) / 1000);
		console.log(`  still installing ${what}, ${seconds} s so far`);
	}, SAY_STILL_WORKING_EVERY_MS);
	const code = await new Promise((done) => {
		npm.on('error', (error) => {
			output += `npm could not be started: ${error.message}`;
			done(1);
		});
		npm.on('close', done);
	});
	clearInterval(ticker);
	if (code !== 0) giveUp(explain(output));
	console.log(`  installed ${what} in ${Math.round((Date.now() - started) / 1000)} s`);
}

checkNode();
if (!isInstalled()) await install();
