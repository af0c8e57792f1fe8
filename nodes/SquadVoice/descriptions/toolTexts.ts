/** What a model is told of each operation; the first words say whether it writes. */
export const toolTexts: ReadonlyMap<string, string> = new Map([
	[
		'lead.create',
		'Writes: adds one person to a SquadVoice calling campaign, and SquadVoice will phone this person. Needs a lead ID of your own (unique in the campaign), a phone number with country code or a US number, the name of the person, and the US state for campaigns in the US. Not harmless to repeat: what SquadVoice does with a lead ID that it has already is not documented, so look with the get tool when in doubt. The answer has the outcome "created".',
	],
	[
		'lead.get',
		'Reads only: looks up one lead of a SquadVoice campaign by its lead ID, with its calls, their outcomes and answers. The outcome is "found" or "notFound". Harmless to repeat.',
	],
	[
		'lead.getAll',
		'Reads only: lists leads of a SquadVoice campaign with their calls, their outcomes and answers, as many as the limit allows. Harmless to repeat.',
	],
	[
		'lead.disable',
		'Writes: SquadVoice stops calling one lead of a campaign, given by its lead ID; use it for opt-outs and do-not-call requests. The outcome is "disabled". Harmless to repeat.',
	],
	[
		'lead.update',
		'Writes: changes the phone number, the name or custom fields of one SquadVoice lead, given by its lead ID; what is left empty stays as it is. The outcome is "updated" or "notFound". Harmless to repeat.',
	],
	[
		'lead.convert',
		'Writes: reports to SquadVoice that one lead has converted, with a code of up to 32 characters. Do not repeat it: it may count twice. The outcome is "updated" or "notFound".',
	],
	[
		'lead.delete',
		'Writes, and cannot be undone: erases the personal data of one SquadVoice lead, given by its lead ID, and stops calls to it. To stop calls only, use the disable tool. The outcome is "deleted" or "notFound". Harmless to repeat.',
	],
]);
