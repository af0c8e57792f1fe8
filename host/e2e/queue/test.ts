/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command-line program: it reads its arguments and keeps a folder */
import { mkdirSync, rmSync } from 'node:fs';
import { startSandbox } from '../../../sandbox';
import { buildPackage, installPackedPackage } from '../../n8n/installPackage';
import { installPinnedN8n } from '../../n8n/install';
import { SetupError, closeEverything, onShutdown, runProgram } from '../../process/shutdown';
import { log, step } from '../../process/log';
import { Cluster } from './Cluster';
import { Redis, startPostgres } from './databases';
import { meetsGoals, pushUnderRateLimit } from './rateLimit';
import { queueFolder, userFolderOf } from './paths';
import { DataFolder, requirePrograms } from './programs';
import { limitTable, allArrivedOnce, resultTable } from './report';
import { pushThroughFailures } from './workerCrash';

const LEADS = 10_000;
/** With fewer batches, those that die with their worker can be too large a part for the day to go on. */
const MIN_LEADS = 2_000;

/** `--leads N`. @throws CannotGoOn when it is no number, or too small */
function readLeadCount(): number {
	const at = process.argv.indexOf('--leads');
	const wanted = at === -1 ? LEADS : Number(process.argv[at + 1]);
	if (Number.isSafeInteger(wanted) && wanted >= MIN_LEADS) return wanted;
	throw new SetupError(`--leads wants a number of leads, ${MIN_LEADS} or more`);
}

/** `npm run test:queue`: n8n in queue mode on a bad day, then four workers under one limit. */
async function main(): Promise<number> {
	const leads = readLeadCount();
	const programs = requirePrograms();
	await step('Building the package', buildPackage);
	await installPinnedN8n();
	rmSync(queueFolder, { recursive: true, force: true });
	mkdirSync(userFolderOf('main'), { recursive: true });
	await installPackedPackage(userFolderOf('main'));

	const { world, url, close } = await startSandbox();
	onShutdown(close);
	world.settings.latencyMs = [10, 40];
	// The vendor's own, for one business: the workers have to share it.
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
	const workers = await step('Starting n8n: one main, two workers', async () => {
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
