/**
 * Brings one folder's node_modules to its package-lock.json: this project's own (the default), or
 * the folder named as the first argument (`host`, or one of test/compat). Quiet and instant when
 * they agree already. Plain JavaScript without imports from node_modules: it runs before anything
 * is installed, on any Node that can say why it will not do.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const LEAST_NODE = [20, 15];
const REGISTRY_ANSWERS_WITHIN_MS = 10_000;
const SAY_STILL_WORKING_EVERY_MS = 15_000;
const NETWORK_CODES =
	/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|EHOSTUNREACH|ENOTCACHED)\b/;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = resolve(root, process.argv[2] ?? '.');

/** By folder: what is installed into it, and how long that takes. */
const whatIsInstalled = {
	'': ["this project's tools", 'about a minute'],
	host: ['the pinned n8n', 'about three minutes and 3 GB'],
	bench: ['what the benchmark compares with', 'about a minute and 600 MB'],
};

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

const lockfile = join(folder, 'package-lock.json');
/** Holds the hash of the lockfile that this script installed last. */
const stamp = join(folder, 'node_modules', '.lead-dispatch-lock');

function lockfileHash() {
	return createHash('sha256').update(readFileSync(lockfile)).digest('hex');
}

function readPackages(file) {
	return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/**
 * Whether a node_modules that somebody made by hand agrees with the lockfile: npm writes
 * node_modules/.package-lock.json as the last act of an installation. Packages for other systems
 * (optional) may be missing.
 */
function handMadeAgrees() {
	const hidden = join(folder, 'node_modules', '.package-lock.json');
	if (!existsSync(hidden)) return false;
	const present = readPackages(hidden);
	return Object.entries(readPackages(lockfile)).every(([path, wanted]) => {
		if (path === '' || wanted.extraneous) return true;
		if (!(path in present)) return Boolean(wanted.optional ?? wanted.devOptional);
		return present[path].version === wanted.version;
	});
}

function isInstalled() {
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfileHash()) return true;
	return handMadeAgrees();
}

/** Whether something answers at npm's registry. npm itself needs minutes to say that nothing does. */
async function registryAnswers() {
	const config = await runNpm(['config', 'get', 'registry', 'https-proxy', 'proxy']);
	const settings = new Map(
		config.output
			.split('\n')
			.map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]),
	);
	const hasProxy = ['https-proxy', 'proxy'].some(
		(name) => !['null', '', undefined].includes(settings.get(name)?.trim()),
	);
	if (hasProxy || !URL.canParse(settings.get('registry'))) return true; // only npm can tell
	const { protocol, hostname, port } = new URL(settings.get('registry'));
	const socket = connect({
		host: hostname,
		port: Number(port || (protocol === 'http:' ? 80 : 443)),
	});
	const answers = await new Promise((done) => {
		socket.once('connect', () => done(true));
		socket.once('error', () => done(false));
		socket.setTimeout(REGISTRY_ANSWERS_WITHIN_MS, () => done(false));
	});
	socket.destroy();
	return answers;
}

/** Runs npm in the folder to its end and hands back all that it printed. */
async function runNpm(args) {
	// On Windows npm is a .cmd file, and only a shell can start one.
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
	// Without a network everything may still be in npm's cache; offline it says at once if not.
	args.push((await registryAnswers()) ? '--prefer-offline' : '--offline');
	return await runNpm(args);
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
	const name = relative(root, folder);
	const [what, howLong] = whatIsInstalled[name] ?? [`the packages of ${name}`, 'about a minute'];
	console.log(`Installing ${what} (first time only, ${howLong}) ...`);
	const ticker = setInterval(() => {
		const seconds = Math.round((Date.now() - started) / 1000);
		console.log(`  still installing ${what}, ${seconds} s so far`);
	}, SAY_STILL_WORKING_EVERY_MS);
	const { exitCode, output } = await npmCi();
	clearInterval(ticker);
	if (exitCode !== 0) giveUp(explain(output));
	writeFileSync(stamp, lockfileHash());
	console.log(`  installed ${what} in ${Math.round((Date.now() - started) / 1000)} s`);
}

checkNode();
if (!isInstalled()) await install();
