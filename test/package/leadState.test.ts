import ts from 'typescript';
import { sources } from './support';

const HOME = 'nodes/shared/actions/leadState.ts';
const isState = (name: ts.Node) => ts.isIdentifier(name) && name.text === 'state';

/** The places where a source text sets a property `state`: assigned, deleted, or part of a new object. */
function stateWritesIn(text: string): string[] {
	const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.ESNext, true);
	const found: string[] = [];
	const accesses = (node: ts.Node): boolean =>
		(ts.isPropertyAccessExpression(node) && isState(node.name)) ||
		(ts.isElementAccessExpression(node) &&
			ts.isStringLiteralLike(node.argumentExpression) &&
			node.argumentExpression.text === 'state');
	/** Whether an assignment to a node, which may be a pattern, sets the property. */
	const targets = (node: ts.Node): boolean => {
		if (ts.isArrayLiteralExpression(node)) return node.elements.some(targets);
		if (!ts.isObjectLiteralExpression(node)) return accesses(node);
		return node.properties.some(
			(each) => ts.isPropertyAssignment(each) && targets(each.initializer),
		);
	};
	const isWrite = (node: ts.Node): boolean =>
		(ts.isBinaryExpression(node) &&
			node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
			node.operatorToken.kind <= ts.SyntaxKind.LastAssignment &&
			targets(node.left)) ||
		(ts.isDeleteExpression(node) && accesses(node.expression)) ||
		((ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) &&
			isState(node.name));
	const visit = (node: ts.Node): void => {
		if (isWrite(node)) found.push(node.getText(source));
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

it("only leadState.ts sets a job's state", () => {
	const actions = sources().filter(({ file }) => file.startsWith('nodes/shared/actions/'));
	expect(actions).not.toEqual([]);
	const others = actions.filter(({ file }) => file !== HOME);
	expect(
		others.flatMap(({ file, text }) => stateWritesIn(text).map((write) => `${file}: ${write}`)),
	).toEqual([]);
});

it.each([
	'job.state = ready;',
	'this.jobs[0]!.state ??= ready;',
	"job['state'] = ready;",
	'({ status: job.state } = other);',
	'[job.state] = [ready];',
	'delete job.state;',
	'const next = { ...job, state: ready };',
	'Object.assign(job, { state });',
])('would find the write in: %s', (text) => {
	expect(stateWritesIn(text)).not.toEqual([]);
});

it.each([
	'if (job.state === ready) done();',
	'const { state } = job;',
	'const status = job.state.status;',
	'jobs.filter(({ state }) => state.status === "ready");',
	'found[job.state.status] = job;',
])('finds none in: %s', (text) => {
	expect(stateWritesIn(text)).toEqual([]);
});
