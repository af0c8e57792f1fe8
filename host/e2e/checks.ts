/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command-line tool */
import { stripVTControlCharacters } from 'node:util';
import { messageOf } from '../process/shutdown';
import { log, secondsSince } from '../process/log';

/** Runs checks one after the other, logs each result, and counts them. */
export class CheckRunner {
	private passed = 0;
	private failed = 0;

	/** Runs one check, which fails by throwing; later checks still run. */
	async check(what: string, work: () => Promise<void> | void): Promise<void> {
		const started = Date.now();
		try {
			await work();
			this.passed += 1;
			log(`ok      ${what} (${secondsSince(started)})`);
		} catch (error) {
			this.failed += 1;
			log(
				`FAILED  ${what} (${secondsSince(started)})\n        ${stripVTControlCharacters(messageOf(error))}`,
			);
		}
	}

	/** Logs the counts as the last line and returns the exit code. */
	finish(): number {
		log(`${this.passed} passed, ${this.failed} failed`);
		return this.failed === 0 && this.passed > 0 ? 0 : 1;
	}
}

/** @throws Error with the message unless the condition holds */
export function assert(condition: boolean, message: string): asserts condition {
	if (!condition) throw new Error(message);
}
