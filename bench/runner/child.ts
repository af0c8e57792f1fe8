/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command of the repository, never part of a node */
import { once } from 'node:events';
import { isRecord } from '../../sandbox/lib/guards';
import type { Addresses, Figures, ContestantReport } from '../cases/case';
import { cases } from '../cases/cases';
import { resolveCloseTo } from './closeHost';
import { leads } from '../cases/leads';
import { watchMemory } from './memory';
import { shareWorkflowPackage } from './oneWorkflow';

/** What the command tells a child to do. */
export interface Order extends Addresses {
	caseIndex: number;
	contestant: string;
	items: number;
	/** Whether the run is for memory. */
	memory: boolean;
}

function readOrder(text: string | undefined): Order {
	const order: unknown = JSON.parse(text ?? '');
	if (
		isRecord(order) &&
		typeof order.caseIndex === 'number' &&
		typeof order.contestant === 'string' &&
		typeof order.items === 'number' &&
		typeof order.memory === 'boolean' &&
		typeof order.sandbox === 'string' &&
		typeof order.closePort === 'number'
	) {
		const { caseIndex, contestant, items, memory, sandbox, closePort } = order;
		return { caseIndex, contestant, items, memory, sandbox, closePort };
	}
	throw new Error('The order is not readable.');
}

async function measure(act: () => Promise<ContestantReport>): Promise<Figures> {
	const cpu = process.cpuUsage();
	const startedAt = process.hrtime.bigint();
	const told = await act();
	const ms = Number(process.hrtime.bigint() - startedAt) / 1e6;
	const { user, system } = process.cpuUsage(cpu);
	const peakRssMb = process.resourceUsage().maxRSS / 1024;
	return { ...told, ms, cpuMs: (user + system) / 1000, peakRssMb };
}

async function measureMemory(act: () => Promise<ContestantReport>): Promise<Figures> {
	const { result, liveMb } = await watchMemory(async () => await measure(act));
	return { ...result, liveMb };
}

/** One contestant, one run, one process: so that CPU and peak memory are its own. */
async function main(): Promise<void> {
	const order = readOrder(process.argv[2]);
	const found = cases[order.caseIndex];
	const contestant = found?.contestants.find(({ name }) => name === order.contestant);
	if (found === undefined || contestant === undefined) throw new Error('There is no such cell.');
	process.once('disconnect', () => process.exit());
	shareWorkflowPackage();
	resolveCloseTo(order.closePort);
	const work = async (items: number) => await contestant.work({ ...order, items: leads(items) });
	if (found.warmUp > 0) await work(Math.min(found.warmUp, order.items));
	// The sandbox is emptied and set for the case before it goes on.
	const goOn = once(process, 'message');
	process.send?.('warm');
	await goOn;
	const job = { ...order, items: leads(order.items) };
	const act = async () => await contestant.work(job);
	const figures = order.memory ? await measureMemory(act) : await measure(act);
	process.send?.(figures, undefined, undefined, () => process.exit());
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exit(1);
});
