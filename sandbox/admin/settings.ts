import { isLimitHeaders, LIMIT_HEADERS, type Limit } from '../server/rateLimits';
import type { SandboxState } from '../server/SandboxState';
import type { Settings } from '../server/ServerControl';
import { VENDOR_NAMES, type VendorName } from '../vendorNames';
import { RESPONSES_ORDERS } from '../vendors/squadVoice/settings';
import { asNumber, asObject, asVendor, InvalidInput, rejectUnknownKeys } from './input';

/** The values of vendor settings that are enumerations. */
const ENUMS: Record<string, readonly string[]> = { responsesOrder: RESPONSES_ORDERS };

function readLatency(value: unknown): Settings['latencyMs'] {
	if (!Array.isArray(value)) return asNumber(value, 'latencyMs');
	const min = asNumber(value[0], 'latencyMs[0]');
	return [min, asNumber(value[1], 'latencyMs[1]', min)];
}

function readLimit(value: unknown): Limit {
	const raw = asObject(value, 'A limit');
	rejectUnknownKeys(raw, ['requests', 'windowMs', 'headers', 'announce', 'burst'], 'A limit');
	const headers = raw.headers ?? 'retryAfterSeconds';
	if (!isLimitHeaders(headers)) {
		throw new InvalidInput(`headers must be one of ${LIMIT_HEADERS.join(', ')}.`);
	}
	return {
		requests: asNumber(raw.requests, 'requests'),
		windowMs: asNumber(raw.windowMs, 'windowMs', 1),
		headers,
		announce: raw.announce === true,
		...(raw.burst === undefined ? {} : { burst: readBurst(raw.burst) }),
	};
}

function readBurst(value: unknown): Limit['burst'] {
	const raw = asObject(value, 'burst');
	rejectUnknownKeys(raw, ['requests', 'windowMs'], 'burst');
	return {
		requests: asNumber(raw.requests, 'burst.requests'),
		windowMs: asNumber(raw.windowMs, 'burst.windowMs', 1),
	};
}

/** Reads a vendor's settings: the numbers, booleans and enumerations of its state. */
function readVendorSettings(
	state: SandboxState,
	vendor: VendorName,
	value: unknown,
): Record<string, unknown> {
	const raw = asObject(value, vendor);
	const current: Record<string, unknown> = { ...state[vendor] };
	for (const [key, wanted] of Object.entries(raw)) {
		const type = typeof current[key];
		const allowed = type === 'string' ? ENUMS[key] : undefined;
		if (allowed) {
			if (allowed.some((name) => name === wanted)) continue;
			throw new InvalidInput(`${vendor}.${key} must be one of ${allowed.join(', ')}.`);
		}
		if (type !== 'number' && type !== 'boolean') throw new InvalidInput(`${vendor} has no ${key}.`);
		if (typeof wanted !== type) throw new InvalidInput(`${vendor}.${key} must be a ${type}.`);
	}
	return raw;
}

function readSpeed(value: unknown): number {
	const speed = asNumber(value, 'deliveriesSpeed');
	if (speed > 0) return speed;
	throw new InvalidInput('deliveriesSpeed must be more than 0.');
}

/**
 * Applies the body of PUT settings, or nothing when a part of it is invalid.
 * @throws InvalidInput
 */
export function applySettings(state: SandboxState, body: unknown): void {
	const raw = asObject(body);
	const known = ['latencyMs', 'seed', 'limits', 'deliveriesSpeed', ...VENDOR_NAMES];
	rejectUnknownKeys(raw, known, 'The settings');
	const next: Partial<Settings> = {};
	if (raw.latencyMs !== undefined) next.latencyMs = readLatency(raw.latencyMs);
	if (raw.seed !== undefined) next.seed = asNumber(raw.seed, 'seed');
	if (raw.limits !== undefined) {
		next.limits = { ...state.settings.limits };
		for (const [name, limit] of Object.entries(asObject(raw.limits, 'limits'))) {
			const vendor = asVendor(name);
			next.limits[vendor] = limit === null ? undefined : readLimit(limit);
		}
	}
	const { speed } = state.deliveries;
	const nextSpeed = raw.deliveriesSpeed === undefined ? speed : readSpeed(raw.deliveriesSpeed);
	const vendorSettings = VENDOR_NAMES.filter((vendor) => raw[vendor] !== undefined).map(
		(vendor) => [vendor, readVendorSettings(state, vendor, raw[vendor])] as const,
	);
	Object.assign(state.settings, next);
	state.deliveries.speed = nextSpeed;
	for (const [vendor, values] of vendorSettings) Object.assign(state[vendor], values);
}
