/** The vendors that the sandbox imitates. */
export const VENDOR_NAMES = ['squadVoice', 'aktify', 'autocalls', 'close'] as const;

export type VendorName = (typeof VENDOR_NAMES)[number];

/** True for the name of a vendor that the sandbox imitates. */
export function isVendorName(value: unknown): value is VendorName {
	return VENDOR_NAMES.some((name) => name === value);
}
