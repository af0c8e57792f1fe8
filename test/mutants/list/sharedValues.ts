import type { Mutant } from '../mutant';

const OTHER_COUNTRIES = ['test/unit/shared/values/phone/otherCountries.test.ts'];

export const sharedValues: Mutant[] = [
	{
		what: 'a digit too many does not make a number of another country',
		file: 'nodes/shared/values/phone/phoneValidation.ts',
		find: '/^\\d+$/.test(text.number) && isTooLongForTypo(digits, country)',
		replace: 'true',
		tests: ['test/nodes/Aktify/actions/lead/create.operation.test.ts'],
	},
	{
		what: 'separators speak for the default country',
		file: 'nodes/shared/values/phone/phoneValidation.ts',
		find: '/^\\d+$/.test(text.number) &&',
		replace: 'true &&',
		tests: OTHER_COUNTRIES,
	},
	{
		what: 'without a default country, bare digits name none',
		file: 'nodes/shared/values/phone/phoneValidation.ts',
		find: 'if (country === undefined) return after00;',
		replace:
			"if (country === undefined) return after00 ?? validateInternational(text, digits, 'valid');",
		tests: ['test/nodes/Autocalls/actions/lead/create.operation.test.ts'],
	},
	{
		what: 'a number without its plus reads back as the same number',
		file: 'nodes/shared/values/phone/readPhone.ts',
		find: 'if (country && readsBackAs(e164, digits, validation, country)) return digits;',
		replace: 'if (country) return digits;',
		tests: ['test/nodes/SquadVoice/actions/lead/create.operation.test.ts'],
	},
	{
		what: 'a plus in front of a number grouped as a North American one is refused',
		file: 'nodes/shared/values/phone/phoneText.ts',
		find: 'if (inParentheses !== undefined && isRightAfterPrefix)',
		replace: 'if (false)',
		tests: OTHER_COUNTRIES,
	},
	{
		what: 'area codes that cannot exist are refused',
		file: 'nodes/shared/values/phone/numberingPlan.ts',
		find: 'if (hasImpossibleAreaCode(parsed)) return false;',
		replace: '',
		tests: OTHER_COUNTRIES,
	},
	{
		what: 'invisible characters are removed from every text',
		file: 'nodes/shared/values/json.ts',
		find: 'return cleanText(value).trim() || undefined;',
		replace: 'return value.trim() || undefined;',
		tests: ['test/kernel/spreadsheets.test.ts'],
	},
	{
		what: 'emoji and the joiners inside words stay',
		file: 'nodes/shared/values/cleanText.ts',
		find: 'return visiblePart(run, before, after);',
		replace: "return '';",
		tests: ['test/kernel/spreadsheets.test.ts'],
	},
	{
		what: 'an Excel date is read',
		file: 'nodes/shared/values/dates.ts',
		find: 'if (isIn(EXCEL_DAYS))',
		replace: 'if (false)',
		tests: ['test/kernel/spreadsheets.test.ts'],
	},
	{
		what: 'whether the month or the day comes first is not guessed',
		file: 'nodes/shared/values/numericDates.ts',
		find: "if (format === 'iso') {",
		replace: 'if (false) {',
		tests: ['test/unit/shared/values/numericDates.test.ts'],
	},
	{
		what: 'a number that is no date of our time is refused',
		file: 'nodes/shared/values/dates.ts',
		find: 'if (!isIn(SECONDS) && !isIn(MILLISECONDS))',
		replace: 'if (false)',
		tests: ['test/kernel/spreadsheets.test.ts'],
	},
	{
		what: 'a date object is sent in ISO 8601',
		file: 'nodes/shared/values/json.ts',
		find: 'isDate(value) ? asText(toJsonValue(value)) : undefined',
		replace: 'undefined',
		tests: ['test/kernel/spreadsheets.test.ts'],
	},
	{
		what: 'the ZIP code of a US address gets its lost zeros back',
		file: 'nodes/Close/lead/contacts.ts',
		find: "hasUsZips(country) ? readZip(text, 'ZIP Code') : text",
		replace: 'text',
		tests: ['test/kernel/spreadsheets.test.ts'],
	},
];
