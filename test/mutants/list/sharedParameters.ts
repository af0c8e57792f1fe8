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
];
