/**
 * The number in E.164, or undefined for an invalid one. Shares no code with the package's own phone
 * module, so that a bug there cannot hide here too.
 *
 * The docs send "8004445555" and receive "+18004445555". ASSUMED (the format of phone numbers in
 * requests): a number without a plus is a US number, and 7 to 15 digits after a plus are valid;
 * Close may be stricter. Confirmed by a rejection.
 */
export function toE164(value: string): string | undefined {
	const written = value.trim();
	if (!/^\+?[\d\s().-]+$/.test(written)) return undefined;
	const digits = written.replace(/\D/g, '');
	const national = /^1?([2-9]\d{2}[2-9]\d{6})$/.exec(digits)?.[1];
	if (!written.startsWith('+')) return national === undefined ? undefined : `+1${national}`;
	if (digits.startsWith('1')) return digits.length === 11 && national ? `+${digits}` : undefined;
	return /^[2-9]\d{6,14}$/.test(digits) ? `+${digits}` : undefined;
}

/**
 * The display format of a number, such as +1 800-444-5555. ASSUMED (the display format and country
 * of numbers outside the US): numbers outside +1 stay in E.164. Confirmed by a lead with such a
 * number.
 */
export function formatPhone(phone: string): string {
	return phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 $1-$2-$3');
}

/**
 * ASSUMED (the display format and country of numbers outside the US): US for +1 (Close
 * distinguishes Canada), null for all other numbers. Confirmed by a lead with such a number.
 */
export function countryOf(phone: string): string | null {
	return phone.startsWith('+1') ? 'US' : null;
}
