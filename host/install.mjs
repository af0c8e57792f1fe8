/**
 * Installs the packages of one folder's package-lock.json: this project's (the default), or those
 * of the folder given as the first argument (`host`, one of host/, `bench`, or one of test/compat). Prints nothing
 * when they are installed already. Imports nothing from node_modules: it runs before anything is
 * installed, also on a Node version that is too old.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const MIN_NODE = [20, 15];
const REGISTRY_TIMEOUT_MS = 10_000;
const PROGRESS_INTERVAL_MS = 15_000;
const NETWORK_ERROR_CODES =
	/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|EHOSTUNREACH|ENOTCACHED)\b/;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = resolve(root, process.argv[2] ?? '.');

/** By folder: what is installed into it, and how long that takes. */
const INSTALLATIONS = {
	'': ["this project's tools", 'about a minute'],
	host: ['the pinned n8n', 'about three minutes and 3 GB'],
	'host/oldest': ['the oldest n8n', 'about three minutes and 3 GB'],
	'host/newest': ['the newest n8n', 'about three minutes and 3 GB'],
	bench: ['the packages that the benchmark compares with', 'about a minute and 600 MB'],
};

/** Ends the run with a message for the reader, without a stack trace. */
function fail(message) {
	console.error(message);
	process.exit(1);
}

function checkNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	const isSupported = major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1]);
	if (isSupported) return;
	fail(
		`Lead Dispatch needs Node.js ${MIN_NODE.join('.')} or newer; this is ${process.version}. ` +
			'Install a newer Node.js and run the command again.',
	);
}

const lockfile = join(folder, 'package-lock.json');
/** Contains the hash of the lockfile that this script installed last. */
const stamp = join(folder, 'node_modules', '.lead-dispatch-lock');

function lockfileHash() {
	return createHash('sha256').update(readFileSync(lockfile)).digest('hex');
}

function readPackages(file) {
	return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/**
 * Whether node_modules, installed by other means than this script, matches the lockfile: npm
 * writes node_modules/.package-lock.json at the end of an installation. Optional packages, such as
 * those for other systems, may be missing.
 */
function matchesLockfile() {
	const installed = join(folder, 'node_modules', '.package-lock.json');
	if (!existsSync(installed)) return false;
	const present = readPackages(installed);
	return Object.entries(readPackages(lockfile)).every(([path, wanted]) => {
		if (path === '' || wanted.extraneous) return true;
		if (!(path in present)) return Boolean(wanted.optional ?? wanted.devOptional);
		return present[path].version === wanted.version;
	});
}

function isInstalled() {
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfileHash()) return true;
	return matchesLockfile();
}

/** Whether npm's registry accepts a connection. npm itself takes minutes to report that it does not. */
async function isRegistryReachable() {
	const config = await runNpm(['config', 'get', 'registry', 'https-proxy', 'proxy']);
	const settings = new Map(
		config.output
			.split('\n')
			.map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]),
	);
	const hasProxy = ['https-proxy', 'proxy'].some(
		(name) => !['null', '', undefined].includes(settings.get(name)?.trim()),
	);
	if (hasProxy || !URL.canParse(settings.get('registry'))) return true; // only npm can connect through a proxy
	const { protocol, hostname, port } = new URL(settings.get('registry'));
	const socket = connect({
		host: hostname,
		port: Number(port || (protocol === 'http:' ? 80 : 443)),
	});
	const isReachable = await new Promise((done) => {
		socket.once('connect', () => done(true));
		socket.once('error', () => done(false));
		socket.setTimeout(REGISTRY_TIMEOUT_MS, () => done(false));
	});
	socket.destroy();
	return isReachable;
}

/** Runs npm in the folder and returns its exit code and output. */
async function runNpm(args) {
	// On Windows npm is a .cmd file, which only a shell can start.
	const npm = spawn('npm', args, { cwd: folder, shell: process.platform === 'win32' });
	let output = '';
	for (const stream of [npm.stdout, npm.stderr]) {
		stream.on('data', (chunk) => (output += chunk));
	}
	const exitCode = await new Promise((done) => {
		npm.on('error', (error) => {
			output += `npm could not be started: ${error.message}`;
			done(1);
		});
		npm.on('close', done);
	});
	return { exitCode, output };
}

async function npmCi() {
	const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
	// Without a network npm's cache may still have everything; --offline fails at once if not.
	if (!(await isRegistryReachable())) return await runNpm([...args, '--offline']);
	const result = await runNpm([...args, '--prefer-offline']);
	// npm's cache may be older than the lockfile, and not know a version that the registry has.
	return /\bETARGET\b/.test(result.output) ? await runNpm([...args, '--prefer-online']) : result;
}

/** The cause in one sentence, and the path of npm's log. */
function explain(output) {
	const log = /complete log of this run can be found in:\s*(\S+)/.exec(output)?.[1];
	const more = log === undefined ? '' : ` npm's log: ${log}`;
	if (NETWORK_ERROR_CODES.test(output)) {
		return `npm could not reach its package registry. Connect to the network and run the command again.${more}`;
	}
	const reason = output
		.split('\n')
		.map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim())
		.find((line) => line !== '' && !line.startsWith('code '));
	return `npm could not install the packages (${reason ?? 'no reason given'}).${more}`;
}

async function install() {
	const started = Date.now();
	const name = relative(root, folder);
	const [what, duration] = INSTALLATIONS[name] ?? [`the packages of ${name}`, 'about a minute'];
	console.log(`Installing ${what} (first time only, ${duration}) ...`);
	const ticker = setInterval(() => {
		const seconds = Math.round((Date.now() - started) / 1000);
		console.log(`  still installing ${what}, ${seconds} s so far`);
	}, PROGRESS_INTERVAL_MS);
	const { exitCode, output } = await npmCi();
	clearInterval(ticker);
	if (exitCode !== 0) fail(explain(output));
	writeFileSync(stamp, lockfileHash());
	console.log(`  installed ${what} in ${Math.round((Date.now() - started) / 1000)} s`);
}

checkNode();
if (!isInstalled()) await install();
