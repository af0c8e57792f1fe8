/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command-line program: it reads its arguments and creates a folder */
import { mkdirSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startSandbox } from '../../../sandbox';
import { buildPackage, installPackedPackage } from '../../n8n/installPackage';
import { installN8n } from '../../n8n/install';
import { SetupError, closeEverything, onShutdown, runProgram } from '../../process/shutdown';
import { log, step } from '../../process/log';
import { CheckRunner } from '../checks';
import { Cluster } from './Cluster';
import { Redis, startPostgres } from './databases';
import { meetsGoals, pushUnderRateLimit } from './rateLimit';
import { QUEUE_FOLDER, userFolderOf } from './paths';
import { DataFolder, requirePrograms } from './programs';
import { limitTable, allArrivedOnce, resultTable } from './report';
import { checkQueueTriggers } from './triggers';
import { pushThroughFailures } from './workerCrash';

const LEADS = 10_000;
/** With fewer, the batches lost with the killed worker can be too large a share to reach 60 %. */
const MIN_LEADS = 2_000;

interface Arguments {
	leads: number;
	onlyTriggers: boolean;
}

/** Reads `--leads N` and `--only triggers`. @throws SetupError when they are not understood */
function readArguments(): Arguments {
	const { values } = parseArgs({
		options: { leads: { type: 'string' }, only: { type: 'string' } },
	});
	const leads = Number(values.leads ?? LEADS);
	if (!Number.isSafeInteger(leads) || leads < MIN_LEADS) {
		throw new SetupError(`--leads must be a whole number, at least ${MIN_LEADS}.`);
	}
	if (values.only !== undefined && values.only !== 'triggers') {
		throw new SetupError('--only must be triggers.');
	}
	return { leads, onlyTriggers: values.only === 'triggers' };
}

/** SquadVoice's own limit for one business, which the workers share. */
const SQUAD_VOICE_LIMIT = {
	requests: 100,
	windowMs: 60_000,
	headers: 'retryAfterSeconds',
	announce: false,
} as const;

/** `npm run test:queue`: n8n in queue mode: the triggers, a worker crash, then four workers under one limit. */
async function main(): Promise<number> {
	const { leads, onlyTriggers } = readArguments();
	const programs = requirePrograms();
	await step('Building the package', buildPackage);
	await installN8n();
	rmSync(QUEUE_FOLDER, { recursive: true, force: true });
	mkdirSync(userFolderOf('main'), { recursive: true });
	await installPackedPackage(userFolderOf('main'));

	const { world, url, close } = await startSandbox();
	onShutdown(close);
	const [postgres, redis] = await step('Starting PostgreSQL and Redis', async () => {
		const folder = await DataFolder.make();
		return [
			await startPostgres(folder, programs),
			await Redis.start(folder, programs.redis),
		] as const;
	});
	const cluster = await step('Importing workflows and credentials', async () => {
		return await Cluster.prepare(postgres, redis, url);
	});
	const workers = await step('Starting n8n: one main and two workers', async () => {
		await cluster.startMain();
		return [await cluster.startWorker(), await cluster.startWorker()];
	});
	await step('Starting the process for webhooks', async () => await cluster.startWebhookProcess());
	const checks = new CheckRunner();
	await checkQueueTriggers(checks, cluster, world, url);
	const triggersExit = checks.finish();
	if (onlyTriggers) {
		await closeEverything();
		return triggersExit;
	}
	world.reset();
	world.settings.latencyMs = [10, 40];
	world.settings.limits.squadVoice = SQUAD_VOICE_LIMIT;
	const results = await pushThroughFailures(cluster, redis, workers, world, leads);
	log(`\n${resultTable(results)}\n`);
	const limit = await pushUnderRateLimit(cluster, world, workers.length);
	log(`\n${limitTable(limit)}\n`);
	await closeEverything();
	return allArrivedOnce(results, leads) && meetsGoals(limit) ? triggersExit : 1;
}

runProgram(main);
