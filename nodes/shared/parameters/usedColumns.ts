import { walkStrings } from '../values/json';

/** An item's data in an expression: `$json`, `$('Node').item.json`, `item["json"]`, the older `$data` and `$node.A.data`. */
const ROOT = String.raw`\bjson\b(?:\s*["'\x60]\s*\])?|\$data\b|\$node\s*(?:\.\s*[\w$]+|\[[^\]]{0,500}\])\s*\.\s*data\b`;
const NAME = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;
const QUOTED = String.raw`"(?:[^"\\]|\\.){0,500}"|'(?:[^'\\]|\\.){0,500}'|\x60(?:[^\x60\\]|\\.){0,500}\x60`;
/** The column after it: `.name`, `?.name`, `["name"]`, `?.["name"]`, `[0]`. Neither where the data is used in another way. */
const USE = new RegExp(
	String.raw`(?:${ROOT})(?:\s*\??\.\s*(${NAME})|\s*(?:\?\.\s*)?\[\s*(${QUOTED}|\d+)\s*\])?`,
	'gu',
);
/** Any text, and any name after a dot or in braces. */
const WORD = new RegExp(String.raw`(${QUOTED})|[.{,]\s*(${NAME})`, 'gu');
const ESCAPE = /\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2})|(.))/giu;

/**
 * The columns that the expressions in these parameters use, whichever node the data comes from. Where an expression
 * reads all of the data, such as `$jmespath($json, "name")`, every word in it counts.
 */
export function usedColumns(stored: unknown): Set<string> {
	const used = new Set<string>();
	for (const text of walkStrings(stored)) {
		if (!text.startsWith('=')) continue;
		const code = text.slice(text.indexOf('{{'), text.lastIndexOf('}}'));
		let usesAll = false;
		for (const [, dotted, bracketed] of code.matchAll(USE)) {
			const name = dotted ?? bracketed;
			if (name === undefined) usesAll = true;
			else used.add(unquote(name));
		}
		if (!usesAll) continue;
		for (const [, quoted, name] of code.matchAll(WORD)) used.add(unquote(quoted ?? name ?? ''));
	}
	return used;
}

/** The text of a literal; anything without quotes is a name already. */
function unquote(literal: string): string {
	if (!/^["'`]/.test(literal)) return literal;
	return literal
		.slice(1, -1)
		.replace(ESCAPE, (whole, braced?: string, four?: string, two?: string, plain?: string) => {
			if (plain !== undefined) return plain;
			const code = parseInt(braced ?? four ?? two ?? '', 16);
			return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
		});
}
