/** What a model is told of each operation; the first words say whether it writes. */
export const toolTexts: ReadonlyMap<string, string> = new Map([
	[
		'lead.create',
		'Writes: adds one person to an Aktify campaign, and Aktify will text or call this person. Needs a phone number, and a US state or ZIP code. The outcome is "created", or "duplicate" when the campaign has the number already. Harmless to repeat: a number counts once. There is no tool that looks up a lead at Aktify.',
	],
	[
		'lead.disable',
		'Writes: Aktify stops contacting one phone number in this campaign, unless that person writes first; use it for opt-outs. The outcome is "disabled", also for a number that Aktify never had. Harmless to repeat.',
	],
]);
