/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, no-console -- a command of the repository, never part of a node */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import {
	aktifyAccounts,
	autocallsAccounts,
	closeAccounts,
	squadVoiceAccounts,
} from '../../sandbox';
import { runCycle } from './cycle';
import type { Accounts } from './cycle';

/** The accepted growth of the heap from the second quarter of the run to the last. */
const MAX_GROWTH_MB = 5;
const MEGABYTE = 1024 * 1024;

function readMinutes(): number {
	const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } });
	const minutes = Number(values.minutes);
	if (minutes > 0) return minutes;
	throw new Error(`--minutes takes a number above 0, not "${values.minutes}".`);
}

/** The sandbox in its own process, so that its memory is not measured. */
async function startSandboxProcess(): Promise<{ url: string; stop: () => void }> {
	const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/cli.ts', '--port', '0'], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	process.once('exit', () => child.kill());
	for await (const chunk of child.stdout) {
		const url = /Sandbox on (\S+)/.exec(String(chunk))?.[1];
		if (url !== undefined) return { url, stop: () => void child.kill() };
	}
	throw new Error('The sandbox did not start.');
}

function heapMb(): number {
	// Twice: the second collects what the first finalized.
	globalThis.gc?.();
	globalThis.gc?.();
	return process.memoryUsage().heapUsed / MEGABYTE;
}

const median = (values: number[]) =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function main(): Promise<void> {
	if (globalThis.gc === undefined)
		throw new Error('Start it with npm run test:soak: it needs --expose-gc.');
	const endsAt = Date.now() + readMinutes() * 60_000;
	const sandbox = await startSandboxProcess();
	const accounts: Accounts = {
		url: sandbox.url,
		squadVoice: squadVoiceAccounts.standard,
		aktify: { ...aktifyAccounts.one, clientSecret: 'soak-client-secret' },
		autocalls: autocallsAccounts.one,
		close: closeAccounts.one,
	};
	const heaps: number[] = [];
	let leads = 0;
	let events = 0;
	try {
		while (Date.now() < endsAt || heaps.length < 8) {
			const cycle = await runCycle(accounts);
			leads += cycle.leads;
			events += cycle.events;
			heaps.push(heapMb());
			if (heaps.length % 20 === 0) {
				const rss = Math.round(process.memoryUsage().rss / MEGABYTE);
				console.log(
					`${heaps.length} cycles, ${leads} leads written, ${events} events received, heap ${heaps[heaps.length - 1]?.toFixed(1)} MB, resident ${rss} MB`,
				);
			}
		}
	} finally {
		sandbox.stop();
	}
	const quarter = Math.floor(heaps.length / 4);
	const before = median(heaps.slice(quarter, 2 * quarter));
	const after = median(heaps.slice(-quarter));
	const growth = after - before;
	console.log(
		`${heaps.length} cycles, ${leads} leads, ${events} events: heap ${before.toFixed(1)} MB in the second quarter, ${after.toFixed(1)} MB in the last, ${growth.toFixed(1)} MB more`,
	);
	if (growth > MAX_GROWTH_MB) {
		console.error(`That is more than the accepted ${MAX_GROWTH_MB} MB.`);
		process.exitCode = 1;
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
