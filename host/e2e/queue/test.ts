/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command-line program: it reads its arguments and creates a folder */
import { mkdirSync, rmSync } from 'node:fs';
import { startSandbox } from '../../../sandbox';
import { buildPackage, installPackedPackage } from '../../n8n/installPackage';
import { installPinnedN8n } from '../../n8n/install';
import { SetupError, closeEverything, onShutdown, runProgram } from '../../process/shutdown';
import { log, step } from '../../process/log';
import { Cluster } from './Cluster';
import { Redis, startPostgres } from './databases';
import { meetsGoals, pushUnderRateLimit } from './rateLimit';
import { QUEUE_FOLDER, userFolderOf } from './paths';
import { DataFolder, requirePrograms } from './programs';
import { limitTable, allArrivedOnce, resultTable } from './report';
import { pushThroughFailures } from './workerCrash';

const LEADS = 10_000;
/** With fewer, the batches lost with the killed worker can be too large a share to reach 60 %. */
const MIN_LEADS = 2_000;

/** Reads `--leads N`. @throws SetupError when it is not a number, or too small */
function readLeadCount(): number {
	const index = process.argv.indexOf('--leads');
	const count = index === -1 ? LEADS : Number(process.argv[index + 1]);
	if (Number.isSafeInteger(count) && count >= MIN_LEADS) return count;
	throw new SetupError(`--leads must be a whole number, at least ${MIN_LEADS}.`);
}

/** `npm run test:queue`: n8n in queue mode with a worker crash, then four workers under one limit. */
async function main(): Promise<number> {
	const leads = readLeadCount();
	const programs = requirePrograms();
	await step('Building the package', buildPackage);
	await installPinnedN8n();
	rmSync(QUEUE_FOLDER, { recursive: true, force: true });
	mkdirSync(userFolderOf('main'), { recursive: true });
	await installPackedPackage(userFolderOf('main'));

	const { world, url, close } = await startSandbox();
	onShutdown(close);
	world.settings.latencyMs = [10, 40];
	// SquadVoice's own limit for one business, which the workers share.
	world.settings.limits.squadVoice = {
		requests: 100,
		windowMs: 60_000,
		headers: 'retryAfterSeconds',
		announce: false,
	};
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
	const results = await pushThroughFailures(cluster, redis, workers, world, leads);
	log(`\n${resultTable(results)}\n`);
	const limit = await pushUnderRateLimit(cluster, world, workers.length);
	log(`\n${limitTable(limit)}\n`);
	await closeEverything();
	return allArrivedOnce(results, leads) && meetsGoals(limit) ? 0 : 1;
}

runProgram(main);
