/**
 * ASSUMED: both vendors say "two letter State Code" / "US state codes" and list none. Taken are the
 * 50 states, DC and the territories with a postal code, in capitals; a vendor's own list, or a
 * refusal of one of these, would confirm or correct it.
 */
const codes = new Set(
	(
		'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM ' +
		'NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR VI GU AS MP'
	).split(' '),
);

/** True for a US state or territory code in capitals. */
export function isUsState(value: unknown): value is string {
	return typeof value === 'string' && codes.has(value);
}
