import { createHash } from 'crypto';
import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';
import { isObject, own } from '../../values/json';
import type { Success } from '../outcome/outcome';

/** What is remembered of a lead: the outcome it had, or that it was sent and never answered. */
export type Remembered = Success | 'sent';

/** Whether it is known what became of a lead. */
export function isKnown(remembered: Remembered | undefined): remembered is Success {
	return remembered !== undefined && remembered !== 'sent';
}

const contextKey = 'leadDispatch';

/**
 * What this execution has sent, so that a second try of the node sends only the rest.
 *
 * n8n's Retry On Fail runs the whole node again; "Retry" in the executions list runs it again in a
 * new execution. Both carry n8n's node context along, so that is where it is kept, as plain JSON. A
 * lead is written down before it is sent: whatever happens then, it is not sent blindly again.
 */
export class Ledger {
	private constructor(
		private readonly store: IContextObject,
		private readonly entries: Record<string, unknown>,
	) {}

	/** Opens what earlier tries of the same run left; another run (the node is in a loop) starts afresh. */
	static open(context: IExecuteFunctions, operation: string): Ledger {
		const run = `${operation}|${String(context.getWorkflowDataProxy(0).$runIndex)}`;
		const store = context.getContext('node');
		const kept: unknown = store[contextKey];
		const entries = own(kept, 'run') === run ? own(kept, 'entries') : undefined;
		const ledger = new Ledger(store, isObject(entries) ? entries : {});
		store[contextKey] = { run, entries: ledger.entries };
		return ledger;
	}

	/** The key of a lead: a hash, so that no number or name is kept in it. */
	static keyOf(identity: string): string {
		return createHash('sha256').update(identity).digest('base64url').slice(0, 22);
	}

	get(key: string): Remembered | undefined {
		const entry = own(this.entries, key);
		return entry === 'sent' || isSuccess(entry) ? entry : undefined;
	}

	set(key: string, remembered: Remembered): void {
		this.entries[key] = remembered;
	}

	forget(key: string): void {
		delete this.entries[key];
	}

	/** Lets everything go, once there is nothing left to try again. */
	clear(): void {
		delete this.store[contextKey];
	}
}

function isSuccess(value: unknown): value is Success {
	return typeof own(value, 'kind') === 'string' && own(value, 'data') !== undefined;
}
