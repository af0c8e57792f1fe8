import type { FaultRule } from '../server/faults';
import type { SandboxState } from '../server/SandboxState';
import { VENDOR_NAMES, type VendorName } from '../vendorNames';
import { asObject, asVendor, InvalidInput, rejectUnknownKeys } from './input';

/** The kinds of outages, as the faults that they consist of. */
export const OUTAGES = {
	down: { kind: 'status', status: 503 },
	slow: { kind: 'stallAfter', ms: 5000 },
	lostReplies: { kind: 'resetAfter', every: 3 },
} as const satisfies Record<string, FaultRule>;

export type Outage = keyof typeof OUTAGES;

export const OUTAGE_NAMES: readonly Outage[] = ['down', 'slow', 'lostReplies'];

/** One rule per vendor and outage: the fault injector has it while the outage lasts. */
const RULES = VENDOR_NAMES.flatMap((vendor) =>
	OUTAGE_NAMES.map((outage) => {
		const rule: FaultRule = { ...OUTAGES[outage], vendor };
		return { vendor, outage, rule };
	}),
);

/** The outage of a vendor, if it has one. */
export function outageOf(state: SandboxState, vendor: VendorName): Outage | undefined {
	const active = state.faults.report().map(({ rule }) => rule);
	return RULES.find((entry) => entry.vendor === vendor && active.includes(entry.rule))?.outage;
}

/** The number of faults that are no outage: a script or a test has set them. */
export function otherFaults(state: SandboxState): number {
	return state.faults.report().filter(({ rule }) => !RULES.some((entry) => entry.rule === rule))
		.length;
}

/**
 * Starts an outage of a vendor, instead of the present one, or ends it:
 * `{ vendor, outage: 'down' | 'slow' | 'lostReplies' | 'none' }`.
 * @throws InvalidInput
 */
export function setOutage(state: SandboxState, body: unknown): { outage: Outage | 'none' } {
	const raw = asObject(body);
	rejectUnknownKeys(raw, ['vendor', 'outage'], 'The body');
	const vendor = asVendor(raw.vendor);
	const outage = OUTAGE_NAMES.find((name) => name === raw.outage);
	if (!outage && raw.outage !== 'none') {
		throw new InvalidInput(`outage must be one of ${OUTAGE_NAMES.join(', ')}, none.`);
	}
	for (const entry of RULES) {
		if (entry.vendor !== vendor) continue;
		state.faults.remove(entry.rule);
		if (entry.outage === outage) state.faults.add(entry.rule);
	}
	return { outage: outage ?? 'none' };
}
