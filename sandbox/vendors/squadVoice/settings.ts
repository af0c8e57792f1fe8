export const responsesOrders = ['oldest', 'newest', 'byId'] as const;

export type ResponsesOrder = (typeof responsesOrders)[number];

/** What may be set of the sandbox's SquadVoice, at the defaults: what the vendor documents, or leaves open. */
export class SquadVoiceSettings {
	/** How long a token got by login lasts. Documented: 36000 seconds. */
	tokenLifetimeMs = 36_000_000;
	/** ASSUMED: false; a call with the old token right after a refresh would tell. */
	refreshVoidsAccessToken = false;
	/** ASSUMED: true; no shape of a 400 is documented, so a client cannot count on one. */
	vagueErrors = true;
	/** ASSUMED: 1000; no maximum of a list is documented. */
	listMaximum = 1000;
	/** ASSUMED: 500, and a larger page_size is cut down to it, as Django REST does. */
	pageSizeMaximum = 500;
	/** ASSUMED: processed_after and processed_before include their own millisecond. */
	processedBoundsInclusive = true;
	/** ASSUMED: true, as seed 000's table says; its example leaves state_code out. */
	affiliateStateRequired = true;
	/** ASSUMED: false; what disable answers for an unknown lead_id is not documented. */
	refuseUnknownOnDisable = false;
	/** ASSUMED: the lead created first comes first in GET responses; a list would tell. */
	responsesOrder: ResponsesOrder = 'oldest';
	/**
	 * How long, by this machine's clock, GET responses does not show yet that a lead was processed,
	 * though its processed_at is earlier. ASSUMED: 0; a poll right after a call would tell.
	 */
	visibleAfterMs = 0;
	/** The Lead Processed webhook counts as received by 201 alone, as documented; else by any 2xx. */
	webhookWants201 = true;
	/** Leads that are created are processed by themselves. */
	autoProcess = false;
	/** How long after their creation. */
	autoProcessAfterMs = 200;
	/** How far the vendor's clock is ahead of this machine's; negative: behind. */
	clockSkewMs = 0;

	/** What the vendor's clock shows. */
	now(): number {
		return Date.now() + this.clockSkewMs;
	}
}
