// n8n's error reporter prints every failed node.
process.env.N8N_LOG_LEVEL ??= 'silent';

/** Tests run against the built package in dist (`npm run build` first) and the sandbox over loopback HTTP. */
const project = {
	displayName: 'tests',
	testEnvironment: '<rootDir>/test/support/jest/environment.ts',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	transform: {
		// The packages that tests and nodes import: loaded once per worker.
		'/node_modules/(n8n-core|n8n-workflow|reflect-metadata|fastify|fast-check|luxon)/.+\\.c?js$':
			'<rootDir>/test/support/jest/thirdParty.cjs',
		'^.+\\.tsx?$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
	},
	transformIgnorePatterns: [],
	modulePathIgnorePatterns: [
		'<rootDir>/dist/',
		'<rootDir>/host/',
		'<rootDir>/.host/',
		'<rootDir>/bench/node_modules/',
		'<rootDir>/.bench/',
	],
};

/** The tests that read leads of Close, once more: with leads that lack the fields which Close has marked as deprecated. */
const withoutDeprecatedFields = {
	...project,
	displayName: 'Close without deprecated fields',
	testMatch: [
		'<rootDir>/test/nodes/Close/actions/lead/*.test.ts',
		'<rootDir>/test/nodes/CloseTrigger/events.test.ts',
	],
	testEnvironmentOptions: { closeOmitsDeprecatedFields: true },
};

module.exports = {
	projects: [project, withoutDeprecatedFields],
	// Jest's default leaves one core idle: of two, that is half.
	maxWorkers: '100%',
	testTimeout: 60_000,
};
