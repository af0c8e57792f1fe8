import { parseInstant } from '../../../../nodes/shared/values/dates';
import { readNumericDate } from '../../../../nodes/shared/values/numericDates';

const shown = (input: string, format: 'iso' | 'monthDayYear' | 'dayMonthYear') => {
	const result = parseInstant(input, 'America/New_York', format);
	return result.ok ? new Date(result.epochMs).toISOString() : result.reason;
};

it.each([
	['11/01/2025', '2025-11-01T04:00:00.000Z', '2025-01-11T05:00:00.000Z'],
	['1/2/2025', '2025-01-02T05:00:00.000Z', '2025-02-01T05:00:00.000Z'],
	['01.02.2025', '2025-01-02T05:00:00.000Z', '2025-02-01T05:00:00.000Z'],
	['01-02-2025', '2025-01-02T05:00:00.000Z', '2025-02-01T05:00:00.000Z'],
	['1/2/2025 9:30', '2025-01-02T14:30:00.000Z', '2025-02-01T14:30:00.000Z'],
	['1/2/2025, 9:30:15 PM', '2025-01-03T02:30:15.000Z', '2025-02-02T02:30:15.000Z'],
	['1/2/2025 12:05 a.m.', '2025-01-02T05:05:00.000Z', '2025-02-01T05:05:00.000Z'],
	['1/2/2025 12:05pm', '2025-01-02T17:05:00.000Z', '2025-02-01T17:05:00.000Z'],
	[' 1/2/2025 ', '2025-01-02T05:00:00.000Z', '2025-02-01T05:00:00.000Z'],
])('reads %s by the format', (input, monthFirst, dayFirst) => {
	expect(shown(input, 'monthDayYear')).toBe(monthFirst);
	expect(shown(input, 'dayMonthYear')).toBe(dayFirst);
	expect(shown(input, 'iso')).toContain('can be month/day/year or day/month/year');
});

it.each([
	['25/12/2025', 'monthDayYear', 'is not a valid date in the Date Format Month/Day/Year'],
	['12/25/2025', 'dayMonthYear', 'is not a valid date in the Date Format Day/Month/Year'],
	['2/30/2025', 'monthDayYear', 'is not a day of the calendar'],
	['0/1/2025', 'monthDayYear', 'is not a day of the calendar'],
	['1/2/25', 'monthDayYear', 'has a year of two digits'],
	['1/2/2025 13:00 PM', 'monthDayYear', 'is not a valid date in the Date Format'],
	['1/2/2025 25:00', 'monthDayYear', 'is not a day of the calendar'],
	['1/2-2025', 'monthDayYear', 'is not a valid date in ISO 8601'],
	['1/2/2025 noon', 'monthDayYear', 'is not a valid date in ISO 8601'],
] as const)('refuses %s as %s', (input, format, reason) => {
	expect(shown(input, format)).toContain(reason);
});

it.each(['monthDayYear', 'dayMonthYear'] as const)(
	'with %s, reads other dates as before',
	(format) => {
		for (const input of ['2025-11-01', '20251101', '45962', '2025-11-01T09:30:00Z']) {
			expect(shown(input, format)).toBe(shown(input, 'iso'));
			expect(readNumericDate(input, format)).toBeUndefined();
		}
	},
);
