import { asText } from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { readLocator, type ParameterContext } from '../../shared/parameters/triggerParameters';
import { readId } from '../transport/vendor';

export function usesWebhook(context: ParameterContext): boolean {
	return context.getNodeParameter('triggerOn', 'callEnded') === 'callEnded';
}

/** The IDs of the selected assistants. @throws InvalidInputError if none is selected, or one is no ID */
export function readAssistants(context: ParameterContext): string[] {
	const selected = context.getNodeParameter('assistants', []);
	const ids = (Array.isArray(selected) ? selected : [selected]).flatMap((id) => asText(id) ?? []);
	if (ids.length === 0) {
		throw new InvalidInputError(
			'No assistant is chosen',
			'Choose the assistants whose calls start the workflow',
		);
	}
	return [...new Set(ids)].map((id) => String(readId(id, 'Assistant')));
}

export function readCampaign(context: ParameterContext): number {
	return readId(readLocator(context, 'campaign', 'Campaign'), 'Campaign');
}
