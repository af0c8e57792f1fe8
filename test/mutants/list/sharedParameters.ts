import type { Mutant } from '../mutant';

export const sharedParameters: Mutant[] = [
	{
		what: 'an expression is evaluated once per item',
		file: 'nodes/shared/parameters/ItemParameters.ts',
		find: 'if (known.has(name))',
		replace: 'if (false)',
		tests: ['test/kernel/expressions.test.ts'],
	},
	{
		what: 'IDs are validated before they reach a path',
		file: 'nodes/shared/parameters/leadParameters.ts',
		find: 'if (/^[\\w-]{1,100}$/.test(value))',
		replace: 'if (true)',
		tests: ['test/nodes/SquadVoice/actions/lead/create.operation.test.ts'],
	},
	{
		what: 'a switch that is not understood stops the node',
		file: 'nodes/shared/parameters/optionReaders.ts',
		find: 'if (NO.has(text)) return false;',
		replace: 'return false;',
		tests: ['test/kernel/options.test.ts'],
	},
	{
		what: 'options that no operation uses are checked as well',
		file: 'nodes/shared/actions/prepareItems.ts',
		find: 'item.checkOptions();',
		replace: '',
		tests: ['test/unit/shared/actions/prepareItems.test.ts'],
	},
	{
		what: 'options of the whole run that differ by item are refused',
		file: 'nodes/shared/actions/settings.ts',
		find: 'if (value === expected[index]) continue;',
		replace: 'continue;',
		tests: ['test/kernel/options.test.ts'],
	},
	{
		what: 'an option of the whole run that one item makes unclear stops the whole run',
		file: 'nodes/shared/actions/prepareItems.ts',
		find: 'if (ofRun !== undefined) throw ofRun;',
		replace: '',
		tests: ['test/kernel/options.test.ts'],
	},
	{
		what: 'Exclude Columns: a name that no item has stops the node',
		file: 'nodes/shared/parameters/columns.ts',
		find: 'if (found === undefined) throw',
		replace: 'if (found === undefined) continue; if (false) throw',
		tests: ['test/kernel/mapAutomatically.test.ts'],
	},
	{
		what: 'Exclude Columns: an expression without a value stops the node',
		file: 'nodes/shared/parameters/ItemParameters.ts',
		find: 'if (columns.size === 0 && this.source.hasExpression(name))',
		replace: 'if (false)',
		tests: ['test/kernel/mapAutomatically.test.ts'],
	},
	{
		what: 'columns that our nodes added are not custom fields',
		file: 'nodes/shared/parameters/ItemParameters.ts',
		find: ', columnsOfOurNodes(this.columns)]',
		replace: ']',
		tests: ['test/kernel/mapAutomatically.test.ts'],
	},
	{
		what: 'a column of another node that a field takes is not sent again',
		file: 'nodes/shared/parameters/usedColumns.ts',
		find: 'code.matchAll(USE)',
		replace: 'code.matchAll(/\\$json(?:\\.(\\w+)|\\["(\\w+)"\\])/gu)',
		tests: ['test/kernel/mapAutomatically.test.ts'],
	},
];
