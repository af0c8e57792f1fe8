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
];
