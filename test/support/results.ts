import type { RunResult } from './engine';

/** How many of the items that came out have each outcome. */
export function outcomesOf({ items, errors }: RunResult): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { json } of [...items, ...errors]) {
		const outcome = String(json.outcome ?? 'none');
		counts[outcome] = (counts[outcome] ?? 0) + 1;
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
