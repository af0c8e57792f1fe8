/** What a model is told of each operation; the first words say whether it writes. */
export const toolTexts: ReadonlyMap<string, string> = new Map([
	[
		'campaign.getAll',
		'Reads only: lists the Autocalls campaigns with their IDs, names and statuses. Use it to find the campaign ID that the other Autocalls tools ask for. Harmless to repeat.',
	],
	[
		'campaign.start',
		'Writes: starts an Autocalls campaign, given by its ID, and Autocalls will phone its leads. The outcome is "updated". Harmless to repeat.',
	],
	[
		'campaign.stop',
		'Writes: stops an Autocalls campaign, given by its ID; its leads are not called until it is started again. The outcome is "updated". Harmless to repeat.',
	],
	[
		'lead.create',
		'Writes: adds one phone number to an Autocalls campaign, and Autocalls will phone it. Needs the campaign ID and the number with its country code. The outcome is "created", or "duplicate" when the campaign has the number already. Harmless to repeat, unless the tool is set to allow duplicates.',
	],
	[
		'lead.get',
		'Reads only: looks up Autocalls leads by phone number or lead ID, with campaign, status and variables; one number may be in several campaigns. The outcome is "found" or "notFound". Harmless to repeat.',
	],
	[
		'lead.getAll',
		'Reads only: lists Autocalls leads by campaign, status, number or date, as many as the limit allows. Harmless to repeat.',
	],
	[
		'lead.update',
		'Writes: changes the phone number, campaign, status or variables of one Autocalls lead, given by its lead ID; what is left empty stays as it is. The outcome is "updated" or "notFound". Harmless to repeat.',
	],
	[
		'lead.disable',
		'Writes: Autocalls does not call a phone number (or one lead, given by its ID) again; without a campaign, in all campaigns. Use it for opt-outs. The outcome is "disabled" or "notFound". Harmless to repeat.',
	],
	[
		'lead.delete',
		'Writes, and cannot be undone: deletes one Autocalls lead, given by its lead ID, with its secondary contacts. To stop calls only, use the disable tool. The outcome is "deleted" or "notFound". Harmless to repeat.',
	],
]);
