import type { IDataObject } from 'n8n-workflow';
import type { RunResult } from '../support/engine';
import { pairs } from '../support/results';
import type { Cell } from './plan';

/** What came of the leads of one cell. */
export interface Verdict {
	/** Leads that the vendor has as asked, and whose items say so. */
	taken: number;
	/** Leads that the vendor has not, and whose items say so. */
	told: number;
	/** Leads that an item calls taken though the vendor has not got them, or that have no outcome. */
	lost: number;
	/** Leads that the vendor has twice, or has though their item says that it has not. */
	doubled: number;
	unknown: number;
	/** What is wrong, in words. */
	troubles: string[];
}

const takenKinds = new Set(['created', 'updated', 'duplicate', 'disabled', 'deleted']);
const toldKinds = new Set(['notSent', 'refused']);

/** The outcome of an output item, wherever it stands. */
function kindOf({ outcome, details }: IDataObject): string {
	if (typeof outcome === 'string') return outcome;
	const inside = typeof details === 'object' && details !== null && 'outcome' in details;
	return inside ? String(details.outcome) : 'none';
}

/** The items of both outputs by the item that they are paired with. */
function byItem(result: RunResult, count: number, troubles: string[]): IDataObject[][] {
	const found = Array.from({ length: count }, (): IDataObject[] => []);
	for (const output of [result.items, result.errors]) {
		const indexes = pairs(output).map(Number);
		if (indexes.some((index, at) => index <= (indexes[at - 1] ?? -1))) {
			troubles.push('items are not in order');
		}
		output.forEach(({ json }, at) => found[indexes[at] ?? NaN]?.push(json));
	}
	return found;
}

/** Holds the outcomes of a run that ended against what the vendor has done for each lead. */
export function judgeOutcomes(cell: Cell, result: RunResult, done: number[]): Verdict {
	const verdict: Verdict = { taken: 0, told: 0, lost: 0, doubled: 0, unknown: 0, troubles: [] };
	const { troubles } = verdict;
	byItem(result, done.length, troubles).forEach((outputs, index) => {
		const times = done[index] ?? 0;
		const [output = {}] = outputs;
		const kind = kindOf(output);
		const wrong = (how: 'lost' | 'doubled', words: string) => {
			verdict[how]++;
			troubles.push(`item ${index}: ${words} (${kind}: ${String(output.error ?? '')})`);
		};
		if (outputs.length !== 1) {
			wrong(outputs.length === 0 ? 'lost' : 'doubled', `${outputs.length} outcomes`);
		} else if (kind === 'unknown') {
			verdict.unknown++;
		} else if (times > 1) {
			wrong('doubled', `done ${times} times`);
		} else if (takenKinds.has(kind)) {
			if (times === 1) verdict.taken++;
			else wrong('lost', 'not done');
		} else if (toldKinds.has(kind)) {
			if (times === 0) verdict.told++;
			else wrong('doubled', 'done all the same');
			const words = JSON.stringify(output);
			if (cell.fault.permanent?.test(words) === false) troubles.push(`item ${index}: ${words}`);
		} else {
			wrong('lost', 'no such outcome is expected');
		}
	});
	return verdict;
}

const wordsFor: Record<'taken' | 'unknown', RegExp> = {
	taken: /(\d+) (?:created|updated|duplicates?|disabled|deleted)/g,
	unknown: /(\d+) with unknown outcome/g,
};

/** How many leads the words of a run that stopped call taken, or unknown. */
function countIn(summary: string, what: 'taken' | 'unknown'): number {
	return [...summary.matchAll(wordsFor[what])].reduce((sum, [, count]) => sum + Number(count), 0);
}

/**
 * Holds what the error of a run that stopped for good says against what the vendor has done: there
 * is no outcome for each item then, but a sum.
 */
export function judgeStop(cell: Cell, { error }: RunResult, done: number[]): Verdict {
	const words = `${error?.message ?? ''}. ${error?.description ?? ''}`;
	const summary = /So far: ([^.]*)/.exec(words)?.[1];
	const troubles = summary === undefined ? [`no word of what was taken: ${words}`] : [];
	if (cell.fault.permanent?.test(words) === false) troubles.push(words);
	const saidTaken = countIn(summary ?? '', 'taken');
	const unknown = countIn(summary ?? '', 'unknown');
	const held = done.filter((times) => times > 0).length;
	const twice = done.filter((times) => times > 1).length;
	let lost = Math.max(0, saidTaken - held);
	const doubled = Math.max(0, held - saidTaken - unknown) + Math.max(0, twice - unknown);
	const rest = done.length - saidTaken - unknown;
	if (lost + doubled > 0) troubles.push(`${held} done, ${twice} twice: ${words}`);
	if (cell.write.clearedUpBy.length > 0 && cell.fault.permanent === undefined) {
		lost += rest;
		troubles.push(`does not come to its end: ${words}`);
	}
	return { taken: saidTaken, told: rest, lost, doubled, unknown, troubles };
}
