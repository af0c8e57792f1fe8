import type { CloseLead } from './store';
import type { Shown } from './render';

/** A lead before and after a write; undefined where there is none. */
export interface LeadChange {
	leadId: string;
	before: Shown | undefined;
	after: Shown | undefined;
}

/** The IDs of two merged leads. */
export interface Merge {
	source: string;
	destination: string;
}

interface Recorded {
	lead: CloseLead;
	before: Shown | undefined;
}

/** Records what a write does to leads, while `record` runs it. */
export class LeadChanges {
	private recorded: Map<string, Recorded> | undefined;
	private merge: Merge | undefined;

	/** `show` returns the event data of a lead; undefined for a deleted one. */
	constructor(private readonly show: (lead: CloseLead) => Shown | undefined) {}

	/** Call before a lead changes or is deleted. */
	before(lead: CloseLead): void {
		if (!this.recorded || this.recorded.has(lead.id)) return;
		this.recorded.set(lead.id, { lead, before: this.show(lead) });
	}

	/** Call after a lead was created. */
	created(lead: CloseLead): void {
		this.recorded?.set(lead.id, { lead, before: undefined });
	}

	/** Call after leads were merged. */
	merged(merge: Merge): void {
		this.merge = merge;
	}

	/** Runs a write, synchronously so that no other write interferes, and returns its changes. */
	record<T>(write: () => T): { result: T; changes: LeadChange[]; merge: Merge | undefined } {
		const recorded = new Map<string, Recorded>();
		this.recorded = recorded;
		this.merge = undefined;
		try {
			const result = write();
			const changes = [...recorded.values()].map(({ lead, before }) => ({
				leadId: lead.id,
				before,
				after: this.show(lead),
			}));
			return { result, changes, merge: this.merge };
		} finally {
			this.recorded = undefined;
		}
	}
}
