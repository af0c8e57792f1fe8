import type { Mutant } from '../mutant';

export const autocallsActions: Mutant[] = [
	{
		what: 'Autocalls: a 404 for a route is not about the lead',
		file: 'nodes/Autocalls/lead/changeLead.ts',
		find: "if (reply.status !== 404 || isMissing(reply, 'record')) return reply;",
		replace: 'return reply;',
		tests: ['test/nodes/Autocalls/lead/changeLead.test.ts'],
	},
	{
		what: "Autocalls: updates leads at the white label's path",
		file: 'nodes/Autocalls/lead/changeLead.ts',
		find: 'reply = await send(LEADS_OF_WHITE_LABEL);',
		replace: '',
		tests: ['test/nodes/Autocalls/lead/changeLead.test.ts'],
	},
	{
		what: 'Autocalls: tries the other path once per run',
		file: 'nodes/Autocalls/lead/changeLead.ts',
		find: 'updatePaths.set(account, path);',
		replace: '{}',
		tests: ['test/nodes/Autocalls/lead/changeLead.test.ts'],
	},
	{
		what: 'Autocalls: tries no other path after a lost response',
		file: 'nodes/Autocalls/lead/changeLead.ts',
		find: "isMissing(reply, 'route') && !isLost",
		replace: "isMissing(reply, 'route')",
		tests: ['test/nodes/Autocalls/lead/changeLead.test.ts'],
	},
	{
		what: 'Autocalls: a variable that a secondary contact has twice is an error',
		file: 'nodes/Autocalls/lead/secondaryContacts.ts',
		find: 'if (variables.has(name))',
		replace: 'if (false)',
		tests: ['test/nodes/Autocalls/lead/secondaryContacts.test.ts'],
	},
	{
		what: 'Autocalls: no more than ten secondary contacts',
		file: 'nodes/Autocalls/lead/secondaryContacts.ts',
		find: 'if (contacts.length <= MAX_CONTACTS) return contacts;',
		replace: 'if (contacts.length > 0) return contacts;',
		tests: ['test/nodes/Autocalls/lead/secondaryContacts.test.ts'],
	},
	{
		what: 'Autocalls: by number, deletes none of several leads',
		file: 'nodes/Autocalls/lead/leadReference.ts',
		find: 'if (ids.length === 1) return',
		replace: 'if (ids.length > 0) return',
		tests: ['test/nodes/Autocalls/actions/lead/delete.operation.test.ts'],
	},
	{
		what: 'Autocalls: by number, deletes in the chosen campaign only',
		file: 'nodes/Autocalls/lead/leadReference.ts',
		find: 'await leadsWithPhone(client, ref.phone, ref.campaign);\n\tconst ids',
		replace: 'await leadsWithPhone(client, ref.phone, undefined);\n\tconst ids',
		tests: ['test/nodes/Autocalls/actions/lead/delete.operation.test.ts'],
	},
	{
		what: 'Autocalls: a number without digits is not that of a lead without a number',
		file: 'nodes/Autocalls/lead/lead.ts',
		find: "digits === '' ? own === found : digits === digitsOf(found)",
		replace: 'digits === digitsOf(found)',
		tests: ['test/nodes/Autocalls/actions/lead/delete.operation.test.ts'],
	},
];
