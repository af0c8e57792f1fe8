import type { INode } from 'n8n-workflow';
import { onError } from '../support/fixtures';
import type { Fault } from './fault';
import { faults } from './faults';
import type { Write } from './write';
import { writes } from './writes';

/** The node's settings of one cell. */
interface Combination {
	onError: keyof typeof onError;
	retryOnFail: boolean;
}

/** One write with one fault and one combination of settings. */
export interface Cell extends Combination {
	write: Write;
	fault: Fault;
}

const combinations: Combination[] = [true, false].flatMap((retryOnFail) => [
	{ onError: 'stop', retryOnFail },
	{ onError: 'continue', retryOnFail },
	{ onError: 'branch', retryOnFail },
]);

/** The settings of the node in a cell. */
export function settingsOf(cell: Combination): Partial<INode> {
	const retry = cell.retryOnFail ? { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } : {};
	return { ...onError[cell.onError], ...retry };
}

/** The name of a cell, by which `--only` selects it. */
export function nameOf({ write, fault, onError: on, retryOnFail }: Cell): string {
	return `${write.name} / ${fault.name} / ${on}${retryOnFail ? ' with retry' : ''}`;
}

/**
 * Every write with every fault once; a fault of lists only with the writes that have lists. On Error and Retry On Fail take turns, so that each of their six
 * combinations meets each write and each fault.
 * @throws Error if a pair of values does not occur
 */
export function planCells(): Cell[] {
	const cells = writes.flatMap((write, row) =>
		faults.flatMap((fault, column) => {
			// Few writes have lists: each meets such a fault with every combination.
			if (fault.needsList && !write.isBatched) return [];
			const turn = (row + column) % combinations.length;
			const chosen = fault.needsList ? combinations : combinations.slice(turn, turn + 1);
			return chosen.map((combination) => ({ write, fault, ...combination }));
		}),
	);
	const forLists = faults.filter(({ needsList }) => needsList).length;
	const lists = writes.filter(({ isBatched }) => isBatched).length;
	const wanted = [
		writes.length * (faults.length - forLists) + lists * forLists,
		(writes.length + faults.length) * combinations.length,
		combinations.length,
	].reduce((sum, count) => sum + count);
	const pairs = cells.flatMap((cell) => {
		const settings = `${cell.onError} ${cell.retryOnFail}`;
		const { write, fault } = cell;
		return [
			`${write.name}|${fault.name}`,
			`${write.name}|${settings}`,
			`${fault.name}|${settings}`,
			settings,
		];
	});
	if (new Set(pairs).size !== wanted) throw new Error('The plan leaves out a pair of values.');
	return cells;
}

/** The cells whose names contain a text. */
export function selectCells(text: string): Cell[] {
	return planCells().filter((cell) => nameOf(cell).includes(text));
}
