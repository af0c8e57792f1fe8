/** What may be set of the sandbox's Autocalls, at the defaults: what the vendor documents, or leaves open. */
export class AutocallsSettings {
	/** Leads are listed as a bare array without pages, as the vendor's API did before. */
	bareLists = false;
	/** Campaigns are listed as `{ data }`; documented is a bare array. */
	wrappedCampaigns = false;
	/** ASSUMED: true; a second create of one number in one campaign would tell. */
	refuseDuplicates = true;
	/** The assistant's setting of that name, on by default (Autocalls docs, post-call webhook). */
	webhookOnCompletedOnly = true;
	/** Whether recording_url is in the webhook: optional by the docs. */
	recordingInWebhook = true;
	/** The webhook's transcript is text, as the docs' table has it, and no list of lines. */
	transcriptAsText = false;
	/** Leads of running campaigns are called by themselves. */
	autoCall = false;
	/** How long a lead waits for its call then, and how long that takes. */
	autoCallAfterMs = 200;
	/** How far the vendor's clock is ahead of this machine's; negative: behind. */
	clockSkewMs = 0;

	/** What the vendor's clock shows. */
	now(): number {
		return Date.now() + this.clockSkewMs;
	}
}
