/**
 * Settings of the sandbox's Autocalls; the defaults are what the vendor documents, or assumptions.
 */
export class AutocallsSettings {
	/** Leads are listed as a plain array without pages, as in an earlier version of the API. */
	bareLists = false;
	/** Campaigns are listed as `{ data }`; the docs show a plain array. */
	wrappedCampaigns = false;
	/**
	 * Lists of leads and campaigns are in `{ leads }` and `{ campaigns }`, without pages, as a white
	 * label documents them.
	 */
	namedLists = false;
	/**
	 * Leads are updated at `/leads/{id}` only, as a white label documents (Famulor API page, Update
	 * lead).
	 */
	updatesBelowRoot = false;
	/**
	 * ASSUMED (the reply to a number that already exists): a rejection. Confirmed by a second create
	 * of one number in one campaign.
	 */
	rejectDuplicates = true;
	/** The assistant's setting of this name, on by default (Autocalls docs, post-call webhook). */
	webhookOnCompletedOnly = true;
	/** The webhook has recording_url, which is optional in the docs. */
	recordingInWebhook = true;
	/** The webhook's transcript is text, as in the docs' table, and not a list of lines. */
	transcriptAsText = false;
	/**
	 * The webhook has `campaign` beside `lead`, as a white label documents (Famulor API page,
	 * Post-call webhook).
	 */
	campaignBesideLead = false;
	/** Leads of started campaigns are called automatically. */
	autoCall = false;
	/** How long a lead then waits for its call, and how long the call takes. */
	autoCallAfterMs = 200;
	/** How far the vendor's clock is ahead of this machine's; negative when it is behind. */
	clockSkewMs = 0;

	/** The vendor's clock (epoch in milliseconds). */
	now(): number {
		return Date.now() + this.clockSkewMs;
	}
}
