import type { FaultRule } from '../../sandbox';
import { seededRandom } from '../../sandbox/lib/random';
import type { FaultContext } from './fault';
import { numbered } from './write';

/** The maximum number of requests of a cell, as a multiple of those of a run without faults. */
const MAX_REQUEST_FACTOR = 20;
const BURST_LENGTH = 6;

/** A rule for all requests to the cell's vendor. */
export function add({ world, vendor }: FaultContext, rule: FaultRule): void {
	world.faults.add({ vendor, ...rule });
}

/**
 * Strikes a burst of requests near the start, and then one at regular distances: far enough apart that
 * not every attempt of a request is struck.
 */
export function strike(context: FaultContext, rule: FaultRule): void {
	const distance = Math.max(20, Math.ceil(context.requests / 25));
	const after = numbered(
		MAX_REQUEST_FACTOR * 25,
		(index) => 2 + BURST_LENGTH + (index + 1) * distance,
	);
	const nth = [...numbered(BURST_LENGTH, (index) => 2 + index), ...after];
	add(context, { ...rule, nth });
}

/** Strikes the next twelve requests: more than are open at a time, so some are struck twice. */
export function burst(context: FaultContext, rule: FaultRule): void {
	add(context, { ...rule, nth: numbered(12, (index) => 2 + index) });
}

/** Strikes single requests, at positions and with rules that the seed determines. */
export function strikeAtRandom(context: FaultContext, seed: number, rules: FaultRule[]): void {
	const random = seededRandom(seed);
	const minDistance = Math.max(8, Math.ceil(context.requests / 60));
	const positions = rules.map((): number[] => []);
	for (
		let at = 2;
		at < MAX_REQUEST_FACTOR * context.requests;
		at += minDistance + Math.floor(random() * 2 * minDistance)
	) {
		positions[Math.floor(random() * rules.length)]?.push(at);
	}
	rules.forEach((rule, index) => add(context, { ...rule, nth: positions[index] ?? [] }));
}
