import ts from 'typescript';

/** One use of the old dialect. */
export interface Finding {
	file: string;
	line: number;
	/** The word as it is written there. */
	word: string;
	/** What to write instead. */
	instead: string;
}

interface Rule {
	pattern: RegExp;
	instead: string;
	/** Only in files of this kind; everywhere if missing. */
	only?: 'prose' | 'code';
	/** Matched against the text as it is, not with its identifiers split into words. */
	isVerbatim?: boolean;
}

/**
 * Words of the old dialect. Patterns see identifiers split into words (`toldWaitMs` as `told Wait Ms`),
 * so that one pattern covers comments, strings and names.
 */
const DIALECT: Rule[] = [
	{ pattern: /\btold\b/i, instead: 'reported, configured, said' },
	{ pattern: /\btell(?:s|ing)?\b/i, instead: 'report, say, show' },
	{ pattern: /(?<!['`])\b(?:no|some)body\b(?!['`])/i, instead: 'no one, someone, the vendor' },
	{ pattern: /\bdear(?:er|est)?\b/i, instead: 'expensive' },
	{ pattern: /\bparcels?\b/i, instead: 'job, lead' },
	{ pattern: /\bhollow\b/i, instead: 'incomplete' },
	{ pattern: /\bmanyeth\b/i, instead: 'nth' },
	{ pattern: /\bt(?:aken?|akes|aking|ook) down\b/i, instead: 'journal, record' },
	{ pattern: /\bmend(?:ed|s|ing)?\b/i, instead: 'fix' },
	{ pattern: /\bkept\b/i, instead: 'stored, saved' },
	{ pattern: /\bbooks\b/i, instead: 'state, records' },
	{
		pattern:
			/\b(?:the|a|an|its|their|two|three|one|each|same|by|of|no|under|open|sent|lasting|own|with|these|both|itself) marks?\b/i,
		instead: 'key, hash',
	},
	{ pattern: /\bmarks? of\b/i, instead: 'key, hash' },
	{ pattern: /\bround\b(?! ?-?trip|-robin| up| down| to|\(|['"])/i, instead: 'pass' },
	{ pattern: /\brounds\b(?! up| down| to)/i, instead: 'passes' },
	{ pattern: /\bnews\b/i, instead: 'events' },
	{ pattern: /(?<!already been )\btaken\b/i, instead: 'accepted, in use, removed' },
	{
		pattern:
			/\b(?:in (?:the |own )?words|(?:own|vendor's|'s|its|their|your|same) words|words that|words only|last word|with words)\b/i,
		instead: 'message, text',
	},
	{ pattern: /\bgo(?:es|ing)? by\b/i, instead: 'use, follow' },
	{ pattern: /\blook(?:s|ed|ing)? after\b/i, instead: 'repair, check, maintain' },
	{ pattern: /\bin life\b/i, instead: 'in production, realistic' },
	{ pattern: /\bdoors?\b/i, instead: 'endpoint, authentication' },
	{ pattern: /\bhand(?:s|ed|ing)?[- ](?:over|on)\b/i, instead: 'pass, forward' },
	{ pattern: /\bwalk(?:s|ed|ing)?\b(?! Strings)/i, instead: 'pass, scan, steps' },
	{ pattern: /\bbec(?:omes?|ame) of\b/i, instead: 'outcome of, happened to' },
	{ pattern: /\bstands? for (?:it|them)sel(?:f|ves)\b/i, instead: 'is never a duplicate' },
	{ pattern: /\bma(?:kes?|de) known\b/i, instead: 'report' },
	{ pattern: /\bovert(?:ake[ns]?|aking|ook)\b/i, instead: 'superseded' },
	{ pattern: /\bmade? up for\b/i, instead: 'repeated' },
	{ pattern: /\bbr(?:eaks?|oke|oken|eaking) off\b/i, instead: 'interrupted' },
	{ pattern: /\blet(?:s|ting)? go of\b/i, instead: 'release, drop' },
	{ pattern: /\banew\b/i, instead: 'again, from the start' },
	{ pattern: /\bportions?\b/i, instead: 'batch' },
	{ pattern: /\bsits? out\b/i, instead: 'wait, skip' },
	{ pattern: /\bpass(?:es|ed|ing)? over\b/i, instead: 'skip' },
	{ pattern: /\bseeds? 00\d\b/i, instead: "the name of the vendor's page" },
	{
		pattern: /^\s*(?:\/\*\*|\/\/|\*)\s*(?:So (?:many|much|long)|By what|Of what)\b/,
		instead: 'a noun: "Maximum …", "Leads per …"',
		only: 'code',
	},
	{
		pattern:
			/\b(?:behaviour|colour|favour|licence|dialled|recognis|normalis|initialis|authoris|serialis|summaris|capitalis|organis(?!m))\w*/i,
		instead: 'the American spelling',
	},
];

/** Names that the code had, and names that the panels had. */
const RETIRED: Rule[] = [
	{
		pattern: /\b(?:most|least|longest|shortest|largest|deepest|usually)(?!Recent|First)[A-Z]\w*\b/,
		instead: 'MAX_…, MIN_…, DEFAULT_…',
	},
	{
		pattern:
			/\b(?:Parcel|VendorClient|InvalidLead|CallFailed|askVendor|Pacer|ItemReader|SharedPace|runAction|shownFor)\b/,
		instead: 'the name of today',
	},
	{ pattern: /\btime-outs?\b/i, instead: 'timeout' },
	{ pattern: /\bGive Up After\b/, instead: 'Max Retry Time' },
	{ pattern: /\bRequests at Once\b/, instead: 'Max Concurrent Requests' },
	{ pattern: /\bLeads per Request\b/, instead: 'Batch Size' },
	{ pattern: /\bIf Already There\b/, instead: 'If Lead Exists' },
	{ pattern: /\bReturn as Duplicate\b/, instead: 'Report as Duplicate' },
	{ pattern: /\bPhone Check\b/, instead: 'Phone Validation' },
	{ pattern: /\bColumns to Leave Out\b/, instead: 'Exclude Columns' },
	{ pattern: /\bGet Leads By\b/, instead: 'Receive Leads By' },
	{ pattern: /\bReplace Another Webhook\b/, instead: 'Replace Existing Webhook' },
	{
		pattern: /\b(?:de)?activat(?:e[ds]?|ing|ions?)\b/i,
		instead: 'publish, unpublish',
		only: 'prose',
	},
];

const RULES: Rule[] = [...DIALECT, ...RETIRED.map((rule) => ({ ...rule, isVerbatim: true }))];

/** Splits identifiers into words: `toldWaitMs` and `TOLD_WAIT_MS` read as three words. */
function splitIdentifiers(text: string): string {
	return text.replace(/([a-z0-9])(?=[A-Z])/g, '$1 ').replace(/([A-Za-z])_(?=[A-Za-z])/g, '$1 ');
}

function findingsInLine(file: string, text: string, line: number): Finding[] {
	const split = splitIdentifiers(text);
	const isProse = file.endsWith('.md');
	return RULES.filter(({ only }) => only === undefined || (only === 'prose') === isProse).flatMap(
		({ pattern, instead, isVerbatim }) => {
			const [word] = pattern.exec(isVerbatim === true ? text : split) ?? [];
			return word === undefined ? [] : [{ file, line, word: word.trim(), instead }];
		},
	);
}

/** Uses of the dialect in a whole file: comments, strings, names and prose. */
export function findDialect(file: string, text: string): Finding[] {
	return text.split('\n').flatMap((line, index) => findingsInLine(file, line, index + 1));
}

/** Uses of the dialect in the titles of the tests of a file. */
export function findDialectInTitles(file: string, text: string): Finding[] {
	return titlesOf(file, text).flatMap(({ title, line }) => findingsInLine(file, title, line));
}

/** Titles of `describe`, `it` and `test`, also with `.each(…)`, `.skip` and the like. */
export function titlesOf(file: string, text: string): Array<{ title: string; line: number }> {
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	const titles: Array<{ title: string; line: number }> = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && isTestCall(node.expression)) {
			const [first] = node.arguments;
			if (
				first !== undefined &&
				(ts.isStringLiteralLike(first) || ts.isTemplateExpression(first))
			) {
				const { line } = source.getLineAndCharacterOfPosition(first.getStart(source));
				titles.push({ title: first.getText(source).slice(1, -1), line: line + 1 });
			}
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return titles;
}

function isTestCall(callee: ts.Expression): boolean {
	if (ts.isIdentifier(callee)) return ['describe', 'it', 'test'].includes(callee.text);
	if (ts.isPropertyAccessExpression(callee)) return isTestCall(callee.expression);
	if (ts.isCallExpression(callee)) return isTestCall(callee.expression);
	return ts.isTaggedTemplateExpression(callee) && isTestCall(callee.tag);
}

export function toText({ file, line, word, instead }: Finding): string {
	return `${file}:${line}: ${word} (write: ${instead})`;
}
