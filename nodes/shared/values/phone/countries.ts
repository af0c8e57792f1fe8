import { getCountries, getCountryCallingCode } from './libphonenumber';

/** A country for a drop-down: its ISO 3166-1 alpha-2 code, English name and calling code without plus. */
export interface Country {
	code: string;
	name: string;
	callingCode: string;
}

/** All countries whose numbers can be read, sorted by English name, for a drop-down. */
export const countries: Country[] = listCountries();

function listCountries(): Country[] {
	// A Node built without ICU has no Intl.DisplayNames: the name is then the code.
	const names =
		typeof Intl.DisplayNames === 'function'
			? new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' })
			: undefined;
	return getCountries()
		.map((code) => ({
			code,
			name: names?.of(code) ?? code,
			callingCode: getCountryCallingCode(code),
		}))
		.sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

/** The English name of a country, for a sentence. */
export function countryName(code: string): string {
	if (code === 'US') return 'the United States';
	return countries.find((country) => country.code === code)?.name ?? code;
}
