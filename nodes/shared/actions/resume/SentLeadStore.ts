import type { DeduplicationScope, IExecuteFunctions } from 'n8n-workflow';
import { InvalidInputError } from '../../errors/InvalidInputError';

/** What earlier executions did with a lead; `inDoubt`: sent, and no outcome was recorded. */
export type SentStatus = 'new' | 'sent' | 'inDoubt';

/** Leads per store access: n8n rewrites the whole list on each. */
export const LEADS_PER_WRITE = 1_000;
/** n8n drops the oldest beyond this; about 5 MB in its database. */
const MAX_ENTRIES = 200_000;

/** n8n reads, changes and writes the list without a lock: one access at a time in this process. */
let lastAccess: Promise<unknown> = Promise.resolve();

async function withLock<Result>(access: () => Promise<Result>): Promise<Result> {
	const result = lastAccess.then(access);
	lastAccess = result.catch(() => {});
	return await result;
}

/**
 * Leads that earlier executions sent, in n8n's own store of processed values (Remember Sent Leads).
 *
 * Relies on n8n (2.39): the store can only record values while reporting which it had, and remove values.
 * A lead must not count as sent before the vendor has it, so it has two keys, pending and sent, recorded
 * together. The pending key is removed once the vendor has the lead, both if it does not. If the process
 * dies in between, both stay, and the next execution treats the lead as in doubt.
 *
 * Two workers that change the list at the same moment may undo each other's change. Both keys come and go
 * together, so that never makes an unsent lead look sent: at worst it is forgotten.
 */
export class SentLeadStore {
	private constructor(
		private readonly context: IExecuteFunctions,
		private readonly scope: DeduplicationScope,
		/** Separates these leads from others in the same store: vendor, credential, account, operation. */
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

	/** Looks leads up by their keys, and records them as pending. */
	async claim(keys: readonly string[]): Promise<Map<string, SentStatus>> {
		const values = keys.flatMap((key) => [this.pendingKey(key), this.sentKey(key)]);
		const known = new Set(await withLock(async () => await this.record(values)));
		return new Map(
			keys.map((key): [string, SentStatus] => {
				if (!known.has(this.sentKey(key))) return [key, 'new'];
				return [key, known.has(this.pendingKey(key)) ? 'inDoubt' : 'sent'];
			}),
		);
	}

	/**
	 * Records the outcome of claimed leads. Those with an unknown outcome are left out: they stay in doubt.
	 * @param accepted the vendor has them
	 * @param notAccepted the vendor does not have them
	 */
	async commit(accepted: readonly string[], notAccepted: readonly string[]): Promise<void> {
		const done = [...accepted, ...notAccepted].map((key) => this.pendingKey(key));
		const forgotten = notAccepted.map((key) => this.sentKey(key));
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
		// Two workers may create a workflow's first list at the same moment: the second attempt finds it.
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
