import type { IPollFunctions } from 'n8n-workflow';
import { withClient } from '../../shared/transport/withClient';
import { asText } from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { hashEventId } from '../../shared/trigger/SeenEvents';
import { triggerState } from '../../shared/trigger/TriggerState';
import { allAssistants } from './assistants';
import { autocalls } from '../transport/vendor';
import { byAssistant, hostOf, kept, sendTo } from './state';

/**
 * Looks after the webhooks while the workflow is active: one that was switched off is set again.
 * @throws NodeOperationError when somebody else has taken the place, once for each such change
 */
export async function lookAfter(context: IPollFunctions): Promise<void> {
	const state = triggerState(context);
	const token = asText(state.fact(kept.token));
	const base = asText(state.fact(kept.base)) ?? '';
	const ours = byAssistant(state, kept.assistants);
	if (token === undefined || base === '') return;
	const url = `${base}${token}`;
	await withClient(context, autocalls, async (client) => {
		const told = byAssistant(state, kept.told);
		const toldBefore = JSON.stringify(told);
		let failure: InvalidInputError | undefined;
		for (const { id, name, webhookUrl } of await allAssistants(client)) {
			if (!Object.hasOwn(ours, id)) continue;
			// Deactivated meanwhile, or activated anew, with another token.
			if (state.fact(kept.token) !== token) return;
			const isLost = webhookUrl === undefined || webhookUrl.startsWith(base);
			if (isLost && webhookUrl !== url) await sendTo(client, id, url);
			if (isLost) {
				delete told[id];
			} else if (failure === undefined && told[id] !== hashEventId(webhookUrl)) {
				told[id] = hashEventId(webhookUrl);
				failure = new InvalidInputError(
					`The assistant "${name}" now sends its calls to ${hostOf(webhookUrl)} and no longer to this workflow`,
					'Remove that webhook in Autocalls, then deactivate and activate this workflow',
				);
			}
		}
		if (JSON.stringify(told) !== toldBefore) state.keep({ [kept.told]: told });
		if (failure !== undefined) throw failure;
	});
}
