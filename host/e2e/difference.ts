import type { IDataObject } from 'n8n-workflow';

function counted(items: IDataObject[], fields: string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const item of items) {
		const key = JSON.stringify(fields.map((field) => item[field] ?? null));
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	return counts;
}

/** So many differences are told one by one. */
const MAX_LISTED = 5;

/**
 * What is not the same about two lists of items, in any order, by some of their fields; empty when
 * nothing is.
 */
export function difference(
	arrived: IDataObject[],
	expected: IDataObject[],
	fields: string[],
): string {
	const came = counted(arrived, fields);
	const due = counted(expected, fields);
	const told = [...new Set([...came.keys(), ...due.keys()])].flatMap((key) => {
		const [times, wanted] = [came.get(key) ?? 0, due.get(key) ?? 0];
		return times === wanted ? [] : [`${key} came ${times} times instead of ${wanted}`];
	});
	const more = told.length > MAX_LISTED ? [`and ${told.length - MAX_LISTED} more`] : [];
	return [...told.slice(0, MAX_LISTED), ...more].join('; ');
}
