import type { CloseLead } from './model';
import type { Shown } from './render';

/** A lead before and after a write; undefined where there is none. */
export interface LeadChange {
	leadId: string;
	before: Shown | undefined;
	after: Shown | undefined;
}

export interface Merge {
	source: string;
	destination: string;
}

interface Noted {
	lead: CloseLead;
	before: Shown | undefined;
}

/** Notes what a write does to leads, while one is watched; what happens otherwise goes unseen. */
export class LeadChanges {
	private noted: Map<string, Noted> | undefined;
	private merge: Merge | undefined;

	/** `show` is what an event says of a lead; undefined for one that is gone. */
	constructor(private readonly show: (lead: CloseLead) => Shown | undefined) {}

	/** To be called before a lead changes or goes. */
	before(lead: CloseLead): void {
		if (!this.noted || this.noted.has(lead.id)) return;
		this.noted.set(lead.id, { lead, before: this.show(lead) });
	}

	/** To be called when a lead has been made. */
	created(lead: CloseLead): void {
		this.noted?.set(lead.id, { lead, before: undefined });
	}

	/** To be called when leads are merged. */
	merged(merge: Merge): void {
		this.merge = merge;
	}

	/** Runs a write (synchronous, so that nothing else comes in between) and says what it did. */
	watch<T>(write: () => T): { result: T; changes: LeadChange[]; merge: Merge | undefined } {
		const noted = new Map<string, Noted>();
		this.noted = noted;
		this.merge = undefined;
		try {
			const result = write();
			const changes = [...noted.values()].map(({ lead, before }) => ({
				leadId: lead.id,
				before,
				after: this.show(lead),
			}));
			return { result, changes, merge: this.merge };
		} finally {
			this.noted = undefined;
		}
	}
}
