/**
 * The number in E.164, or undefined for an invalid one. Shares no code with the package's own phone
 * module, so that a bug there cannot hide here too.
 *
 * ASSUMED (the format of phone numbers in requests): US numbers in any usual spelling (ten digits,
 * or eleven that start with 1; area code and exchange start with 2 to 9) and E.164 with a plus. The
 * docs show "(509) 555-1234". Confirmed by a rejection of one of these.
 */
export function toE164(value: string): string | undefined {
	const written = value.trim();
	if (!/^\+?[\d\s().-]+$/.test(written)) return undefined;
	const digits = written.replace(/\D/g, '');
	const national = /^1?([2-9]\d{2}[2-9]\d{6})$/.exec(digits)?.[1];
	if (!written.startsWith('+')) return national === undefined ? undefined : `+1${national}`;
	if (digits.startsWith('1')) return digits.length === 11 && national ? `+${digits}` : undefined;
	return /^[2-9]\d{7,14}$/.test(digits) ? `+${digits}` : undefined;
}
