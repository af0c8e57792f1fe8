import { sleep } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { run } from '../support/engine';
import type { RunOptions, RunResult } from '../support/engine';
import type { FaultContext } from './fault';
import { judgeOutcomes, judgeStop, type Verdict } from './judge';
import { nameOf, settingsOf, type Cell } from './plan';
import { asParameters } from '../support/fixtures';

/** What was found in one cell. */
export interface CellResult extends Verdict {
	cell: string;
	write: string;
	fault: string;
	leads: number;
	/** Leads of unknown outcome that could have been reconciled. */
	avoidable: number;
	/** How long the run took, without those that n8n's Retry starts. */
	runSeconds: number;
	/** Requests that the fault struck. */
	strikes: number;
	seconds: number;
}

interface CellOptions {
	leads: number;
	seed: number;
	/** A server that is not the vendor's, and how many requests it received. */
	otherHost: { url: string; visits(): number };
}

/** How often a failed execution is retried with n8n's Retry. */
const MAX_RETRIES = 4;
/** Batches of a cell; with 100 leads, each has five. */
const BATCHES_PER_CELL = 20;
const POLL_INTERVAL_MS = 1;
/** What a run may take longer than Max Retry Time: its last request, and a machine with other work. */
const GRACE_SECONDS = 20;

/**
 * How long a cell may run before it counts as hanging. Where no write arrives, each lead needs about ten
 * seconds of look-ups, ten leads at a time; a busy machine needs several times as long.
 */
const maxDurationMs = (leads: number) => 120_000 + leads * 6_000;

/** Leads whose attempts a temporary fault may all strike, so that they are not sent: one batch at least. */
const maxUnlucky = (leads: number, leadsPerRequest: number) =>
	Math.max(leadsPerRequest, Math.ceil(leads / 50));

/** Acts once half of the requests have arrived; ends with the run. */
async function atHalfway(
	context: FaultContext,
	finished: AbortSignal,
	act: (context: FaultContext) => void,
) {
	while (!finished.aborted) {
		if (context.world.requests.length >= context.requests / 2) return act(context);
		await sleep(POLL_INTERVAL_MS);
	}
}

/** Runs the node, and retries the failed execution as n8n's "Retry" does, until nothing fails. */
async function runWithRetries(
	options: RunOptions,
	fix: () => void,
	onFirst: () => void,
): Promise<RunResult> {
	let result = await run(options);
	onFirst();
	for (let retries = 0; result.error !== undefined && retries < MAX_RETRIES; retries++) {
		fix();
		// n8n stores an execution as JSON before it can be retried.
		const retryOf: RunResult = { ...result, data: JSON.parse(JSON.stringify(result.data)) };
		result = await run({ ...options, retryOf });
	}
	return result;
}

/** Requests that the fault struck, including those with an expired token. */
function strikesIn({ world }: FaultContext, { fault }: Cell, sinceHalfway: number): number {
	if (fault.strikesEveryRequest) return sinceHalfway;
	return world.requests.filter((request) => request.fault !== undefined || request.status === 401)
		.length;
}

/** True if a lead may have an unknown outcome: a lost response cannot be reconciled. */
function mayBeUnknown({ write: { reconciledBy }, fault }: Cell): boolean {
	if (fault.isUnambiguous) return false;
	return reconciledBy.length === 0 || reconciledBy.some((way) => fault.prevents?.includes(way));
}

