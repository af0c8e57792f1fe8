/** The only module that may import libphonenumber-js: `gulp bundle` puts the library into its compiled file. */
import { Metadata, type MetadataJson } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';

export {
	default as parsePhoneNumber,
	getCountries,
	getCountryCallingCode,
	isSupportedCountry,
	validatePhoneNumberLength,
} from 'libphonenumber-js/max';
export type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';

/** What the library's `Metadata` has beyond its declared types. */
interface NumberingPlans {
	selectNumberingPlan(countryOrCallingCode: string): void;
	numberingPlan?: { nationalPrefix(): string | undefined };
	/** @param name such as `MOBILE` */
	type(name: string): { possibleLengths(): number[] } | undefined;
}

/** All numbering plans; one at a time is selected. */
export const numberingPlans = new Metadata(metadata as MetadataJson) as Metadata & NumberingPlans;
