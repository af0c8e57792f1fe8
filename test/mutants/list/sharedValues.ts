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
];
