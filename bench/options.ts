/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command of the repository, never part of a node */
import { parseArgs } from 'node:util';

export interface Options {
	/** The letters of the cases to run. */
	cases: string[];
	/** A word that the name of a contestant has to contain. */
	only: string;
	/** How often each contestant runs each case; the slow ones run once less. */
	repeat: number;
	/** What the order is drawn from. */
	seed: number;
	/** A fiftieth of the items, to try the command. */
	small: boolean;
	/** Whether a CPU profile of each run is kept, which slows it down. */
	profile: boolean;
}

export const allCases = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];

/** Reads the command line. @throws Error saying what is wrong with it */
export function readOptions(): Options {
	const { values } = parseArgs({
		options: {
			case: { type: 'string', default: allCases.join('') },
			only: { type: 'string', default: '' },
			repeat: { type: 'string', default: '3' },
			seed: { type: 'string', default: String(Date.now() % 1_000_000) },
			small: { type: 'boolean', default: false },
			profile: { type: 'boolean', default: false },
		},
	});
	const cases = [...values.case];
	const unknown = cases.find((letter) => !allCases.includes(letter));
	if (unknown !== undefined || cases.length === 0) {
		throw new Error(`--case takes letters from a to i, such as abi, not "${values.case}".`);
	}
	const wholeNumber = (name: 'repeat' | 'seed', least: number) => {
		const value = Number(values[name]);
		if (Number.isInteger(value) && value >= least) return value;
		throw new Error(`--${name} takes a whole number from ${least} up, not "${values[name]}".`);
	};
	const repeat = wholeNumber('repeat', 1);
	const { only, small, profile } = values;
	return { cases, only, repeat, seed: wholeNumber('seed', 0), small, profile };
}

/** Whether a run with these options says enough to go into the docs. */
export function isWhole({ cases, only, small, profile }: Options): boolean {
	return !small && !profile && only === '' && allCases.every((letter) => cases.includes(letter));
}
