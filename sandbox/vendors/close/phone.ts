/**
 * The number in E.164, or undefined when it is none. Written for the sandbox alone, so that a mistake
 * in the package's own phone module cannot hide here too.
 *
 * The docs send "8004445555" and get "+18004445555" back. ASSUMED: a number without a plus is one of
 * the US, and 7 to 15 digits after a plus are plausible; Close may be stricter, a refusal would tell.
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

/** How Close shows a number, such as +1 800-444-5555. ASSUMED: others than +1 stay as they are. */
export function formatPhone(phone: string): string {
	return phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 $1-$2-$3');
}

/** ASSUMED: US for +1 (Close tells Canada from it), null where the sandbox does not know. */
export function countryOf(phone: string): string | null {
	return phone.startsWith('+1') ? 'US' : null;
}
