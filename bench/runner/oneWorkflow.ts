/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command of the repository, never part of a node */
import Module from 'node:module';

/** Makes every package load the engine's own n8n-workflow, as n8n itself does. */
export function shareWorkflowPackage(): void {
	const resolve: unknown = Reflect.get(Module, '_resolveFilename');
	if (typeof resolve !== 'function') throw new Error('Node.js resolves modules in another way.');
	const shared = require.resolve('n8n-workflow');
	Reflect.set(Module, '_resolveFilename', (request: unknown, ...rest: unknown[]): unknown =>
		request === 'n8n-workflow' ? shared : resolve.call(Module, request, ...rest),
	);
}
