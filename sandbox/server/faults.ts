import { seededRandom } from '../lib/random';

/** Kinds that answer (or cut) before the vendor has done anything. */
export const faultsBefore = [
	'status',
	'stallBefore',
	'resetBefore',
	'redirect',
	'tokenExpired',
] as const;

/** Kinds that spoil the reply after the vendor has done what was asked. */
export const faultsAfter = [
	'stallAfter',
	'resetAfter',
	'cutOff',
	'brokenJson',
	'htmlPage',
	'wrongContentType',
	'slowDrip',
] as const;

export type FaultBefore = (typeof faultsBefore)[number];
export type FaultAfter = (typeof faultsAfter)[number];
export type FaultKind = FaultBefore | FaultAfter;

const beforeKinds: ReadonlySet<string> = new Set(faultsBefore);
const allKinds: ReadonlySet<string> = new Set([...faultsBefore, ...faultsAfter]);

/** True for the name of a fault the sandbox can make. */
export function isFaultKind(value: unknown): value is FaultKind {
	return typeof value === 'string' && allKinds.has(value);
}

/** True when the fault strikes before the vendor has done anything. */
export function isBeforeHandler(kind: FaultKind): kind is FaultBefore {
	return beforeKinds.has(kind);
}

export interface FaultRule {
	kind: FaultKind;
	/** Which requests match. Left out: all of them. `path` must be contained, or match. */
	vendor?: string;
	method?: string;
	path?: string | RegExp;
	/** What is answered, for the kinds that answer. */
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
	location?: string;
	/** How long a stall holds or a slow reply takes; 1000 when left out. */
	ms?: number;
	/** On which matching requests it fires (from 1), or on every how-manyeth. Left out: on each. */
	nth?: number | readonly number[];
	every?: number;
	/** Chance of firing where it otherwise would, drawn from `seed`. */
	probability?: number;
	seed?: number;
	/** The most it fires. */
	times?: number;
}

interface Target {
	vendor: string;
	method: string;
	path: string;
}

interface StandingRule {
	rule: FaultRule;
	matched: number;
	fired: number;
	random: () => number;
}

function matches(rule: FaultRule, target: Target): boolean {
	if (rule.vendor !== undefined && rule.vendor !== target.vendor) return false;
	if (rule.method !== undefined && rule.method.toUpperCase() !== target.method) return false;
	if (rule.path === undefined) return true;
	// search() ignores lastIndex, so a RegExp with the g flag does not skip every second request.
	return typeof rule.path === 'string'
		? target.path.includes(rule.path)
		: target.path.search(rule.path) !== -1;
}

function fires({ rule, matched, fired, random }: StandingRule): boolean {
	if (rule.times !== undefined && fired >= rule.times) return false;
	if (rule.nth !== undefined && ![rule.nth].flat().includes(matched)) return false;
	if (rule.every !== undefined && matched % rule.every !== 0) return false;
	return rule.probability === undefined || random() < rule.probability;
}

/** The faults that are to happen. Of several that would fire on one request the oldest does. */
export class FaultInjector {
	private standing: StandingRule[] = [];

	/** Adds a rule; its counting of matching requests starts now. */
	add(rule: FaultRule): void {
		this.standing.push({ rule, matched: 0, fired: 0, random: seededRandom(rule.seed ?? 1) });
	}

	/** Removes all rules. */
	clear(): void {
		this.standing = [];
	}

	/** Rules as they stand, with how often each matched and fired. */
	report(): Array<{ rule: FaultRule; matched: number; fired: number }> {
		return this.standing.map(({ rule, matched, fired }) => ({ rule, matched, fired }));
	}

	/** The fault for this request, if one fires. Every rule that matches counts the request. */
	next(target: Target): FaultRule | undefined {
		let chosen: StandingRule | undefined;
		for (const standing of this.standing) {
			if (!matches(standing.rule, target)) continue;
			standing.matched += 1;
			if (!chosen && fires(standing)) chosen = standing;
		}
		if (chosen) chosen.fired += 1;
		return chosen?.rule;
	}
}
