import { createHash } from 'crypto';
import type { IContextObject } from 'n8n-workflow';
import { getOwn, isObject } from '../../values/json';
import type { Success } from '../outcome/outcome';

/** The entry of a lead whose request went out; the stored value is part of the contract. */
export const IN_FLIGHT = 'sent';

/** What the journal holds of a lead: its outcome, or that its request went out. */
export type JournalEntry = Success | typeof IN_FLIGHT;

/** True once the journal holds the lead's outcome. */
export function hasOutcome(entry: JournalEntry | undefined): entry is Success {
	return entry !== undefined && entry !== IN_FLIGHT;
}

const CONTEXT_KEY = 'leadDispatch';
/** 132 bits of a SHA-256. */
const HASH_LENGTH = 22;

/** The part of n8n's execution context that the journal needs. */
export interface JournalContext {
	getContext(type: 'node'): IContextObject;
	getWorkflowDataProxy(itemIndex: number): Readonly<Record<string, unknown>>;
}

/**
 * Write-ahead journal of this execution, so that Retry On Fail and Retry resume instead of resending. Relies on
 * n8n (2.41) carrying the node context over to the node's next attempt, and to the execution that Retry starts.
 */
export class RunJournal {
	private constructor(
		private readonly store: IContextObject,
		private readonly entries: Record<string, unknown>,
	) {}

	/**
	 * Opens what earlier attempts of the same run and operation left. Another run, as in a loop, starts empty. After a
	 * change of the credential every lead that was sent before is in doubt: this may be the same account with a new
	 * key, or another one. What is known of the other account stays stored for when the credential is changed back.
	 *
	 * @param account what identifies the account, as a hash
	 */
	static open(context: JournalContext, operation: string, account: string): RunJournal {
		const run = `${operation}|${String(context.getWorkflowDataProxy(0).$runIndex)}`;
		const store = context.getContext('node');
		const ofRun = getOwn(store[CONTEXT_KEY], 'run') === run ? store[CONTEXT_KEY] : undefined;
		const others = asRecord(getOwn(ofRun, 'otherAccounts'));
		let entries = asRecord(getOwn(ofRun, 'entries'));
		const storedAccount = getOwn(ofRun, 'account');
		if (typeof storedAccount === 'string' && storedAccount !== account) {
			others[storedAccount] = entries;
			const doubts = Object.keys(entries).map((key): [string, unknown] => [key, IN_FLIGHT]);
			entries = { ...Object.fromEntries(doubts), ...asRecord(getOwn(others, account)) };
			delete others[account];
		}
		const journal = new RunJournal(store, entries);
		store[CONTEXT_KEY] = { run, account, entries };
		if (Object.keys(others).length > 0) store[CONTEXT_KEY].otherAccounts = others;
		return journal;
	}

	/** The key of a lead: a hash, so that the journal holds no phone number and no name. */
	static hashKey(identity: string): string {
		return createHash('sha256').update(identity).digest('base64url').slice(0, HASH_LENGTH);
	}

	/** True if no earlier attempt has sent anything. */
	get isEmpty(): boolean {
		return Object.keys(this.entries).length === 0;
	}

	get(key: string): JournalEntry | undefined {
		const entry = getOwn(this.entries, key);
		return entry === IN_FLIGHT || isSuccess(entry) ? entry : undefined;
	}

	set(key: string, entry: JournalEntry): void {
		this.entries[key] = entry;
	}

	forget(key: string): void {
		delete this.entries[key];
	}

	/** Removes the journal, once nothing is left to resume. */
	clear(): void {
		delete this.store[CONTEXT_KEY];
	}
}

function asRecord(value: unknown): Record<string, unknown> {
	return isObject(value) ? value : {};
}

function isSuccess(value: unknown): value is Success {
	return typeof getOwn(value, 'kind') === 'string' && getOwn(value, 'data') !== undefined;
}
