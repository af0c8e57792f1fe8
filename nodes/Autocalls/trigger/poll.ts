import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { pollTestEvent } from '../../shared/trigger/testEvent';
import { skipIfRunning } from '../../shared/trigger/polling';
import { goesByWebhook } from './parameters';
import { lookAfter } from './repairWebhooks';
import { pollStatuses } from './pollStatuses';

/** What the trigger does at its Poll Times: looks for leads, or after its webhooks. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (!goesByWebhook(context))
		return await skipIfRunning(context, async () => await pollStatuses(context));
	if (context.getMode() === 'manual') return pollTestEvent(context);
	await lookAfter(context);
	return null;
}
