import { numberingPlans, type CountryCode, type PhoneNumber } from './libphonenumber';

/**
 * North American area codes that cannot exist: they start with 0 or 1, are service codes such as 911, or are set aside
 * (N9X, 37X and 96X, NANPA).
 */
const IMPOSSIBLE_NANP_AREA_CODE = /^(?:[01]|\d9|\d11|37|96)/;

/** Ten digits alone may always be a North American number without its country code. */
const SHORTEST_BARE = 11;

const lengthsByPlan = new Map<string, readonly number[]>();

/** Numbers of digits, without country code, of mobile and fixed-line numbers; empty for plans without such numbers. */
export function usualLengths(countryOrCallingCode: string): readonly number[] {
	const known = lengthsByPlan.get(countryOrCallingCode);
	if (known !== undefined) return known;
	numberingPlans.selectNumberingPlan(countryOrCallingCode);
	const lengths = ['MOBILE', 'FIXED_LINE'].flatMap(
		(name) => numberingPlans.type(name)?.possibleLengths() ?? [],
	);
	lengthsByPlan.set(countryOrCallingCode, lengths);
	return lengths;
}

/** True if a number could be assigned: the length of a mobile or fixed-line number, and an area code that can exist. */
export function isPossibleNumber(parsed: PhoneNumber): boolean {
	if (parsed.isValid()) return true;
	if (!parsed.isPossible()) return false;
	if (hasImpossibleAreaCode(parsed)) return false;
	const plan = parsed.country ?? parsed.countryCallingCode;
	if (keepsTrunkZero(parsed.nationalNumber, plan)) return false;
	const lengths = usualLengths(plan);
	return lengths.length === 0 || lengths.includes(parsed.nationalNumber.length);
}

/** True if a trunk zero, which is dialed inside the country only, is left in front: no number remains without it. */
function keepsTrunkZero(nationalNumber: string, plan: string): boolean {
	return nationalNumber.startsWith('0') && hasTrunkZero(plan);
}

/** True if 0 is dialed in front of a number inside the country. */
export function hasTrunkZero(countryOrCallingCode: string): boolean {
	numberingPlans.selectNumberingPlan(countryOrCallingCode);
	return numberingPlans.numberingPlan?.nationalPrefix() === '0';
}

export function hasImpossibleAreaCode({
	countryCallingCode,
	nationalNumber,
}: PhoneNumber): boolean {
	return countryCallingCode === '1' && IMPOSSIBLE_NANP_AREA_CODE.test(nationalNumber);
}

/** True if digits are so many that they are no number of the country, not even one with a digit too many. */
export function isTooLongForTypo(digits: string, country: CountryCode): boolean {
	return (
		digits.length >= Math.max(...usualLengths(country).map((length) => length + 2), SHORTEST_BARE)
	);
}
