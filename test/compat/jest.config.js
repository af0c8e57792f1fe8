/** The engine tests with the n8n-core and n8n-workflow of one folder next to this file: see run.mjs. */
const path = require('node:path');
const { projects, ...base } = require('../../jest.config.js');

const [project] = projects;

const modules = path.join(process.env.LEAD_DISPATCH_COMPAT, 'node_modules');
/** All that has to be the same instance for n8n-core, the nodes and the tests. */
const replaced = ['n8n-core', 'n8n-workflow', 'reflect-metadata'];

module.exports = {
	...base,
	...project,
	// With one, Jest runs in its own process, which some versions of n8n-core keep alive.
	maxWorkers: 2,
	rootDir: path.resolve(__dirname, '../..'),
	testMatch: ['<rootDir>/test/{nodes,kernel,fuzz,n8n}/**/*.test.ts'],
	moduleNameMapper: Object.fromEntries(
		replaced.map((name) => [`^${name}$`, path.join(modules, name)]),
	),
};
