import { asNumber, asObjects, getOwn, asText } from '../../shared/values/json';
import { collectPages } from '../../shared/transport/pagination';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { pageSize } from '../lead/lead';
import { userRequest } from '../transport/vendor';

/** An assistant: it makes the calls of campaigns, and has room for one webhook. */
export interface Assistant {
	id: string;
	name: string;
	/** Where its post-call webhook goes; undefined for nowhere. */
	webhookUrl: string | undefined;
}

/** All assistants of the account, page by page (Autocalls docs, get assistants). */
export async function allAssistants(vendor: ApiClient): Promise<Assistant[]> {
	const entries = await collectPages(Infinity, async (page) => {
		const { body } = await vendor.request(
			userRequest(['assistants', 'get'], {
				method: 'GET',
				safety: 'safe',
				query: { per_page: pageSize, page },
			}),
		);
		return {
			entries: asObjects(Array.isArray(body) ? body : getOwn(body, 'data')),
			hasMore:
				(asNumber(getOwn(body, 'last_page')) ?? 0) > page || getOwn(body, 'next_page_url') != null,
		};
	});
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
	vendor: ApiClient,
	assistantId: string,
	url: string | undefined,
): Promise<void> {
	const call = url === undefined ? 'disable-webhook' : 'enable-webhook';
	await vendor.request(
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
