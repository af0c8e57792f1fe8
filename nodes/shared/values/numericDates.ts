/** How dates are written that are not in ISO 8601: as the option Date Format says. */
export const DATE_FORMATS = ['iso', 'monthDayYear', 'dayMonthYear'] as const;

export type DateFormat = (typeof DATE_FORMATS)[number];

/** 11/01/2025, 1.11.2025 or 1-11-2025, as spreadsheets write it: also with a time, in 24 hours or with AM or PM. */
const NUMERIC_DATE =
	/^(\d{1,2})([/.-])(\d{1,2})\2(\d{2}|\d{4})(?:,? +(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?: ?([AP])\.?M\.?)?)?$/;

export type NumericDateResult = { iso: string } | { problem: string };

/**
 * Reads a date of numbers only, in capitals. Whether the day or the month comes first is never guessed.
 * @returns the same date and time in ISO 8601, a sentence that begins with the date, or undefined for any other text
 */
export function readNumericDate(text: string, format: DateFormat): NumericDateResult | undefined {
	const parts = NUMERIC_DATE.exec(text);
	if (!parts) return undefined;
	const [, first = '', , second = '', year = '', hour, minute, seconds = '00', half] = parts;
	if (format === 'iso') {
		return { problem: 'can be month/day/year or day/month/year, and no Date Format is set' };
	}
	if (year.length !== 4) return { problem: 'has a year of two digits. Write all four' };
	const [month, day] = format === 'monthDayYear' ? [first, second] : [second, first];
	const isClock = half === undefined || (Number(hour) >= 1 && Number(hour) <= 12);
	if (Number(month) > 12 || !isClock) {
		const name = format === 'monthDayYear' ? 'Month/Day/Year' : 'Day/Month/Year';
		return { problem: `is not a valid date in the Date Format ${name}` };
	}
	const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	if (hour === undefined || minute === undefined) return { iso };
	return { iso: `${iso}T${hourOf(hour, half)}:${minute}:${seconds}` };
}

/** The hour of 24, with two digits. */
function hourOf(hour: string, half: string | undefined): string {
	if (half === undefined) return hour.padStart(2, '0');
	return String((Number(hour) % 12) + (half === 'P' ? 12 : 0)).padStart(2, '0');
}
