/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command-line tool */
import { stripVTControlCharacters } from 'node:util';
import { messageOf } from '../process/shutdown';
import { log, secondsSince } from '../process/log';

/** Runs checks one after the other, tells each, and counts. */
export class CheckRunner {
	private passed = 0;
	private failed = 0;

	/** A check fails by throwing; the ones after it run all the same. */
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

	/** Says the count as the last line and gives the exit code that goes with it. */
	finish(): number {
		log(`${this.passed} passed, ${this.failed} failed`);
		return this.failed === 0 && this.passed > 0 ? 0 : 1;
	}
}

/** Throws the sentence unless the condition holds. */
export function assert(condition: boolean, sentence: string): asserts condition {
	if (!condition) throw new Error(sentence);
}
