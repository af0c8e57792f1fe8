import type { IDataObject } from 'n8n-workflow';
import type { RunResult } from '../support/engine';
import { pairs } from '../support/results';
import type { Cell } from './plan';

/** The leads of one cell, by what happened to them. */
export interface Verdict {
	/** Leads that the vendor has, and whose items say so. */
	accepted: number;
	/** Leads that the vendor does not have, and whose items say so. */
	notAccepted: number;
	/** Leads that an item reports as accepted but the vendor does not have, or that have no outcome. */
	lost: number;
	/** Leads that the vendor has twice, or has although their item denies it. */
	doubled: number;
	unknown: number;
	/** What is wrong, as text. */
	problems: string[];
}

const ACCEPTED_KINDS = new Set(['created', 'updated', 'duplicate', 'disabled', 'deleted']);
const NOT_ACCEPTED_KINDS = new Set(['notSent', 'refused']);

/** The outcome of an output item or error item. */
function kindOf({ outcome, details }: IDataObject): string {
	if (typeof outcome === 'string') return outcome;
	const inside = typeof details === 'object' && details !== null && 'outcome' in details;
	return inside ? String(details.outcome) : 'none';
}

/** The items of both outputs by the item that they are paired with. */
function byItem(result: RunResult, count: number, problems: string[]): IDataObject[][] {
	const found = Array.from({ length: count }, (): IDataObject[] => []);
	for (const output of [result.items, result.errors]) {
		const indexes = pairs(output).map(Number);
		if (indexes.some((index, at) => index <= (indexes[at - 1] ?? -1))) {
			problems.push('items are not in order');
		}
		output.forEach(({ json }, at) => found[indexes[at] ?? NaN]?.push(json));
	}
	return found;
}

/** Compares the outcomes of a run that ended with how often the vendor wrote each lead. */
export function judgeOutcomes(cell: Cell, result: RunResult, writeCounts: number[]): Verdict {
	const verdict: Verdict = {
		accepted: 0,
		notAccepted: 0,
		lost: 0,
		doubled: 0,
		unknown: 0,
		problems: [],
	};
	const { problems } = verdict;
	byItem(result, writeCounts.length, problems).forEach((outputs, index) => {
		const times = writeCounts[index] ?? 0;
		const [output = {}] = outputs;
		const kind = kindOf(output);
		const wrong = (how: 'lost' | 'doubled', problem: string) => {
			verdict[how]++;
			problems.push(`item ${index}: ${problem} (${kind}: ${String(output.error ?? '')})`);
		};
		if (outputs.length !== 1) {
			wrong(outputs.length === 0 ? 'lost' : 'doubled', `${outputs.length} outcomes`);
		} else if (kind === 'unknown') {
			verdict.unknown++;
		} else if (times > 1) {
			wrong('doubled', `done ${times} times`);
		} else if (ACCEPTED_KINDS.has(kind)) {
			if (times === 1) verdict.accepted++;
			else wrong('lost', 'not done');
		} else if (NOT_ACCEPTED_KINDS.has(kind)) {
			if (times === 0) verdict.notAccepted++;
			else wrong('doubled', 'done nevertheless');
			const error = JSON.stringify(output);
			if (cell.fault.permanent?.test(error) === false) problems.push(`item ${index}: ${error}`);
		} else {
			wrong('lost', 'no such outcome is expected');
		}
	});
	return verdict;
}

const COUNT_PATTERNS: Record<'accepted' | 'unknown', RegExp> = {
	accepted: /(\d+) (?:created|updated|duplicates?|disabled|deleted)/g,
	unknown: /(\d+) with unknown outcome/g,
};

/** How many leads the error of a stopped run reports as accepted or as unknown. */
function countIn(summary: string, what: 'accepted' | 'unknown'): number {
	return [...summary.matchAll(COUNT_PATTERNS[what])].reduce(
		(sum, [, count]) => sum + Number(count),
		0,
	);
}

/**
 * Compares the error of a run that stopped for good with how often the vendor wrote each lead: it has no
 * outcome per item, only counts.
 */
export function judgeStop(cell: Cell, { error }: RunResult, writeCounts: number[]): Verdict {
	const message = `${error?.message ?? ''}. ${error?.description ?? ''}`;
	const summary = /So far: ([^.]*)/.exec(message)?.[1];
	const problems =
		summary === undefined ? [`the error does not count the accepted leads: ${message}`] : [];
	if (cell.fault.permanent?.test(message) === false) problems.push(message);
	const accepted = countIn(summary ?? '', 'accepted');
	const unknown = countIn(summary ?? '', 'unknown');
	const written = writeCounts.filter((times) => times > 0).length;
	const twice = writeCounts.filter((times) => times > 1).length;
	let lost = Math.max(0, accepted - written);
	const doubled = Math.max(0, written - accepted - unknown) + Math.max(0, twice - unknown);
	const rest = writeCounts.length - accepted - unknown;
	if (lost + doubled > 0) problems.push(`${written} done, ${twice} twice: ${message}`);
	if (cell.write.reconciledBy.length > 0 && cell.fault.permanent === undefined) {
		lost += rest;
		problems.push(`the run does not finish: ${message}`);
	}
	return { accepted, notAccepted: rest, lost, doubled, unknown, problems };
}
