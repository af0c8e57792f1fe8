import { isRecord } from '../lib/guards';
import { isFaultKind, type FaultRule } from '../server/faults';
import { isVendorName, VENDOR_NAMES, type VendorName } from '../vendorNames';

/** Thrown for invalid admin input; the message goes to the client. */
export class InvalidInput extends Error {}

/**
 * The value as a JSON object.
 * @throws InvalidInput
 */
export function asObject(value: unknown, what = 'The body'): Record<string, unknown> {
	if (!isRecord(value)) throw new InvalidInput(`${what} must be a JSON object.`);
	return value;
}

/**
 * The value as a vendor's name.
 * @throws InvalidInput, with the list of names
 */
export function asVendor(value: unknown): VendorName {
	if (!isVendorName(value))
		throw new InvalidInput(`vendor must be one of ${VENDOR_NAMES.join(', ')}.`);
	return value;
}

/**
 * Checks that there are only known keys.
 * @throws InvalidInput
 */
export function rejectUnknownKeys(
	raw: Record<string, unknown>,
	known: string[],
	what: string,
): void {
	const unknown = Object.keys(raw).find((key) => !known.includes(key));
	if (unknown !== undefined) throw new InvalidInput(`${what} has no ${unknown}.`);
}

/**
 * The value as a string.
 * @throws InvalidInput
 */
export function asText(value: unknown, what: string): string {
	if (typeof value === 'string') return value;
	throw new InvalidInput(`${what} must be a string.`);
}

/**
 * The value as a number of at least `min`.
 * @throws InvalidInput
 */
export function asNumber(value: unknown, what: string, min = 0): number {
	if (typeof value === 'number' && Number.isFinite(value) && value >= min) return value;
	throw new InvalidInput(`${what} must be a number from ${min} up.`);
}

const TEXT_KEYS = ['method', 'path', 'contains', 'location'] as const;
const NUMBER_KEYS = ['status', 'ms', 'every', 'probability', 'seed', 'times'] as const;

function asPattern(source: string): RegExp | undefined {
	try {
		return new RegExp(source);
	} catch {
		return undefined;
	}
}

function readPattern(value: unknown): RegExp {
	const pattern = typeof value === 'string' ? asPattern(value) : undefined;
	if (!pattern) throw new InvalidInput('pathPattern must be a regular expression.');
	return pattern;
}

/**
 * Headers with text values.
 * @throws InvalidInput
 */
export function readHeaders(value: unknown): Record<string, string> {
	const raw = asObject(value, 'headers');
	return Object.fromEntries(Object.entries(raw).map(([name, text]) => [name, String(text)]));
}

/**
 * Reads a fault rule; `pathPattern` is the source of a RegExp.
 * @throws InvalidInput
 */
export function readFault(body: unknown): FaultRule {
	const raw = asObject(body, 'A fault');
	const others = ['kind', 'vendor', 'headers', 'body', 'nth', 'pathPattern'];
	rejectUnknownKeys(raw, [...others, ...TEXT_KEYS, ...NUMBER_KEYS], 'A fault');
	if (!isFaultKind(raw.kind)) throw new InvalidInput('kind is not the name of a fault.');
	const rule: FaultRule = { kind: raw.kind };
	if (raw.vendor !== undefined) rule.vendor = asVendor(raw.vendor);
	for (const key of TEXT_KEYS) {
		const value = raw[key];
		if (value !== undefined && typeof value !== 'string') {
			throw new InvalidInput(`${key} must be a string.`);
		}
		if (value !== undefined) rule[key] = value;
	}
	for (const key of NUMBER_KEYS) {
		if (raw[key] !== undefined) rule[key] = asNumber(raw[key], key, key === 'every' ? 1 : 0);
	}
	if (raw.status !== undefined && !(Number(raw.status) >= 200 && Number(raw.status) <= 599)) {
		throw new InvalidInput('status must be from 200 to 599.');
	}
	if (raw.pathPattern !== undefined) rule.path = readPattern(raw.pathPattern);
	if (raw.headers !== undefined) rule.headers = readHeaders(raw.headers);
	if (raw.body !== undefined) rule.body = raw.body;
	if (raw.nth !== undefined) {
		rule.nth = [raw.nth].flat().map((position) => asNumber(position, 'nth', 1));
	}
	return rule;
}
