import type { Mutant } from '../mutant';

export const sharedOutputs: Mutant[] = [
	{
		what: 'a failed item goes to the error output',
		file: 'nodes/shared/actions/outcome/toItems.ts',
		find: 'return hasErrorOutput',
		replace: 'return false',
		tests: ['test/kernel/outputShape.test.ts'],
	},
	{
		what: 'a failed item keeps its columns when n8n replaces its JSON',
		file: 'nodes/shared/actions/outcome/errorOutput.ts',
		find: 'writable: true, value: json }',
		replace: 'writable: true, value: { error: message } }',
		tests: ['test/n8n/errorOutput.test.ts', 'test/kernel/outputShape.test.ts'],
	},
	{
		what: 'a failed item leaves no error behind that empties it in the next node',
		file: 'nodes/shared/actions/outcome/errorOutput.ts',
		find: 'delete item.error;',
		replace: '',
		tests: ['test/n8n/errorOutput.test.ts'],
	},
	{
		what: 'a failed item begins with its outcome and error, and has its columns',
		file: 'nodes/shared/actions/outcome/toItems.ts',
		find: 'return { ...own, ...withoutRunColumns(input), ...own, details };',
		replace: 'return { ...withoutRunColumns(input), ...own, details };',
		tests: ['test/unit/shared/actions/outcome/toItems.test.ts'],
	},
	{
		what: 'our own fields win over columns of the same name',
		file: 'nodes/shared/actions/outcome/toItems.ts',
		find: '{ ...own, ...columns, ...own }',
		replace: '{ ...own, ...columns }',
		tests: ['test/kernel/outputShape.test.ts'],
	},
	{
		what: 'a column named error does not make n8n run the node again',
		file: 'nodes/shared/parameters/columns.ts',
		find: "name !== 'error' && !ours.has(name)",
		replace: '!ours.has(name)',
		tests: ['test/kernel/outputShape.test.ts'],
	},
	{
		what: 'what our nodes said about an earlier run does not come out again',
		file: 'nodes/shared/parameters/columns.ts',
		find: "name !== 'error' && !ours.has(name)",
		replace: "name !== 'error'",
		tests: ['test/unit/shared/actions/outcome/toItems.test.ts'],
	},
	{
		what: 'after itemIndex come the columns of the user',
		file: 'nodes/shared/parameters/columns.ts',
		find: 'names.slice(0, end + 1)',
		replace: 'names',
		tests: ['test/kernel/outputShape.test.ts', 'test/unit/shared/parameters/columns.test.ts'],
	},
	{
		what: 'a duplicate says in which columns it differs',
		file: 'nodes/shared/actions/duplicateNote.ts',
		find: 'if (JSON.stringify(job.lead) === JSON.stringify(original.lead)) return undefined;',
		replace: 'return undefined;',
		tests: ['test/kernel/deduplication.test.ts'],
	},
	{
		what: 'a duplicate that is the same in another spelling has no note',
		file: 'nodes/shared/actions/duplicateNote.ts',
		find: 'if (JSON.stringify(job.lead) === JSON.stringify(original.lead)) return undefined;',
		replace: '',
		tests: ['test/kernel/deduplication.test.ts'],
	},
];
