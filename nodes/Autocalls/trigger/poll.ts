import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { activatingIfFirst } from '../../shared/trigger/activationError';
import { pollTestEvent } from '../../shared/trigger/testEvent';
import { skipIfRunning } from '../../shared/trigger/polling';
import { usesWebhook } from './parameters';
import { repairWebhooks } from './repairWebhooks';
import { pollStatuses } from './pollStatuses';

/** Runs at the Poll Times: looks for changed leads, or checks the webhooks. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (!usesWebhook(context)) {
		const pollOnce = async () => await pollStatuses(context);
		return await skipIfRunning(context, async () => await activatingIfFirst(context, pollOnce));
	}
	if (context.getMode() === 'manual') return pollTestEvent(context);
	await repairWebhooks(context);
	return null;
}
