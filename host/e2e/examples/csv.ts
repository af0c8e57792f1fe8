/**
 * Parses CSV text into rows, with the columns named in its first line. Quoted cells may contain
 * commas, quotes and line breaks.
 */
export function readCsv(text: string): Array<Record<string, string>> {
	const lines: string[][] = [[]];
	const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/g;
	for (const match of text.replace(/^\uFEFF/, '').matchAll(cell)) {
		const [whole, value = '', end = ''] = match;
		// At the end of the text matchAll finds one more, empty match.
		if (whole === '' && lines.at(-1)?.length === 0) break;
		lines.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
		if (end === '') break;
		if (end !== ',') lines.push([]);
	}
	const [columns = [], ...rows] = lines.filter((cells) => cells.length > 0);
	return rows.map((cells) =>
		Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])),
	);
}
