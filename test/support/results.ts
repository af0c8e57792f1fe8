import type { RunResult } from './engine';

/** The `outcome` of each item that came out, an error's under `details`. */
export function outcomesOf({ items, errors }: RunResult): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { json } of [...items, ...errors]) {
		const details = json.details;
		const outcome =
			json.outcome ??
			(typeof details === 'object' && details !== null && 'outcome' in details
				? details.outcome
				: 'none');
		counts[String(outcome)] = (counts[String(outcome)] ?? 0) + 1;
	}
	return counts;
}

/** The input item that each output item is paired with. */
export function pairs(items: RunResult['items']): unknown[] {
	return items.map(({ pairedItem }) =>
		typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : pairedItem,
	);
}

/** The message and description of a failed execution. */
export function errorText({ error }: RunResult): string {
	return [error?.message, error?.description].join(' ');
}
