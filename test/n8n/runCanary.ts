import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType } from 'n8n-workflow';
import { registerNode, run } from '../support/engine';
import type { RunOptions, RunResult } from '../support/engine';

/** Runs a node of the test's own in n8n's engine: only n8n's behavior decides what comes out. */
export async function runCanary(
	execute: NonNullable<INodeType['execute']>,
	options: Partial<RunOptions> = {},
): Promise<RunResult> {
	registerNode('test.canary', {
		description: {
			displayName: 'Canary',
			name: 'canary',
			group: ['output'],
			version: 1,
			description: '',
			defaults: { name: 'Canary' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		execute,
	});
	return await run({
		node: 'test.canary',
		parameters: {},
		items: [{}],
		credentials: {},
		...options,
	});
}
