import type { IPollFunctions } from 'n8n-workflow';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import { toNodeError } from '../../shared/errors/toNodeError';
import { openClient } from '../../shared/transport/withClient';
import { checkRegistration } from '../../shared/trigger/registration';
import { hashEventId } from '../../shared/trigger/SeenEvents';
import { autocalls } from '../transport/vendor';
import { allAssistants, hostOf, setWebhook } from '../lead/assistants';
import { AutocallsTriggerState } from './state';

async function repair(context: IPollFunctions, state: AutocallsTriggerState): Promise<void> {
	const { token, base = '', assistants } = state.data;
	if (token === undefined || base === '') return;
	const url = `${base}${token}`;
	const client = await openClient(context, autocalls);
	const reported = { ...state.data.reportedForeignUrls };
	let failure: InvalidInputError | undefined;
	for (const { id, name, webhookUrl } of await allAssistants(client)) {
		if (!Object.hasOwn(assistants, id)) continue;
		const isForeign = webhookUrl !== undefined && !webhookUrl.startsWith(base);
		if (!isForeign) {
			if (webhookUrl !== url) await setWebhook(client, id, url);
			delete reported[id];
		} else if (failure === undefined && reported[id] !== hashEventId(webhookUrl)) {
			reported[id] = hashEventId(webhookUrl);
			failure = new InvalidInputError(
				`The assistant "${name}" now sends its calls to ${hostOf(webhookUrl)} and no longer to this workflow`,
				'Remove that webhook in Autocalls. Then unpublish this workflow and publish it again.',
			);
		}
	}
	if (JSON.stringify(reported) !== JSON.stringify(state.data.reportedForeignUrls)) {
		state.update({ reportedForeignUrls: reported });
	}
	if (failure !== undefined) throw failure;
}

/** Sets disabled webhooks again. @throws NodeOperationError once for each webhook that replaced ours */
export async function repairWebhooks(context: IPollFunctions): Promise<void> {
	try {
		await checkRegistration(
			context,
			AutocallsTriggerState,
			async (state) => await repair(context, state),
		);
	} catch (error) {
		throw toNodeError(context, error);
	}
}
