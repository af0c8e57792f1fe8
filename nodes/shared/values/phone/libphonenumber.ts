/** The only module that may import libphonenumber-js: `gulp bundle` puts the library into its compiled file. */
export {
	default as parsePhoneNumber,
	getCountries,
	getCountryCallingCode,
	isSupportedCountry,
	validatePhoneNumberLength,
} from 'libphonenumber-js/max';
export type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
