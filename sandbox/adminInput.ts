import { isFaultKind, type FaultRule } from './faults';
import { isLimitHeaders, limitHeaderForms, type Limit } from './limits';
import { isRecord } from './narrow';
import { isVendorName, vendorNames, type Settings, type VendorName, type World } from './world';

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

function refuseOthers(raw: Record<string, unknown>, known: string[], what: string): void {
	const stranger = Object.keys(raw).find((key) => !known.includes(key));
	if (stranger !== undefined) throw new BadInput(`${what} has no ${stranger}.`);
}

function asNumber(value: unknown, what: string, least = 0): number {
	if (typeof value === 'number' && Number.isFinite(value) && value >= least) return value;
	throw new BadInput(`${what} must be a number from ${least} up.`);
}

function readLatency(value: unknown): Settings['latencyMs'] {
	if (!Array.isArray(value)) return asNumber(value, 'latencyMs');
	const least = asNumber(value[0], 'latencyMs[0]');
	return [least, asNumber(value[1], 'latencyMs[1]', least)];
}

function readLimit(value: unknown): Limit {
	const raw = asObject(value, 'A limit');
	refuseOthers(raw, ['requests', 'windowMs', 'headers', 'announce'], 'A limit');
	const headers = raw.headers ?? 'retryAfterSeconds';
	if (!isLimitHeaders(headers)) {
		throw new BadInput(`headers must be one of ${limitHeaderForms.join(', ')}.`);
	}
	return {
		requests: asNumber(raw.requests, 'requests'),
		windowMs: asNumber(raw.windowMs, 'windowMs', 1),
		headers,
		announce: raw.announce === true,
	};
}

/** Settings of SquadVoice that may be set from outside, by the type of their default. */
function readSquadVoice(world: World, value: unknown): Record<string, unknown> {
	const raw = asObject(value, 'squadVoice');
	const own: Record<string, unknown> = { ...world.squadVoice };
	for (const [key, wish] of Object.entries(raw)) {
		const type = typeof own[key];
		if (type !== 'number' && type !== 'boolean') throw new BadInput(`squadVoice has no ${key}.`);
		if (typeof wish !== type) throw new BadInput(`squadVoice.${key} must be a ${type}.`);
	}
	return raw;
}

/** Applies a body of PUT settings: all of it, or nothing when a part of it is wrong. */
export function applySettings(world: World, body: unknown): void {
	const raw = asObject(body);
	refuseOthers(raw, ['latencyMs', 'seed', 'limits', 'squadVoice'], 'The settings');
	const next: Partial<Settings> = {};
	if (raw.latencyMs !== undefined) next.latencyMs = readLatency(raw.latencyMs);
	if (raw.seed !== undefined) next.seed = asNumber(raw.seed, 'seed');
	if (raw.limits !== undefined) {
		next.limits = { ...world.settings.limits };
		for (const [name, limit] of Object.entries(asObject(raw.limits, 'limits'))) {
			const vendor = asVendor(name);
			next.limits[vendor] = limit === null ? undefined : readLimit(limit);
		}
	}
	const squadVoice = raw.squadVoice === undefined ? {} : readSquadVoice(world, raw.squadVoice);
	Object.assign(world.settings, next);
	Object.assign(world.squadVoice, squadVoice);
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

function readHeaders(value: unknown): Record<string, string> {
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
