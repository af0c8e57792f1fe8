/** What a model is told of each operation; the first words say whether it writes. */
export const toolTexts: ReadonlyMap<string, string> = new Map([
	[
		'lead.create',
		'Writes: adds one lead (a company or person, with its contacts) to the CRM Close. A lead that Close has already, by phone number or email, is not added again: the outcome is "created" or "duplicate". Do not repeat it within a minute: Close finds a new lead only after a moment.',
	],
	[
		'lead.upsert',
		'Writes: updates the lead in the CRM Close that matches, or creates it if there is none. The outcome is "updated" or "created". Do not repeat it within a minute: Close finds a new lead only after a moment.',
	],
	[
		'lead.get',
		'Reads only: gets one lead of the CRM Close by its lead ID (lead_...), with contact, status and custom fields. The outcome is "found" or "notFound". Use the search tool when the ID is not known. Harmless to repeat.',
	],
	[
		'lead.getAll',
		'Reads only: lists leads of the CRM Close, as many as the limit allows. Use the search tool to find a certain lead. Harmless to repeat.',
	],
	[
		'lead.search',
		'Reads only: finds leads in the CRM Close by phone number, email, name, status or date, and gives their lead IDs (lead_...). A lead that was made or changed a moment ago may be missing. Harmless to repeat.',
	],
	[
		'lead.update',
		'Writes: changes one lead of the CRM Close, given by its lead ID (lead_...); what is left empty stays as it is. The outcome is "updated" or "notFound". Harmless to repeat.',
	],
	[
		'lead.disable',
		'Writes: gives one lead of the CRM Close, given by its lead ID (lead_...), the status that means "do not call". Deletes nothing. The outcome is "disabled" or "notFound". Harmless to repeat.',
	],
	[
		'lead.merge',
		'Writes, and cannot be undone: merges one lead of the CRM Close into another and deletes the first; both are given by lead ID (lead_...). The outcome is "updated", with the lead that stays. A repeat is refused, as the first lead is gone.',
	],
	[
		'lead.delete',
		'Writes, and cannot be undone: deletes one lead of the CRM Close, given by its lead ID (lead_...), with its contacts and activities. The outcome is "deleted" or "notFound". Harmless to repeat.',
	],
	[
		'note.create',
		'Writes: puts a note on the timeline of one lead in the CRM Close, given by its lead ID (lead_...). Not harmless to repeat: each call writes one more note. The outcome is "created".',
	],
]);
