/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command of the repository, never part of a node */
import { once } from 'node:events';
import { isObject } from '../../nodes/shared/values/json';
import type { Addresses, Figures, ContestantReport } from '../cases/case';
import { cases } from '../cases/cases';
import { redirectClose } from './closeHost';
import { leads } from '../cases/leads';
import { sampleMemory } from './memory';
import { shareWorkflowPackage } from './oneWorkflow';

/** What the command asks of a child process. */
export interface RunRequest extends Addresses {
	caseIndex: number;
	contestant: string;
	items: number;
	/** True for a memory run. */
	memory: boolean;
}

function readRunRequest(text: string | undefined): RunRequest {
	const request: unknown = JSON.parse(text ?? '');
	if (
		isObject(request) &&
		typeof request.caseIndex === 'number' &&
		typeof request.contestant === 'string' &&
		typeof request.items === 'number' &&
		typeof request.memory === 'boolean' &&
		typeof request.sandbox === 'string' &&
		typeof request.closePort === 'number'
	) {
		const { caseIndex, contestant, items, memory, sandbox, closePort } = request;
		return { caseIndex, contestant, items, memory, sandbox, closePort };
	}
	throw new Error('The request of the run is not readable.');
}

async function measure(act: () => Promise<ContestantReport>): Promise<Figures> {
	const cpu = process.cpuUsage();
	const startedAt = process.hrtime.bigint();
	const report = await act();
	const ms = Number(process.hrtime.bigint() - startedAt) / 1e6;
	const { user, system } = process.cpuUsage(cpu);
	const peakRssMb = process.resourceUsage().maxRSS / 1024;
	return { ...report, ms, cpuMs: (user + system) / 1000, peakRssMb };
}

async function measureWithMemory(act: () => Promise<ContestantReport>): Promise<Figures> {
	const { result, liveMb } = await sampleMemory(async () => await measure(act));
	return { ...result, liveMb };
}

/** One run of one contestant per process, so that CPU and peak memory are its own. */
async function main(): Promise<void> {
	const request = readRunRequest(process.argv[2]);
	const found = cases[request.caseIndex];
	const contestant = found?.contestants.find(({ name }) => name === request.contestant);
	if (found === undefined || contestant === undefined)
		throw new Error('There is no such case or contestant.');
	process.once('disconnect', () => process.exit());
	shareWorkflowPackage();
	redirectClose(request.closePort);
	if (found.warmUp > 0) {
		await contestant.run({ ...request, items: leads(Math.min(found.warmUp, request.items)) });
	}
	// The command resets the sandbox and sets it up for the case in between.
	const start = once(process, 'message');
	process.send?.('warm');
	await start;
	const job = { ...request, items: leads(request.items) };
	const act = async () => await contestant.run(job);
	const figures = request.memory ? await measureWithMemory(act) : await measure(act);
	process.send?.(figures, undefined, undefined, () => process.exit());
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exit(1);
});
