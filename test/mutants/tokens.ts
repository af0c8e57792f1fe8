import ts from 'typescript';

/** A token of TypeScript source: its text, and where it stands. */
export interface Token {
	text: string;
	start: number;
	end: number;
}

const OPERAND_ENDS = new Set([
	ts.SyntaxKind.Identifier,
	ts.SyntaxKind.NumericLiteral,
	ts.SyntaxKind.StringLiteral,
	ts.SyntaxKind.NoSubstitutionTemplateLiteral,
	ts.SyntaxKind.TemplateTail,
	ts.SyntaxKind.RegularExpressionLiteral,
	ts.SyntaxKind.CloseParenToken,
	ts.SyntaxKind.CloseBracketToken,
	ts.SyntaxKind.CloseBraceToken,
	ts.SyntaxKind.ThisKeyword,
]);

/**
 * The tokens of TypeScript source, which need not be complete. Trailing commas are left out, because
 * the formatter adds and removes them.
 */
export function tokensOf(text: string): Token[] {
	const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true, undefined, text);
	const tokens: Token[] = [];
	/** Open braces: true for the `${` of a template. */
	const braces: boolean[] = [];
	let previous = ts.SyntaxKind.Unknown;
	for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
		if (kind === ts.SyntaxKind.SlashToken && !OPERAND_ENDS.has(previous)) {
			kind = scanner.reScanSlashToken();
		} else if (kind === ts.SyntaxKind.OpenBraceToken) {
			braces.push(false);
		} else if (kind === ts.SyntaxKind.TemplateHead) {
			braces.push(true);
		} else if (kind === ts.SyntaxKind.CloseBraceToken && braces.pop() === true) {
			kind = scanner.reScanTemplateToken(false);
			if (kind === ts.SyntaxKind.TemplateMiddle) braces.push(true);
		}
		if (previous === ts.SyntaxKind.CommaToken && isClosing(kind)) tokens.pop();
		const { tokenText, start, end } = {
			tokenText: scanner.getTokenText(),
			start: scanner.getTokenStart(),
			end: scanner.getTokenEnd(),
		};
		tokens.push({ text: tokenText, start, end });
		previous = kind;
	}
	return tokens;
}

function isClosing(kind: ts.SyntaxKind): boolean {
	return (
		kind === ts.SyntaxKind.CloseParenToken ||
		kind === ts.SyntaxKind.CloseBracketToken ||
		kind === ts.SyntaxKind.CloseBraceToken
	);
}

/** Where a sequence of tokens occurs in a source text, as start and end offsets. */
export function findTokens(text: string, wanted: string): Array<{ start: number; end: number }> {
	const tokens = tokensOf(text);
	const sequence = tokensOf(wanted).map((token) => token.text);
	if (sequence.length === 0) return [];
	return tokens.flatMap(({ start }, first) => {
		const last = tokens[first + sequence.length - 1];
		const isMatch = sequence.every((token, index) => tokens[first + index]?.text === token);
		return isMatch && last !== undefined ? [{ start, end: last.end }] : [];
	});
}
