import type { DeduplicationScope, IExecuteFunctions } from 'n8n-workflow';
import { InvalidInputError } from '../../errors/InvalidInputError';

/**
 * What is known of a lead from earlier executions: nothing, that the vendor has it, or that an
 * execution began to send it and never said what became of it.
 */
export type SentStatus = 'new' | 'sent' | 'unfinished';

/** So many leads are looked up and written down together: each time n8n stores the whole list anew. */
export const LEADS_PER_WRITE = 1_000;
/** n8n forgets the oldest beyond this: about 5 MB in its database. */
const MAX_ENTRIES = 200_000;

/**
 * n8n reads the list, changes it and writes it back, without a lock. In one process that is done one at
 * a time; what workers do at the same time can undo each other's changes, see below.
 */
let turn: Promise<unknown> = Promise.resolve();

async function withLock<Result>(work: () => Promise<Result>): Promise<Result> {
	const result = turn.then(work);
	turn = result.catch(() => {});
	return await result;
}

/**
 * The leads that earlier executions sent, in n8n's own store of processed values.
 *
 * The store can only write down values and tell at once which were there, and remove some. A lead must
 * not count as sent before the vendor has it, so it has two: `open` and `sent`, written together. Once
 * the vendor has it, `open` is removed; when the vendor does not, both are. Whenever the process dies in
 * between, both stay, and the next execution knows that it does not know.
 *
 * Two workers that change the list at the same moment may undo each other's change. As the two values
 * come and go together, that never makes a lead look sent that was not: at worst it is forgotten.
 */
export class SentLeadStore {
	private constructor(
		private readonly context: IExecuteFunctions,
		private readonly scope: DeduplicationScope,
		/** What sets these leads apart from others in the same store: vendor, credential, operation. */
		private readonly kind: string,
	) {}

	/** @throws InvalidInputError in an n8n that has no such store */
	static open(context: IExecuteFunctions, scope: DeduplicationScope, kind: string): SentLeadStore {
		if (typeof context.helpers.checkProcessedAndRecord !== 'function') {
			throw new InvalidInputError(
				'Remember Sent Leads needs a newer n8n',
				'Update n8n, or set Remember Sent Leads to Off in the options',
			);
		}
		return new SentLeadStore(context, scope, kind);
	}

	/** Looks leads up by their keys, and writes down that they are now on their way. */
	async claim(keys: readonly string[]): Promise<Map<string, SentStatus>> {
		const marks = keys.flatMap((key) => [this.pendingKey(key), this.sentKey(key)]);
		const known = new Set(await withLock(async () => await this.record(marks)));
		return new Map(
			keys.map((key): [string, SentStatus] => {
				if (!known.has(this.sentKey(key))) return [key, 'new'];
				return [key, known.has(this.pendingKey(key)) ? 'unfinished' : 'sent'];
			}),
		);
	}

	/**
	 * Says what became of leads that were claimed. Those whose outcome is unknown are left out: they
	 * stay unfinished.
	 * @param taken the vendor has them
	 * @param notTaken the vendor does not have them
	 */
	async commit(taken: readonly string[], notTaken: readonly string[]): Promise<void> {
		const done = [...taken, ...notTaken].map((key) => this.pendingKey(key));
		const forgotten = notTaken.map((key) => this.sentKey(key));
		if (done.length === 0) return;
		await withLock(
			async () =>
				await this.context.helpers.removeProcessed([...done, ...forgotten], this.scope, options),
		);
	}

	/** @returns the values that were there before */
	private async record(values: string[]): Promise<unknown[]> {
		const write = async () =>
			(await this.context.helpers.checkProcessedAndRecord(values, this.scope, options)).processed;
		// The first list of a workflow can be made once only: who comes second finds it there.
		return await write().catch(write);
	}

	private pendingKey(key: string): string {
		return `open|${this.kind}|${key}`;
	}

	private sentKey(key: string): string {
		return `sent|${this.kind}|${key}`;
	}
}

const options = { mode: 'entries', maxEntries: MAX_ENTRIES } as const;
