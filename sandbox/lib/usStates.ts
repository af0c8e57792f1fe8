/**
 * ASSUMED (US state codes): the 50 states, DC and the territories with a postal code, in capitals.
 * The vendors say "two letter State Code" and "US state codes" without a list. Confirmed by a
 * vendor's list, or by a rejection of one of these.
 */
const CODES = new Set(
	(
		'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM ' +
		'NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR VI GU AS MP'
	).split(' '),
);

/** True for a US state or territory code in capitals. */
export function isUsState(value: unknown): value is string {
	return typeof value === 'string' && CODES.has(value);
}
