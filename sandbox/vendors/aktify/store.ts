/** A lead that Aktify has accepted. */
export interface AktifyLead {
	campaign: string;
	/** E.164, whatever the spelling it came in. */
	phone: string;
	/** The properties as they were sent. */
	sent: Record<string, unknown>;
	/** Epoch in milliseconds. */
	receivedAt: number;
	/** Always 1: a second create is answered with 409 and counted in `conflicts`. */
	arrivals: number;
	/** How often a create of this lead was answered with 409. */
	conflicts: number;
	/** Epoch in milliseconds; undefined while contact has not ended. */
	endedAt?: number;
}

/** The data of the sandbox's Aktify, and its settings. */
export class AktifyStore {
	/** By `${campaign}|${phone in E.164}`. */
	readonly leads = new Map<string, AktifyLead>();
	/** When contact with a number ended, whether or not it has a lead; same keys as `leads`. */
	readonly ended = new Map<string, number>();
	/** Since when a number (E.164) must not be contacted by any campaign of the company. */
	readonly dncs = new Map<string, number>();
	/** Numbers (E.164) that turn out to be landlines when their lead is processed. */
	readonly landlines = new Set<string>();
	/**
	 * Names of fields that a create does not accept, such as `source` or `metadata.color`. ASSUMED
	 * (which fields a campaign accepts): all of them. Confirmed by the reply to a create with each.
	 */
	readonly ignoredFields = new Set<string>();
	/**
	 * The regions that replies to a create have for ZIP codes. ASSUMED (whether the reply has the
	 * region found by the ZIP code): no. Confirmed by a create without a region.
	 */
	readonly regionByZip = new Map<string, string>();
	/**
	 * How long a lead is processed before its webhooks are sent, divided by the speed of deliveries.
	 * ASSUMED (how long a new lead is processed): 0; Aktify documents that it takes time, but not how
	 * long. Confirmed by the arrival times of real webhooks.
	 */
	processingMs = 0;
	/** How many more end-contact calls fail for a number (E.164). */
	protected readonly failing = new Map<string, number>();

	/** How often any create was answered with 409. */
	get conflicts(): number {
		return [...this.leads.values()].reduce((sum, lead) => sum + lead.conflicts, 0);
	}

	/** Counts of accepted leads, of leads accepted more than once (none), and of ended ones. */
	ledger(): { held: number; doubled: number; disabled: number } {
		const leads = [...this.leads.values()];
		return {
			held: leads.length,
			doubled: leads.filter((lead) => lead.arrivals > 1).length,
			disabled: leads.filter((lead) => lead.endedAt !== undefined).length,
		};
	}

	/** Deletes all data; settings return to their defaults. */
	reset(): void {
		this.leads.clear();
		this.ended.clear();
		this.failing.clear();
		this.dncs.clear();
		this.landlines.clear();
		this.ignoredFields.clear();
		this.regionByZip.clear();
		this.processingMs = 0;
	}
}
