/**
 * The number in E.164, or undefined when it is none. Written for the sandbox alone, so that a mistake
 * in the package's own phone module cannot hide here too.
 *
 * ASSUMED: taken are US numbers in any usual spelling (ten digits, or eleven from 1 on, area code and
 * exchange from 2 on) and E.164 with a plus. The docs show "(509) 555-1234"; a refusal would tell.
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
