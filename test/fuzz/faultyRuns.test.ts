import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { isRecord } from '../../sandbox/lib/guards';
import { processedStore, run } from '../support/engine';
import type { RunResult } from '../support/engine';
import { asParameters, onError } from '../support/fixtures';
import { pairs } from '../support/results';
import { useVirtualClock } from '../support/virtualClock';
import {
	faultyWrites,
	itemOf,
	readFaults,
	writeFaults,
	type FaultyRow,
	type FaultyWrite,
} from './faultyRuns';
import { fuzz, fuzzSeeds, FUZZ_TIMEOUT_MS } from './fuzz';

useVirtualClock(2_000);
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => processedStore.reset());
afterAll(async () => await sandbox.close());

/** How often a failed execution is retried. */
const MAX_RETRIES = 3;

interface Scenario {
	/** The name of the write. */
	name: string;
	rows: FaultyRow[];
	/** What happens to the first, the second… request that writes, and to those that ask. */
	writes: string[];
	reads: string[];
	on: 'stop' | 'continue';
	retryOnFail: boolean;
	/** The failed execution is retried, as with n8n's Retry; the faults are over by then. */
	isRetried: boolean;
	/** The process dies after so many requests; later the list is run again. Needs Remember Sent Leads. */
	diesAfter: number | undefined;
	/** The list is run again, with Remember Sent Leads. */
	isRunAgain: boolean;
	remembers: boolean;
	oneByOne: boolean;
	/** Replies of Close lack the fields that it has declared deprecated. */
	omitsDeprecatedFields: boolean;
}

const person = fc.record({
	phone: fc.integer({ min: 0, max: 2 }),
	email: fc.integer({ min: 0, max: 2 }),
});
const fault = (names: Record<string, unknown>) => fc.constantFrom(...Object.keys(names));

const scenarios: fc.Arbitrary<Scenario> = fc.record({
	name: fc.constantFrom(...faultyWrites.map(({ name }) => name)),
	rows: fc.array(person, { minLength: 1, maxLength: 5 }),
	writes: fc.array(fault(writeFaults), { maxLength: 5 }),
	reads: fc.oneof(fc.constant<string[]>([]), fc.array(fault(readFaults), { maxLength: 4 })),
	on: fc.constantFrom('stop', 'continue'),
	retryOnFail: fc.boolean(),
	isRetried: fc.boolean(),
	diesAfter: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
	isRunAgain: fc.boolean(),
	remembers: fc.boolean(),
	oneByOne: fc.boolean(),
	omitsDeprecatedFields: fc.boolean(),
});

/** Adds the faults; @returns whether any of them may leave it open what became of a write */
function addFaults({ node, name: writeName, writes }: FaultyWrite, scenario: Scenario): void {
	const { faults } = sandbox.world;
	const { method, path } = writes;
	const takesLists = writeName === 'SquadVoice create';
	scenario.writes.forEach((name, index) => {
		// A vendor that took a lead does not reject the very same request for what is in it.
		if (node === 'aktify' && /^4(00|22)$/.test(name)) return;
		// Only SquadVoice takes lists.
		if (writeFaults[name]?.rule?.kind === 'halfWritten' && !takesLists) return;
		const rule = writeFaults[name]?.rule;
		if (rule) faults.add({ ...rule, vendor: node, method, path, nth: index + 1 });
	});
	const isOther = new RegExp(`^(?!.*${path.source.replace(/^\^/, '^')})`);
	scenario.reads.forEach((name, index) => {
		const rule = readFaults[name]?.rule;
		if (rule) faults.add({ ...rule, vendor: node, path: isOther, nth: index + 1 });
	});
}

interface Told {
	outcome: string;
	reason: string;
}

function toldBy({ outcome, error, note, details }: IDataObject): Told {
	const inner = isRecord(details) ? details : {};
	return {
		outcome: String(outcome ?? inner.outcome),
		reason: [error ?? note, inner.description].map((text) => String(text ?? '')).join(' '),
	};
}

