/** Which room may import which: see docs/architecture.md. test/package/imports.test.ts runs it. */

/** A rule that files below a path import nothing of the repository besides the named paths. */
const only = (name, from, to, comment) => ({
	name,
	comment,
	severity: 'error',
	from: { path: from },
	to: { path: '^(nodes|credentials|sandbox|host|bench|test)/', pathNot: to },
});

/** A rule that files below a path never import others. */
const never = (name, from, to, comment) => ({
	name,
	comment,
	severity: 'error',
	from: { path: from },
	to: { path: to },
});

/** A room of the kernel, and the other rooms that it may import. */
const sharedRoom = (room, ...others) =>
	only(
		`shared-${room}`,
		`^nodes/shared/${room}/`,
		`^nodes/shared/(${[room, ...others].join('|')})/`,
		`nodes/shared/${room} imports ${others.join(', ') || 'no other room'}`,
	);

/** A room of every vendor, and what it may import of the same vendor besides nodes/shared. */
const vendorRoom = (room, ...others) =>
	only(
		`vendor-${room}`,
		`^nodes/(?!shared/)([^/]+)/${room}/`,
		`^nodes/(shared/|$1/(${[room, ...others].join('|')})/)`,
		`a vendor's ${room} imports ${others.join(', ') || 'no other room'} and shared`,
	);

module.exports = {
	forbidden: [
		{
			name: 'no-cycle',
			comment: 'imports form no cycle, type imports included',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		never(
			'nodes-alone',
			'^(nodes|credentials)/',
			'^(sandbox|host|bench|test)/',
			'what ships imports only what ships',
		),
		never(
			'sandbox-alone',
			'^sandbox/',
			'^(nodes|credentials|host|bench|test)/',
			'the sandbox shares no code with the nodes',
		),
		never(
			'sandbox-vendors',
			'^sandbox/(vendors|webhooks|lib)/',
			'^sandbox/(admin/|page/|snapshot/|server/SandboxState|index|cli)',
			"a sandbox vendor knows only its own state, and the server's parts",
		),
		never(
			'support-imports-no-suite',
			'^test/support/',
			'^test/(?!support/)',
			'test support imports no suite',
		),
		never(
			'bench-imports-no-suite',
			'^bench/',
			'^test/(?!support/)',
			'of the tests, the benchmark uses only their support',
		),
		never(
			'vendors-apart',
			'^nodes/([^/]+)/',
			'^nodes/(?!shared/|$1/)',
			'a vendor imports no other vendor, and nodes/shared none',
		),
		sharedRoom('actions', 'transport', 'parameters', 'descriptions', 'errors', 'values'),
		sharedRoom('transport', 'errors', 'values'),
		sharedRoom('parameters', 'errors', 'values'),
		sharedRoom('methods', 'transport'),
		sharedRoom('trigger', 'transport', 'errors', 'values'),
		sharedRoom('descriptions', 'values'),
		sharedRoom('errors', 'values'),
		sharedRoom('values'),
		vendorRoom('actions', 'lead', 'transport', 'descriptions'),
		vendorRoom('lead', 'transport'),
		vendorRoom('methods', 'lead', 'transport'),
		vendorRoom('trigger', 'lead', 'transport', 'descriptions'),
		vendorRoom('descriptions'),
		vendorRoom('transport'),
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '(^|/)node_modules/' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.tools.json' },
		enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.json'] },
	},
};
