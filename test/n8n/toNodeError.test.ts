import { TriggersAndPollers } from 'n8n-core';
import { InvalidInputError } from '../../nodes/shared/errors/InvalidInputError';
import { toNodeError } from '../../nodes/shared/errors/toNodeError';
import { node, workflowOf } from './canaryTrigger';

/** What `toNodeError.ts` relies on: n8n-core hands on the error of a poll as it was thrown. */

const workflow = workflowOf({
	poll: async () => {
		throw toNodeError({ getNode: () => node }, new InvalidInputError('Campaign is empty'));
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
