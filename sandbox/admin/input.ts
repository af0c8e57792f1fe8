import { isFaultKind, type FaultRule } from '../server/faults';
import { isRecord } from '../lib/guards';
import { isVendorName, vendorNames, type VendorName } from '../server/SandboxState';

/** Thrown for admin input that cannot be used; its message is what the caller is told. */
export class BadInput extends Error {}

/** The body as an object, or a refusal. */
export function asObject(value: unknown, what = 'The body'): Record<string, unknown> {
	if (!isRecord(value)) throw new BadInput(`${what} must be a JSON object.`);
	return value;
}

/** A vendor's name, or a refusal that lists the names. */
export function asVendor(value: unknown): VendorName {
	if (!isVendorName(value)) throw new BadInput(`vendor must be one of ${vendorNames.join(', ')}.`);
	return value;
}

/** Refuses keys that are not known. */
export function refuseOthers(raw: Record<string, unknown>, known: string[], what: string): void {
	const stranger = Object.keys(raw).find((key) => !known.includes(key));
	if (stranger !== undefined) throw new BadInput(`${what} has no ${stranger}.`);
}

/** The value as a number from `least` up, or a refusal. */
export function asNumber(value: unknown, what: string, least = 0): number {
	if (typeof value === 'number' && Number.isFinite(value) && value >= least) return value;
	throw new BadInput(`${what} must be a number from ${least} up.`);
}

const texts = ['method', 'path', 'location'] as const;
const numbers = ['status', 'ms', 'every', 'probability', 'seed', 'times'] as const;

function asPattern(source: string): RegExp | undefined {
	try {
		return new RegExp(source);
	} catch {
		return undefined;
	}
}

function readPattern(value: unknown): RegExp {
	const pattern = typeof value === 'string' ? asPattern(value) : undefined;
	if (!pattern) throw new BadInput('pathPattern must be a regular expression.');
	return pattern;
}

/** Headers, their values as text. */
export function readHeaders(value: unknown): Record<string, string> {
	const raw = asObject(value, 'headers');
	return Object.fromEntries(Object.entries(raw).map(([name, text]) => [name, String(text)]));
}

/** Reads a fault rule; `pathPattern` stands for the RegExp that JSON cannot hold. */
export function readFault(body: unknown): FaultRule {
	const raw = asObject(body, 'A fault');
	const others = ['kind', 'vendor', 'headers', 'body', 'nth', 'pathPattern'];
	refuseOthers(raw, [...others, ...texts, ...numbers], 'A fault');
	if (!isFaultKind(raw.kind)) throw new BadInput('kind is not the name of a fault.');
	const rule: FaultRule = { kind: raw.kind };
	if (raw.vendor !== undefined) rule.vendor = asVendor(raw.vendor);
	for (const key of texts) {
		const value = raw[key];
		if (value !== undefined && typeof value !== 'string') {
			throw new BadInput(`${key} must be a string.`);
		}
		if (value !== undefined) rule[key] = value;
	}
	for (const key of numbers) {
		if (raw[key] !== undefined) rule[key] = asNumber(raw[key], key, key === 'every' ? 1 : 0);
	}
	if (raw.status !== undefined && !(Number(raw.status) >= 200 && Number(raw.status) <= 599)) {
		throw new BadInput('status must be from 200 to 599.');
	}
	if (raw.pathPattern !== undefined) rule.path = readPattern(raw.pathPattern);
	if (raw.headers !== undefined) rule.headers = readHeaders(raw.headers);
	if (raw.body !== undefined) rule.body = raw.body;
	if (raw.nth !== undefined) {
		rule.nth = [raw.nth].flat().map((position) => asNumber(position, 'nth', 1));
	}
	return rule;
}
