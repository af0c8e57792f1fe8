import type { DeduplicationScope, IExecuteFunctions } from 'n8n-workflow';
import { InvalidInputError } from '../../errors/InvalidInputError';
import { toError } from '../../values/json';

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
 * Leads that earlier executions sent (Remember Sent Leads). n8n's store (2.41) can only record values, reporting
 * which it had, and remove some. So a lead has two keys, recorded together: pending, removed once the vendor has the
 * lead, and sent, removed with it if the vendor does not. If the process dies in between, the lead is in doubt.
 * Workers may undo each other's change: that never makes an unsent lead look sent; at worst it is forgotten.
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
		const known = new Set(
			await withLock(async () => {
				const found = await this.record(this.bothKeys(keys));
				await this.renewHalves(keys, new Set(found));
				return found;
			}),
		);
		return new Map(
			keys.map((key): [string, SentStatus] => {
				if (known.has(this.pendingKey(key))) return [key, 'inDoubt'];
				return [key, known.has(this.sentKey(key)) ? 'sent' : 'new'];
			}),
		);
	}

	/** Records which claimed leads the vendor has, and which not. All others stay in doubt. */
	async commit(accepted: readonly string[], notAccepted: readonly string[]): Promise<void> {
		const done = [...accepted, ...notAccepted].map((key) => this.pendingKey(key));
		const forgotten = notAccepted.map((key) => this.sentKey(key));
		if (done.length === 0) return;
		await withLock(
			async () =>
				await this.context.helpers.removeProcessed([...done, ...forgotten], this.scope, options),
		);
	}

	/** Puts both keys at the end again where n8n had dropped one: the pending key has to outlast the sent one. */
	private async renewHalves(keys: readonly string[], known: ReadonlySet<unknown>): Promise<void> {
		const halves = keys.filter(
			(key) => known.has(this.pendingKey(key)) && !known.has(this.sentKey(key)),
		);
		if (halves.length === 0) return;
		const both = this.bothKeys(halves);
		await this.context.helpers.removeProcessed(both, this.scope, options);
		await this.record(both);
	}

	/** Sent before pending: n8n drops the oldest first, and what is left of a lead in doubt must not look sent. */
	private bothKeys(keys: readonly string[]): string[] {
		return keys.flatMap((key) => [this.sentKey(key), this.pendingKey(key)]);
	}

	/** @returns the values that were there before */
	private async record(values: string[]): Promise<unknown[]> {
		const write = async () =>
			(await this.context.helpers.checkProcessedAndRecord(values, this.scope, options)).processed;
		// Two workers may create a workflow's first list at the same moment: the second attempt finds it.
		return await write()
			.catch(write)
			.catch((error: unknown) => {
				throw new InvalidInputError(
					`n8n could not store which leads are sent: ${toError(error).message}`,
					'Save the workflow and run it again, or set Remember Sent Leads to Off in the options',
				);
			});
	}

	private pendingKey(key: string): string {
		return `open|${this.kind}|${key}`;
	}

	private sentKey(key: string): string {
		return `sent|${this.kind}|${key}`;
	}
}

const options = { mode: 'entries', maxEntries: MAX_ENTRIES } as const;
