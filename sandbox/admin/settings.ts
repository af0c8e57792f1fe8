import { asNumber, asObject, asVendor, BadInput, refuseOthers } from './input';
import { isLimitHeaders, limitHeaderForms, type Limit } from '../server/rateLimits';
import { responsesOrders } from '../vendors/squadVoice/settings';
import {
	vendorNames,
	type Settings,
	type VendorName,
	type SandboxState,
} from '../server/SandboxState';

/** Switches that are words: which words they take. */
const words: Record<string, readonly string[]> = { responsesOrder: responsesOrders };

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

/** A vendor's switches: what its state holds of numbers and booleans, and of words that are known. */
function readSwitches(
	world: SandboxState,
	vendor: VendorName,
	value: unknown,
): Record<string, unknown> {
	const raw = asObject(value, vendor);
	const own: Record<string, unknown> = { ...world[vendor] };
	for (const [key, wish] of Object.entries(raw)) {
		const type = typeof own[key];
		const known = type === 'string' ? words[key] : undefined;
		if (known) {
			if (known.some((word) => word === wish)) continue;
			throw new BadInput(`${vendor}.${key} must be one of ${known.join(', ')}.`);
		}
		if (type !== 'number' && type !== 'boolean') throw new BadInput(`${vendor} has no ${key}.`);
		if (typeof wish !== type) throw new BadInput(`${vendor}.${key} must be a ${type}.`);
	}
	return raw;
}

function readSpeed(value: unknown): number {
	const speed = asNumber(value, 'deliveriesSpeed');
	if (speed > 0) return speed;
	throw new BadInput('deliveriesSpeed must be more than 0.');
}

/** Applies a body of PUT settings: all of it, or nothing when a part of it is wrong. */
export function applySettings(world: SandboxState, body: unknown): void {
	const raw = asObject(body);
	const known = ['latencyMs', 'seed', 'limits', 'deliveriesSpeed', ...vendorNames];
	refuseOthers(raw, known, 'The settings');
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
	const { speed } = world.deliveries;
	const nextSpeed = raw.deliveriesSpeed === undefined ? speed : readSpeed(raw.deliveriesSpeed);
	const switches = vendorNames
		.filter((vendor) => raw[vendor] !== undefined)
		.map((vendor) => [vendor, readSwitches(world, vendor, raw[vendor])] as const);
	Object.assign(world.settings, next);
	world.deliveries.speed = nextSpeed;
	for (const [vendor, values] of switches) Object.assign(world[vendor], values);
}
