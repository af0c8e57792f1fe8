import { TriggersAndPollers } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type { INode, INodeType } from 'n8n-workflow';
import { InvalidInputError } from '../../nodes/shared/errors/InvalidInputError';
import { toNodeError } from '../../nodes/shared/errors/toNodeError';

/** What `toNodeError.ts` relies on: n8n-core hands on the error of a poll as it was thrown. */

const node: INode = {
	id: 'node',
	name: 'Trigger',
	type: 'test',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const type: INodeType = {
	description: {
		displayName: 'Test',
		name: 'test',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: [],
		properties: [],
	},
	poll: async () => {
		throw toNodeError({ getNode: () => node }, new InvalidInputError('Campaign is empty'));
	},
};

const workflow = new Workflow({
	id: 'workflow',
	nodes: [node],
	connections: {},
	active: true,
	nodeTypes: {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	},
});

it('n8n passes on why a poll failed', async () => {
	const error: Error = await new TriggersAndPollers()
		.runPollFunction(workflow, node, Object.create(null))
		.then(
			() => new Error('No error'),
			(thrown: Error) => thrown,
		);
	expect(error).toMatchObject({
		message: 'Campaign is empty',
		failure: { cause: 'configuration-invalid' },
	});
});
