/**
 * What the nodes use of libphonenumber-js. `gulp bundle` puts the library into the compiled file of
 * this module, so no other module may import it: all nodes share one copy, and the package needs
 * no dependency.
 */
export {
	default as parsePhoneNumber,
	getCountries,
	getCountryCallingCode,
	isSupportedCountry,
	validatePhoneNumberLength,
} from 'libphonenumber-js/max';
export type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
