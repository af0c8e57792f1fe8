import { asText } from '../../shared/values/json';
import { collectPages } from '../../shared/transport/pagination';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { autocallsPage } from '../lead/page';
import { userRequest } from '../transport/vendor';

/** An assistant: it makes the calls of campaigns, and has room for one webhook. */
export interface Assistant {
	id: string;
	name: string;
	/** Where its post-call webhook goes; undefined for nowhere. */
	webhookUrl: string | undefined;
}

/** All assistants of the account, page by page (Autocalls docs, get assistants). */
export async function allAssistants(client: ApiClient): Promise<Assistant[]> {
	const entries = await collectPages(
		Infinity,
		async (page) => await autocallsPage(client, ['assistants', 'get'], page),
	);
	return entries.flatMap((entry): Assistant[] => {
		const id = asText(entry.id);
		if (id === undefined) return [];
		const isActive = entry.is_webhook_active !== false;
		return [
			{
				id,
				name: asText(entry.name) ?? `Assistant ${id}`,
				webhookUrl: isActive ? asText(entry.webhook_url) : undefined,
			},
		];
	});
}

/** Lets an assistant tell this address of its calls, or nobody. Doing so again changes nothing. */
export async function setWebhook(
	client: ApiClient,
	assistantId: string,
	url: string | undefined,
): Promise<void> {
	const call = url === undefined ? 'disable-webhook' : 'enable-webhook';
	await client.request(
		userRequest(['assistants', call], {
			method: 'POST',
			safety: 'idempotent',
			body: {
				assistant_id: Number(assistantId),
				...(url === undefined ? {} : { webhook_url: url }),
			},
			// An assistant that is gone tells nobody.
			expectedStatuses: url === undefined ? [404] : [],
		}),
	);
}
