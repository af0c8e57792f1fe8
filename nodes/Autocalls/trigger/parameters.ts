import { asText } from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { readLocator } from '../../shared/parameters/triggerParameters';
import type { ParameterContext } from '../../shared/parameters/triggerParameters';
import { readId } from '../transport/vendor';

/** Whether the workflow goes by webhook; otherwise by polling. */
export function goesByWebhook(context: ParameterContext): boolean {
	return context.getNodeParameter('triggerOn', 'callEnded') === 'callEnded';
}

/** The IDs of the chosen assistants. @throws InvalidInputError */
export function readAssistants(context: ParameterContext): string[] {
	const chosen = context.getNodeParameter('assistants', []);
	const ids = (Array.isArray(chosen) ? chosen : [chosen]).flatMap((id) => asText(id) ?? []);
	if (ids.length === 0) {
		throw new InvalidInputError(
			'No assistant is chosen',
			'Choose the assistants whose calls to listen to',
		);
	}
	return [...new Set(ids)].map((id) => String(readId(id, 'Assistant')));
}

/** @throws InvalidInputError */
export function readCampaignOf(context: ParameterContext): number {
	return readId(readLocator(context, 'campaign', 'Campaign'), 'Campaign');
}
