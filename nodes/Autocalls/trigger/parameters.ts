import { own, textOf } from '../../shared/json';
import { InvalidLead } from '../../shared/outcome';
import { readId } from '../vendor';

/** The contexts from which the node's parameters can be read. */
interface ParameterContext {
	getNodeParameter(name: string, fallback?: unknown, options?: { extractValue?: boolean }): unknown;
}

/** Whether the workflow goes by webhook; otherwise by polling. */
export function goesByWebhook(context: ParameterContext): boolean {
	return context.getNodeParameter('triggerOn', 'callEnded') === 'callEnded';
}

export function readOption(context: ParameterContext, name: string): unknown {
	return own(context.getNodeParameter('options', {}), name);
}

/** The IDs of the chosen assistants. @throws InvalidLead */
export function readAssistants(context: ParameterContext): string[] {
	const chosen = context.getNodeParameter('assistants', []);
	const ids = (Array.isArray(chosen) ? chosen : [chosen]).flatMap((id) => textOf(id) ?? []);
	if (ids.length === 0) {
		throw new InvalidLead(
			'No assistant is chosen',
			'Choose the assistants whose calls to listen to',
		);
	}
	return [...new Set(ids)].map((id) => String(readId(id, 'Assistant')));
}

/** @throws InvalidLead */
export function readCampaignOf(context: ParameterContext): number {
	const value = context.getNodeParameter('campaign', '', { extractValue: true });
	const campaign = textOf(own(value, 'value') ?? value);
	if (campaign === undefined) throw new InvalidLead('Campaign is empty', 'Choose a campaign');
	return readId(campaign, 'Campaign');
}