/** Runs the list, and again, as the scenario says. @returns the result of the last run */
async function runAll(write: FaultyWrite, scenario: Scenario): Promise<RunResult> {
	const { rows, on, retryOnFail, isRetried, diesAfter, isRunAgain, remembers, oneByOne } = scenario;
	const { world } = sandbox;
	const options = {
		...write.options,
		...(remembers ? { rememberSentLeads: 'node' } : {}),
		...(oneByOne && write.name === 'SquadVoice create' ? { leadsPerRequest: 1 } : {}),
		requestsAtOnce: 1,
		giveUpAfter: 60,
	};
	const retry = retryOnFail ? { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } : {};
	const execution = {
		node: write.node,
		credentials: write.credentials(sandbox.url),
		credentialId: 'fuzz',
		parameters: asParameters({ ...write.parameters, options }),
		items: rows.map(itemOf),
		settings: { ...onError[on], ...retry },
	};
	if (remembers && diesAfter !== undefined) {
		// Nothing leaves a dead process, and n8n stores nothing of its execution.
		const after = Array.from({ length: 500 }, (_, index) => diesAfter + 1 + index);
		world.faults.add({ kind: 'resetBefore', vendor: write.node, nth: after });
		addFaults(write, scenario);
		processedStore.diesBeforeRemoving = true;
		await run(execution);
		processedStore.diesBeforeRemoving = false;
		world.faults.clear();
	} else {
		addFaults(write, scenario);
		if (remembers && isRunAgain) {
			await run(execution);
			world.faults.clear();
		}
	}
	let result = await run(execution);
	for (let retries = 0; isRetried && result.error && retries < MAX_RETRIES; retries++) {
		world.faults.clear();
		// n8n stores an execution as JSON before it can be retried.
		const retryOf: RunResult = { ...result, data: JSON.parse(JSON.stringify(result.data)) };
		result = await run({ ...execution, retryOf });
	}
	return result;
}

/** Throws where what the vendor holds and what the items say differ. */
function judge(write: FaultyWrite, scenario: Scenario, result: RunResult): void {
	const { rows } = scenario;
	const held = write.held(sandbox.world);
	const isSame = (one: number, other: number) => {
		const [a, b] = [rows[one], rows[other]];
		return a !== undefined && b !== undefined && (one === other || write.isSame(a, b));
	};
	const fired = sandbox.world.requests.flatMap(({ fault: name }) => name ?? []);
	const lostWrites = scenario.writes.filter((name) => writeFaults[name]?.isLost);
	const isBeyondAsking = write.cannotAsk === true || scenario.reads.length > 0 || fired.length > 1;
	const isCrash = scenario.remembers && scenario.diesAfter !== undefined;
	// A rejected list may have been stored in part: unknown, if that cannot be asked.
	const isRejected = scenario.writes.some((name) => /^4\d\d$/.test(name));
	const mayBeUnknown = (lostWrites.length > 0 || isCrash || isRejected) && isBeyondAsking;
	for (const [at, lead] of held.entries()) {
		if (lead.times > 1) throw new Error(`row ${lead.row} was accepted ${lead.times} times`);
		const twin = held.find((other, index) => index < at && isSame(other.row, lead.row));
		if (twin) throw new Error(`rows ${twin.row} and ${lead.row} are one person, and held twice`);
	}
	if (result.error !== undefined) return;
	expect(pairs(result.items)).toEqual(rows.map((_, index) => index));
	result.items.forEach(({ json }, index) => {
		const { outcome, reason } = toldBy(json);
		const isHeld = held.some(({ row }) => row === index);
		const isPersonHeld = held.some(({ row }) => isSame(row, index));
		const problem = (text: string) =>
			new Error(
				`row ${index} is told ${outcome} (${reason}), ${text}; held: ${JSON.stringify(held)}`,
			);
		const mayBeOther = isCrash && write.showsNoData === true && isPersonHeld;
		if (outcome === 'created' && !isHeld && !mayBeOther) throw problem('and is not held');
		else if (outcome === 'duplicate' && !isPersonHeld) throw problem('and nobody like it is held');
		else if (/^(notSent|refused)$/.test(outcome) && isHeld) throw problem('and is held');
		else if (outcome === 'unknown' && !mayBeUnknown) throw problem('though it could be asked');
		else if (!/^(created|duplicate|notSent|refused|unknown)$/.test(outcome)) throw problem('');
	});
}

async function expectTruth(scenario: Scenario): Promise<void> {
	const write = faultyWrites.find(({ name }) => name === scenario.name);
	if (write === undefined) throw new Error(`No write is named ${scenario.name}`);
	sandbox.world.reset();
	processedStore.reset();
	write.prepare?.(sandbox.world);
	sandbox.world.close.omitsDeprecatedFields = scenario.omitsDeprecatedFields;
	judge(write, scenario, await runAll(write, scenario));
}

it.each(fuzzSeeds)(
	'whatever goes wrong, the vendor holds what the items say, once %p',
	async (seeded) => await fuzz(seeded, scenarios, expectTruth),
	FUZZ_TIMEOUT_MS,
);
