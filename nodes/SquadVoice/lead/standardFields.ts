/** Names in a lead's body that SquadVoice defines itself (SquadVoice US and affiliate API pages). */
export const STANDARD_FIELDS: ReadonlySet<string> = new Set([
	'lead_id',
	'phone_number',
	'contact_name',
	'affiliate_id',
	'state_code',
	'ebr_datetime',
]);
