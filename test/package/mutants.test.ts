import { problemsOf } from '../mutants/checkMutants';
import { mutants } from '../mutants/mutants';
import type { Mutation } from '../mutants/mutant';
import { mutate } from '../mutants/mutate';
import { ROOT } from './support';

it('every mutant applies to the sources and names its tests', () => {
	expect(mutants.flatMap((mutant) => problemsOf(ROOT, mutant))).toEqual([]);
});

it('every mutant has its own name', () => {
	const names = mutants.map(({ what }) => what);
	expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

describe('a mutation', () => {
	const source = `
		function first() { return [ a,\n b,\n ]; }
		const second = () => [a, b];
		const url = \`\${base}/\${id}\`;`;
	const mutation = (changes: Partial<Mutation>): Mutation => ({
		file: 'source.ts',
		find: '[a, b]',
		replace: '[]',
		...changes,
	});

	it('compares tokens, not layout, within the named declaration', () => {
		expect(mutate(source, mutation({ within: 'first' }))).toContain('return []; }');
		expect(mutate(source, mutation({ find: '`${base}/${id}`', replace: '``' }))).toContain('= ``;');
	});

	it.each<[Partial<Mutation>, string]>([
		[{}, '"[a, b]" occurs 2 times in source.ts'],
		[{ find: 'b[a]' }, '"b[a]" does not occur in source.ts'],
		[{ find: 'base', within: 'first' }, '"base" does not occur in first of source.ts'],
		[{ within: 'third' }, 'source.ts declares no third'],
	])('%j is refused', (changes, message) => {
		expect(() => mutate(source, mutation(changes))).toThrow(message);
	});
});

describe('the check', () => {
	const valid = {
		what: 'a mutant',
		file: 'nodes/shared/values/json.ts',
		find: 'return undefined',
		replace: 'return null',
		tests: ['test/package/mutants.test.ts'],
	};

	it.each([
		[{ find: 'no such code' }, '"no such code" does not occur in nodes/shared/values/json.ts'],
		[{ file: 'nodes/missing.ts' }, 'ENOENT'],
		[{ tests: ['test/missing.test.ts'] }, 'test/missing.test.ts does not exist'],
		[{ tests: [] }, 'names no test'],
		[{ find: 'export function getOwn(', replace: 'export function (' }, 'expected'],
		[{ find: 'export function getOwn(', replace: 'export function getOwn(' }, 'changes no code'],
	])('%j is a problem', (changes, problem) => {
		expect(problemsOf(ROOT, { ...valid, ...changes }).join('\n')).toContain(problem);
	});
});
