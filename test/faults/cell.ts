import { sleep } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { run } from '../support/engine';
import type { RunOptions, RunResult } from '../support/engine';
import type { Stage } from './fault';
import { judgeOutcomes, judgeStop, type Verdict } from './judge';
import { nameOf, settingsOf, type Cell } from './plan';
import { asParameters } from '../support/fixtures';

export interface CellResult extends Verdict {
	cell: string;
	write: string;
	fault: string;
	leads: number;
	/** Of the leads of unknown outcome, those that could have been cleared up. */
	avoidable: number;
	/** Requests that the fault struck. */
	strikes: number;
	seconds: number;
}

export interface CellOptions {
	leads: number;
	seed: number;
	/** A server that is not the vendor's, and how many requests it has had. */
	otherHost: { url: string; visits(): number };
}

/** How often a failed execution is retried by hand. */
const mostRetries = 4;
/** Leads in a list, such that a cell of a hundred has twenty lists. */
const listsInCell = 20;
const oftenEnoughMs = 1;

/**
 * The longest that a cell may take before it counts as hanging. Where no write arrives, each lead takes
 * some ten seconds of asking, ten leads at a time; a busy machine takes several times as long.
 */
const patienceMs = (leads: number) => 120_000 + leads * 6_000;

/** Leads that a passing fault may strike at each of their tries: they are told as not sent. One list at least. */
const mostUnlucky = (leads: number, inList: number) => Math.max(inList, Math.ceil(leads / 50));

/** Acts once half of the requests have come; ends when the run has. */
async function atHalfway(stage: Stage, over: AbortSignal, act: (stage: Stage) => void) {
	while (!over.aborted) {
		if (stage.world.requests.length >= stage.requests / 2) return act(stage);
		await sleep(oftenEnoughMs);
	}
}

/** Runs the node, and retries the failed execution as n8n's "Retry" does, until nothing fails. */
async function runToItsEnd(options: RunOptions, mend: () => void): Promise<RunResult> {
	let result = await run(options);
	for (let retries = 0; result.error !== undefined && retries < mostRetries; retries++) {
		mend();
		// n8n stores an execution as JSON before it can be retried.
		const retryOf: RunResult = { ...result, data: JSON.parse(JSON.stringify(result.data)) };
		result = await run({ ...options, retryOf });
	}
	return result;
}

/** Requests that the fault struck: those it was dealt to, and those of a token that had run out. */
function strikesIn({ world }: Stage, { fault }: Cell, sinceHalfway: number): number {
	if (fault.strikesAll) return sinceHalfway;
	return world.requests.filter((request) => request.fault !== undefined || request.status === 401)
		.length;
}

/** Whether a lead of this cell may have an unknown outcome: nothing clears up what was lost. */
function mayBeUnknown({ write: { clearedUpBy }, fault }: Cell): boolean {
	if (fault.clear) return false;
	return clearedUpBy.length === 0 || clearedUpBy.some((way) => fault.prevents?.includes(way));
}

/** Everything that has to hold whatever the outcomes are. */
function troublesOf(
	cell: Cell,
	verdict: Verdict & { avoidable: number },
	about: { leads: number; leadsPerRequest: number; strikes: number; refreshes: boolean },
): string[] {
	const { leads, leadsPerRequest, strikes, refreshes } = about;
	const { fault } = cell;
	const { taken, told } = verdict;
	// A run that stops at a lead of unknown outcome leaves the rest.
	const leaves = cell.onError === 'stop' && verdict.unknown > 0;
	const passes = fault.permanent === undefined && (fault.mended !== true || refreshes);
	return [
		...verdict.troubles,
		...(strikes === 0 ? ['the fault never struck'] : []),
		...(fault.permanent !== undefined && taken > 0 ? [`${taken} taken all the same`] : []),
		...(told > mostUnlucky(leads, leadsPerRequest) && passes && !leaves
			? [`${told} not taken`]
			: []),
		...(verdict.avoidable > 0 ? [`${verdict.avoidable} unknown`] : []),
	];
}

/** Runs one cell in a sandbox of its own. @throws Error when it hangs */
export async function runCell(
	sandbox: Sandbox,
	cell: Cell,
	{ leads, seed, otherHost }: CellOptions,
): Promise<CellResult> {
	const { world } = sandbox;
	const { write, fault } = cell;
	const startedAt = Date.now();
	world.reset();
	const visitsBefore = otherHost.visits();
	const items = write.begin(world, leads);
	const expiring = fault.tokens ? write.expiring?.(sandbox) : undefined;
	const leadsPerRequest = write.inLists ? Math.ceil(leads / listsInCell) : 1;
	const stage: Stage = {
		world,
		vendor: write.vendor,
		requests: Math.ceil(leads / leadsPerRequest),
		otherHost: otherHost.url,
		seed,
		expire: expiring?.expire,
	};
	fault.begin?.(stage);
	const over = new AbortController();
	let atHalf = Infinity;
	const watching = atHalfway(stage, over.signal, (reached) => {
		atHalf = world.requests.length;
		fault.halfway?.(reached);
	});
	const options = {
		giveUpAfter: 120,
		requestsPerMinute: 0,
		leadsPerRequest,
		...fault.options,
	};
	const running = runToItsEnd(
		{
			node: write.node,
			parameters: asParameters({ ...write.parameters, ...expiring?.parameters, options }),
			items,
			credentials: expiring?.credentials ?? write.credentials(sandbox),
			settings: settingsOf(cell),
		},
		() => {
			if (fault.mended) world.faults.clear();
		},
	);
	const hangs = sleep(patienceMs(leads), over.signal).catch(() => undefined);
	const result = await Promise.race([running, hangs]);
	over.abort();
	await watching;
	if (result === undefined) throw new Error('It hangs.');
	const done = write.done(world, items);
	const judge = result.error === undefined ? judgeOutcomes : judgeStop;
	const judged = judge(cell, result, done);
	const verdict = { ...judged, avoidable: mayBeUnknown(cell) ? 0 : judged.unknown };
	const strikes = strikesIn(stage, cell, Math.max(0, world.requests.length - atHalf));
	const troubles = troublesOf(cell, verdict, {
		leads,
		leadsPerRequest,
		strikes,
		refreshes: expiring !== undefined,
	});
	if (otherHost.visits() > visitsBefore) troubles.push('a request went to another host');
	if (world.requests.some((request) => request.fault === 'sandboxError')) {
		troubles.push('the sandbox made a mistake');
	}
	const seconds = (Date.now() - startedAt) / 1000;
	return {
		...verdict,
		troubles,
		cell: nameOf(cell),
		write: write.name,
		fault: fault.name,
		leads,
		strikes,
		seconds,
	};
}
