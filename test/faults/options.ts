/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command of the repository, never part of a node */
import { parseArgs } from 'node:util';

/** The options of the command. */
export interface Options {
	/** Leads per cell. */
	leads: number;
	/** The seed of the random mixtures. */
	seed: number;
	/** Text that the name of a cell has to contain. */
	only: string;
	/** The cells of one process: every nth, starting at its own number. */
	share: { number: number; of: number };
}

/** Reads the command line. @throws Error that says what is wrong with it */
export function readOptions(): Options {
	const { values } = parseArgs({
		options: {
			leads: { type: 'string', default: '1000' },
			seed: { type: 'string', default: '1' },
			only: { type: 'string', default: '' },
			share: { type: 'string', default: '0/1' },
		},
	});
	const wholeNumber = (name: 'leads' | 'seed', minimum: number) => {
		const value = Number(values[name]);
		if (Number.isInteger(value) && value >= minimum) return value;
		throw new Error(`--${name} takes a whole number from ${minimum} up, not "${values[name]}".`);
	};
	const [number = 0, of = 1] = values.share.split('/').map(Number);
	return {
		leads: wholeNumber('leads', 20),
		seed: wholeNumber('seed', 0),
		only: values.only,
		share: { number, of },
	};
}

/** The command line that `readOptions` reads as these options. */
export function argumentsFor({ leads, seed, only, share }: Options): string[] {
	const values = { leads, seed, only, share: `${share.number}/${share.of}` };
	return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}
