import { createHash } from 'crypto';
import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';
import { isObject, getOwn } from '../../values/json';
import type { Success } from '../outcome/outcome';

/** What is remembered of a lead: the outcome it had, or that it was sent and never answered. */
export type JournalEntry = Success | 'sent';

/** Whether it is known what became of a lead. */
export function hasOutcome(remembered: JournalEntry | undefined): remembered is Success {
	return remembered !== undefined && remembered !== 'sent';
}

const CONTEXT_KEY = 'leadDispatch';

/**
 * What this execution has sent, so that a second try of the node sends only the rest.
 *
 * n8n's Retry On Fail runs the whole node again; "Retry" in the executions list runs it again in a
 * new execution. Both carry n8n's node context along, so that is where it is kept, as plain JSON. A
 * lead is written down before it is sent: whatever happens then, it is not sent blindly again.
 */
export class RunJournal {
	private constructor(
		private readonly store: IContextObject,
		private readonly entries: Record<string, unknown>,
	) {}

	/** Opens what earlier tries of the same run left; another run (the node is in a loop) starts afresh. */
	static open(context: IExecuteFunctions, operation: string): RunJournal {
		const run = `${operation}|${String(context.getWorkflowDataProxy(0).$runIndex)}`;
		const store = context.getContext('node');
		const kept: unknown = store[CONTEXT_KEY];
		const entries = getOwn(kept, 'run') === run ? getOwn(kept, 'entries') : undefined;
		const ledger = new RunJournal(store, isObject(entries) ? entries : {});
		store[CONTEXT_KEY] = { run, entries: ledger.entries };
		return ledger;
	}

	/** The key of a lead: a hash, so that no number or name is kept in it. */
	static hashKey(identity: string): string {
		return createHash('sha256').update(identity).digest('base64url').slice(0, 22);
	}

	get(key: string): JournalEntry | undefined {
		const entry = getOwn(this.entries, key);
		return entry === 'sent' || isSuccess(entry) ? entry : undefined;
	}

	set(key: string, remembered: JournalEntry): void {
		this.entries[key] = remembered;
	}

	forget(key: string): void {
		delete this.entries[key];
	}

	/** Lets everything go, once there is nothing left to try again. */
	clear(): void {
		delete this.store[CONTEXT_KEY];
	}
}

function isSuccess(value: unknown): value is Success {
	return typeof getOwn(value, 'kind') === 'string' && getOwn(value, 'data') !== undefined;
}
