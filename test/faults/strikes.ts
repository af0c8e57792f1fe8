import type { FaultRule } from '../../sandbox';
import { seededRandom } from '../../sandbox/lib/random';
import type { Stage } from './fault';
import { numbered } from './write';

/** Requests of a cell are at most this many times those of a run without faults. */
const mostRequests = 20;
const burstLength = 6;

/** A rule for all requests to the cell's vendor. */
export function add({ world, vendor }: Stage, rule: FaultRule): void {
	world.faults.add({ vendor, ...rule });
}

/**
 * Strikes a burst of requests near the beginning, and then one after so many; far enough apart that
 * one request is not struck at all its tries.
 */
export function strike(stage: Stage, rule: FaultRule): void {
	const apart = Math.max(20, Math.ceil(stage.requests / 25));
	const after = numbered(mostRequests * 25, (index) => 2 + burstLength + (index + 1) * apart);
	const nth = [...numbered(burstLength, (index) => 2 + index), ...after];
	add(stage, { ...rule, nth });
}

/** Strikes twelve requests in a row, from now on: more than are open at once, so some are struck twice. */
export function burst(stage: Stage, rule: FaultRule): void {
	add(stage, { ...rule, nth: numbered(12, (index) => 2 + index) });
}

/** Strikes single requests, each with one of the rules, where and with which being drawn by the seed. */
export function strikeAtRandom(stage: Stage, seed: number, rules: FaultRule[]): void {
	const random = seededRandom(seed);
	const least = Math.max(8, Math.ceil(stage.requests / 60));
	const positions = rules.map((): number[] => []);
	for (
		let at = 2;
		at < mostRequests * stage.requests;
		at += least + Math.floor(random() * 2 * least)
	) {
		positions[Math.floor(random() * rules.length)]?.push(at);
	}
	rules.forEach((rule, index) => add(stage, { ...rule, nth: positions[index] ?? [] }));
}
