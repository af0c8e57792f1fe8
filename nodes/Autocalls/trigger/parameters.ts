import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import {
	TriggerParameters,
	type ParameterContext,
} from '../../shared/parameters/triggerParameters';
import { readId } from '../transport/vendor';
import { triggerFields } from './description';

/** @throws NodeOperationError for an option that is not understood */
export const parametersOf = (context: ParameterContext) =>
	new TriggerParameters(context, triggerFields);

export function usesWebhook(context: ParameterContext): boolean {
	return parametersOf(context).value('triggerOn') === 'callEnded';
}

/** The IDs of the selected assistants. @throws InvalidInputError if none is selected, or one is no ID */
export function readAssistants(context: ParameterContext): string[] {
	const ids = parametersOf(context).entries('assistants', 'Assistant Names or IDs', 'Assistant');
	if (ids.length === 0) {
		throw new InvalidInputError(
			'No assistant is chosen',
			'Choose the assistants whose calls start the workflow',
		);
	}
	return ids.map((id) => String(readId(id, 'Assistant')));
}

export function readCampaign(context: ParameterContext): number {
	return readId(parametersOf(context).locator('campaign', 'Campaign'), 'Campaign');
}
