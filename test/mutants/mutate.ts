import ts from 'typescript';
import type { Mutation } from './mutant';
import { findTokens } from './tokens';

/** Replaces the one occurrence of `find`. @throws Error where it occurs never, or more than once */
export function mutate(text: string, { file, find, replace, within }: Mutation): string {
	const scopes = within === undefined ? undefined : declarationsNamed(text, within);
	if (scopes?.length === 0) throw new Error(`${file} declares no ${within}`);
	const [match, ...others] = findTokens(text, find).filter(
		({ start, end }) =>
			scopes === undefined || scopes.some((scope) => scope.start <= start && end <= scope.end),
	);
	const place = within === undefined ? file : `${within} of ${file}`;
	if (match === undefined) throw new Error(`"${find}" does not occur in ${place}`);
	if (others.length > 0) throw new Error(`"${find}" occurs ${others.length + 1} times in ${place}`);
	return text.slice(0, match.start) + replace + text.slice(match.end);
}

/** The functions, methods, classes, constants and properties with a name, as start and end offsets. */
function declarationsNamed(text: string, name: string): Array<{ start: number; end: number }> {
	const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.ESNext, true);
	const found: Array<{ start: number; end: number }> = [];
	const visit = (node: ts.Node): void => {
		const declared = ts.getNameOfDeclaration(node as ts.Declaration);
		if (declared?.getText(source) === name) {
			found.push({ start: node.getStart(source), end: node.getEnd() });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}
