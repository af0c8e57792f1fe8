/** Orders of GET responses. */
export const RESPONSES_ORDERS = ['oldest', 'newest', 'byId'] as const;

export type ResponsesOrder = (typeof RESPONSES_ORDERS)[number];

/**
 * Settings of the sandbox's SquadVoice; the defaults are what the vendor documents, or assumptions.
 */
export class SquadVoiceSettings {
	/** Lifetime of a token issued by login. Documented: 36000 seconds. */
	tokenLifetimeMs = 36_000_000;
	/**
	 * ASSUMED (whether a refresh ends the access token before it): no. Confirmed by a call with the
	 * old token right after a refresh.
	 */
	refreshVoidsAccessToken = false;
	/**
	 * A 400 names no lead. ASSUMED (the body of an error): it does not, as no body of a 400 is
	 * documented. Confirmed by a create with one invalid lead.
	 */
	vagueErrors = true;
	/** ASSUMED (the largest batch): 1000. Confirmed by the rejection of a long list. */
	listMaximum = 1000;
	/**
	 * ASSUMED (the largest `page_size`): 500, and a larger page_size is reduced to it, as Django REST does. Confirmed by a
	 * GET responses with a large page_size.
	 */
	pageSizeMaximum = 500;
	/**
	 * ASSUMED (whether the bounds of `processed_*` are inclusive): they include their own
	 * millisecond. Confirmed by a GET responses with the processed_at of a lead as bound.
	 */
	processedBoundsInclusive = true;
	/**
	 * ASSUMED (whether affiliates send `state_code`): yes, as the table of the SquadVoice affiliate
	 * API page says; its example has none. Confirmed by a create without it.
	 */
	affiliateStateRequired = true;
	/**
	 * ASSUMED (Disable of an unknown lead): accepted. Confirmed by such a call.
	 */
	rejectUnknownOnDisable = false;
	/** ASSUMED (the order of the list): by creation. Confirmed by one list of two leads. */
	responsesOrder: ResponsesOrder = 'oldest';
	/**
	 * How long, on this machine's clock, GET responses does not yet show that a lead was processed,
	 * although its processed_at is earlier. ASSUMED (when a processed lead is in the list): at once.
	 * Confirmed by a poll right after a call.
	 */
	visibleAfterMs = 0;
	/**
	 * Only a 201 acknowledges the Lead Processed webhook, as documented; otherwise any 2xx does. Real
	 * receivers answer 200.
	 */
	webhookWants201 = true;
	/** New leads are processed automatically. */
	autoProcess = false;
	/** Time from creation to automatic processing. */
	autoProcessAfterMs = 200;
	/** How far the vendor's clock is ahead of this machine's; negative when it is behind. */
	clockSkewMs = 0;

	/** The vendor's clock (epoch in milliseconds). */
	now(): number {
		return Date.now() + this.clockSkewMs;
	}
}
