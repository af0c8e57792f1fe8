/** Tests run against the built package in dist (`npm run build` first) and the sandbox over loopback HTTP. */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	transform: { '^.+\\.tsx?$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/host/', '<rootDir>/.host/', '<rootDir>/bench/node_modules/', '<rootDir>/.bench/'],
	// n8n's error reporter prints every failed node.
	silent: true,
	testTimeout: 60000,
};
