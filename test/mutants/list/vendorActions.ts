import type { Mutant } from '../mutant';

export const vendorActions: Mutant[] = [
	{
		what: 'each lead of a batch reply goes to its own item',
		file: 'nodes/Aktify/actions/lead/disable.operation.ts',
		find: 'return leads.map((lead) => outcomeOf(lead, succeeded, failed));',
		replace: 'return leads.map((lead) => outcomeOf(lead, succeeded, failed)).reverse();',
		tests: ['test/kernel/batching.test.ts'],
	},
	{
		what: 'reconciles a lost create: SquadVoice v1',
		file: 'nodes/SquadVoice/actions/lead/create.operation.ts',
		find: "return found === undefined ? 'notFound' : created(lead);",
		replace: "return 'notFound';",
		cells: 'SquadVoice create / reset after',
	},
	{
		what: 'reconciles a lost create: SquadVoice v4',
		file: 'nodes/SquadVoice/actions/lead/create.operation.ts',
		find: "return status === 404 ? 'notFound' : created(lead);",
		replace: "return 'notFound';",
		cells: 'SquadVoice create (v4) / reset after',
	},
	{
		what: 'reconciles a lost create: Autocalls',
		file: 'nodes/Autocalls/actions/lead/create.operation.ts',
		find: "if (found === undefined) return 'notFound';",
		replace: "return 'notFound';",
		cells: 'Autocalls create / reset after',
	},
	{
		what: 'reconciles a lost create: Close, despite its search delay',
		file: 'nodes/Close/lead/matching.ts',
		find: 'same.length > 0 || isComplete ? same',
		replace: 'isComplete ? []',
		cells: 'Close create / reset after',
	},
	{
		what: 'Close: reconciling reads each lead once when others push it to the next page',
		file: 'nodes/Close/lead/matching.ts',
		find: '[...new Map(listed.map((lead) => [lead.id, lead])).values()]',
		replace: 'listed',
		tests: ['test/unit/Close/lead/matching.test.ts'],
	},
];