/** Everything that is wrong in a cell. */
function problemsOf(
	cell: Cell,
	verdict: Verdict & { avoidable: number },
	about: { leads: number; leadsPerRequest: number; strikes: number; refreshes: boolean },
): string[] {
	const { leads, leadsPerRequest, strikes, refreshes } = about;
	const { fault } = cell;
	const { accepted, notAccepted } = verdict;
	// A run that stops at a lead of unknown outcome does not send the rest.
	const skipsRest = cell.onError === 'stop' && verdict.unknown > 0;
	const maxRefused = (fault.maxRefusedRequests ?? Infinity) * leadsPerRequest;
	const isTemporary =
		fault.permanent === undefined && (fault.isFixedBeforeRetry !== true || refreshes);
	return [
		...verdict.problems,
		...(strikes === 0 ? ['the fault never struck'] : []),
		...(fault.permanent !== undefined && accepted > 0 ? [`${accepted} accepted nevertheless`] : []),
		...(notAccepted > maxUnlucky(leads, leadsPerRequest) && isTemporary && !skipsRest
			? [`${notAccepted} not accepted`]
			: []),
		...(cell.onError !== 'stop' && notAccepted > maxRefused
			? [`${notAccepted} not accepted, and ${maxRefused} may be`]
			: []),
		...(verdict.avoidable > 0 ? [`${verdict.avoidable} unknown`] : []),
	];
}

/** Runs one cell in its own sandbox. @throws Error if it hangs */
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
	const items = write.prepare(world, leads);
	const expiring = fault.needsExpiringToken ? write.withExpiringToken?.(sandbox) : undefined;
	const leadsPerRequest = write.isBatched ? Math.ceil(leads / BATCHES_PER_CELL) : 1;
	const credentials = expiring?.credentials ?? write.credentials(sandbox);
	const credential = Object.values(credentials)[0] ?? {};
	const stored = { ...credential };
	const context: FaultContext = {
		items,
		credential,
		world,
		vendor: write.vendor,
		requests: Math.ceil(leads / leadsPerRequest),
		otherHost: otherHost.url,
		seed,
		expire: expiring?.expire,
	};
	fault.setUp?.(context);
	const finished = new AbortController();
	let atHalf = Infinity;
	const watching = atHalfway(context, finished.signal, (reached) => {
		atHalf = world.requests.length;
		fault.atHalfway?.(reached);
	});
	const options = {
		giveUpAfter: 120,
		requestsPerMinute: 0,
		leadsPerRequest,
		...fault.options,
	};
	let firstRunMs = 0;
	const running = runWithRetries(
		{
			node: write.node,
			parameters: asParameters({ ...write.parameters, ...expiring?.parameters, options }),
			items,
			credentials,
			settings: settingsOf(cell),
		},
		() => {
			if (!fault.isFixedBeforeRetry) return;
			world.faults.clear();
			Object.assign(credential, stored);
		},
		() => (firstRunMs = Date.now() - startedAt),
	);
	const hangs = sleep(maxDurationMs(leads), finished.signal).catch(() => undefined);
	const result = await Promise.race([running, hangs]);
	finished.abort();
	await watching;
	if (result === undefined) throw new Error('The run does not end.');
	const writeCounts = write.countWrites(world, items);
	const judge = result.error === undefined ? judgeOutcomes : judgeStop;
	const judged = judge(cell, result, writeCounts);
	const verdict = { ...judged, avoidable: mayBeUnknown(cell) ? 0 : judged.unknown };
	const strikes = strikesIn(context, cell, Math.max(0, world.requests.length - atHalf));
	const problems = problemsOf(cell, verdict, {
		leads,
		leadsPerRequest,
		strikes,
		refreshes: expiring !== undefined,
	});
	if (otherHost.visits() > visitsBefore) problems.push('a request went to another host');
	const { maxSeconds, forbiddenStatus } = fault;
	const attempts = cell.retryOnFail ? 3 : 1;
	if (maxSeconds !== undefined && firstRunMs > (maxSeconds * attempts + GRACE_SECONDS) * 1000) {
		problems.push(`the run took ${firstRunMs / 1000} seconds`);
	}
	if (world.requests.some((request) => request.status === forbiddenStatus && forbiddenStatus)) {
		problems.push(`a request got the status ${forbiddenStatus}`);
	}
	if (world.requests.some((request) => request.fault === 'sandboxError')) {
		problems.push('the sandbox had an internal error');
	}
	const seconds = (Date.now() - startedAt) / 1000;
	return {
		...verdict,
		problems,
		cell: nameOf(cell),
		write: write.name,
		fault: fault.name,
		leads,
		strikes,
		runSeconds: firstRunMs / 1000,
		seconds,
	};
}
