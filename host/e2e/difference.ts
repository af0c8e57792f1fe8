import type { IDataObject } from 'n8n-workflow';

function counted(items: IDataObject[], fields: string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const item of items) {
		const key = JSON.stringify(fields.map((field) => item[field] ?? null));
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	return counts;
}

/** The number of differences that are listed one by one. */
const MAX_LISTED = 5;

/**
 * The differences between two lists of items in any order, compared by some of their fields; an
 * empty string when there are none.
 */
export function difference(
	actual: IDataObject[],
	expected: IDataObject[],
	fields: string[],
): string {
	const actualCounts = counted(actual, fields);
	const expectedCounts = counted(expected, fields);
	const differences = [...new Set([...actualCounts.keys(), ...expectedCounts.keys()])].flatMap(
		(key) => {
			const [count, wanted] = [actualCounts.get(key) ?? 0, expectedCounts.get(key) ?? 0];
			return count === wanted ? [] : [`${key} ${count} times instead of ${wanted}`];
		},
	);
	const more =
		differences.length > MAX_LISTED ? [`and ${differences.length - MAX_LISTED} more`] : [];
	return [...differences.slice(0, MAX_LISTED), ...more].join('; ');
}
