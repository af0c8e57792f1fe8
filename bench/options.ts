/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command of the repository, never part of a node */
import { parseArgs } from 'node:util';

/** The options of the command. */
export interface Options {
	/** The letters of the cases to run. */
	cases: string[];
	/** Text that the name of a contestant has to contain. */
	only: string;
	/** How often each contestant runs each case; slow ones run once less. */
	repeat: number;
	/** The seed of the random order. */
	seed: number;
	/** True for a fiftieth of the items, to try the command. */
	small: boolean;
	/** True to save a CPU profile of each run, which slows it down. */
	profile: boolean;
}

const ALL_CASES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];

/** Reads the command line. @throws Error that says what is wrong with it */
export function readOptions(): Options {
	const { values } = parseArgs({
		options: {
			case: { type: 'string', default: ALL_CASES.join('') },
			only: { type: 'string', default: '' },
			repeat: { type: 'string', default: '3' },
			seed: { type: 'string', default: String(Date.now() % 1_000_000) },
			small: { type: 'boolean', default: false },
			profile: { type: 'boolean', default: false },
		},
	});
	const cases = [...values.case];
	const unknown = cases.find((letter) => !ALL_CASES.includes(letter));
	if (unknown !== undefined || cases.length === 0) {
		throw new Error(`--case takes letters from a to i, such as abi, not "${values.case}".`);
	}
	const wholeNumber = (name: 'repeat' | 'seed', minimum: number) => {
		const value = Number(values[name]);
		if (Number.isInteger(value) && value >= minimum) return value;
		throw new Error(`--${name} takes a whole number from ${minimum} up, not "${values[name]}".`);
	};
	const repeat = wholeNumber('repeat', 1);
	const { only, small, profile } = values;
	return { cases, only, repeat, seed: wholeNumber('seed', 0), small, profile };
}

/** True if a run with these options is complete enough for the docs. */
export function isComplete({ cases, only, small, profile }: Options): boolean {
	return !small && !profile && only === '' && ALL_CASES.every((letter) => cases.includes(letter));
}
