/** Settings of the sandbox's Close; the defaults are what the vendor documents, or assumptions. */
export class CloseSettings {
	/**
	 * Answers 402 to every create of a lead, a contact or a note. ASSUMED (which requests 402
	 * answers): to nothing else. Confirmed by other writes at the limit of a plan.
	 */
	planLimitReached = false;
	/**
	 * How long the search index lags behind a write. ASSUMED (how long search lags): 0. Confirmed by
	 * a search after a create.
	 */
	indexLagMs = 0;
	/** Lifetime of an access token. Documented: 3600 seconds. */
	tokenLifetimeMs = 3_600_000;
	/** The user declines at the consent screen. */
	denyAuthorization = false;
	/** Documented: 30 seconds. */
	cursorLifetimeMs = 30_000;
	/** The maximum number of objects in one paged search. Documented: 10,000. */
	searchMaximum = 10_000;
	/** The docs have a maximum that varies, and a 400 above it; public clients ask for 200 leads. */
	limitMaximum = 200;
	/**
	 * ASSUMED (the largest `_skip`): 10,000 for every _skip, as for _limit. Confirmed by a list with
	 * a larger _skip.
	 */
	skipMaximum = 10_000;
	/**
	 * `_fields=custom` returns the fields as one object, as old integrations know it; named ones come
	 * as `custom.cf_...` in any case.
	 */
	customAsObject = false;
	/** The maximum number of webhook subscriptions of the organization. Documented: 40. */
	webhookMaximum = 40;
	/**
	 * How long `updated` and `deleted` events are delayed, so that one event can cover several
	 * updates. Divided by the speed of deliveries. ASSUMED (the delay of `updated` and `deleted`
	 * events): 0; the docs mention the delay, but not its length. Confirmed by the arrival time of an
	 * update's webhook.
	 */
	eventDelayMs = 0;
	/**
	 * Leads come without `contacts` and `opportunities`, which the Close API page, Create a new lead,
	 * marks as deprecated in replies.
	 */
	omitsDeprecatedFields = false;
}
