import { seededRandom } from '../lib/random';

/** Kinds that reply, or cut the connection, before the handler runs. */
export const FAULTS_BEFORE = [
	'status',
	'stallBefore',
	'resetBefore',
	'redirect',
	'tokenExpired',
] as const;

/** Kinds that spoil the reply after the handler ran. */
export const FAULTS_AFTER = [
	'stallAfter',
	'resetAfter',
	'cutOff',
	'brokenJson',
	'htmlPage',
	'wrongContentType',
	'slowDrip',
	'otherHeaders',
	'otherReply',
	'halfWritten',
] as const;

export type FaultBefore = (typeof FAULTS_BEFORE)[number];
export type FaultAfter = (typeof FAULTS_AFTER)[number];
export type FaultKind = FaultBefore | FaultAfter;

const BEFORE_KINDS: ReadonlySet<string> = new Set(FAULTS_BEFORE);
const ALL_KINDS: ReadonlySet<string> = new Set([...FAULTS_BEFORE, ...FAULTS_AFTER]);

/** True for the name of a fault. */
export function isFaultKind(value: unknown): value is FaultKind {
	return typeof value === 'string' && ALL_KINDS.has(value);
}

/** True for a fault that takes effect before the handler runs. */
export function isBeforeHandler(kind: FaultKind): kind is FaultBefore {
	return BEFORE_KINDS.has(kind);
}

/** A fault, and the requests on which it occurs. */
export interface FaultRule {
	kind: FaultKind;
	/** Which requests match; default: all. A text `path` must be contained, a RegExp must match. */
	vendor?: string;
	method?: string;
	path?: string | RegExp;
	/** Text that the request's body must contain, as JSON. */
	contains?: string;
	/** The reply, for the kinds that reply. */
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
	location?: string;
	/** Duration of a stall or a slow reply; default: 1000. */
	ms?: number;
	/** On which matching requests it occurs: the nth (from 1), or every n-th; default: on each. */
	nth?: number | readonly number[];
	every?: number;
	/** Probability of occurring where it otherwise would, drawn from `seed`. */
	probability?: number;
	seed?: number;
	/** The maximum number of occurrences. */
	times?: number;
}

interface Target {
	vendor: string;
	method: string;
	path: string;
	body?: unknown;
}

interface ActiveRule {
	rule: FaultRule;
	matched: number;
	fired: number;
	random: () => number;
}

const textOf = (body: unknown) => JSON.stringify(body) ?? '';

function matches(rule: FaultRule, target: Target): boolean {
	if (rule.vendor !== undefined && rule.vendor !== target.vendor) return false;
	if (rule.method !== undefined && rule.method.toUpperCase() !== target.method) return false;
	if (rule.contains !== undefined && !textOf(target.body).includes(rule.contains)) return false;
	if (rule.path === undefined) return true;
	// search() ignores lastIndex: a RegExp with the g flag does not skip every second request.
	return typeof rule.path === 'string'
		? target.path.includes(rule.path)
		: target.path.search(rule.path) !== -1;
}

function fires({ rule, matched, fired, random }: ActiveRule): boolean {
	if (rule.times !== undefined && fired >= rule.times) return false;
	if (rule.nth !== undefined && ![rule.nth].flat().includes(matched)) return false;
	if (rule.every !== undefined && matched % rule.every !== 0) return false;
	return rule.probability === undefined || random() < rule.probability;
}

/** Injects faults. If several rules match one request, the oldest one applies. */
export class FaultInjector {
	private active: ActiveRule[] = [];

	/** Adds a rule; it counts matching requests from now on. */
	add(rule: FaultRule): void {
		this.active.push({ rule, matched: 0, fired: 0, random: seededRandom(rule.seed ?? 1) });
	}

	/** Removes a rule, if it is there. */
	remove(rule: FaultRule): void {
		this.active = this.active.filter((active) => active.rule !== rule);
	}

	/** Removes all rules. */
	clear(): void {
		this.active = [];
	}

	/** The rules, with how often each matched and fired. */
	report(): Array<{ rule: FaultRule; matched: number; fired: number }> {
		return this.active.map(({ rule, matched, fired }) => ({ rule, matched, fired }));
	}

	/** The fault of this request, if one occurs. Every matching rule counts the request. */
	next(target: Target): FaultRule | undefined {
		let chosen: ActiveRule | undefined;
		for (const active of this.active) {
			if (!matches(active.rule, target)) continue;
			active.matched += 1;
			if (!chosen && fires(active)) chosen = active;
		}
		if (chosen) chosen.fired += 1;
		return chosen?.rule;
	}
}
