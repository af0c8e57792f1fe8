import { numberOf, objectsIn, own, textOf } from '../../shared/values/json';
import { collectPages } from '../../shared/transport/pagination';
import type { VendorClient } from '../../shared/transport/ApiClient';
import { pageSize } from '../lead/lead';
import { userCall } from '../transport/vendor';

/** An assistant: it makes the calls of campaigns, and has room for one webhook. */
export interface Assistant {
	id: string;
	name: string;
	/** Where its post-call webhook goes; undefined for nowhere. */
	webhookUrl: string | undefined;
}

/** All assistants of the account, page by page (Autocalls docs, get assistants). */
export async function allAssistants(vendor: VendorClient): Promise<Assistant[]> {
	const entries = await collectPages(Infinity, async (page) => {
		const { body } = await vendor.call(
			userCall(['assistants', 'get'], {
				method: 'GET',
				effect: 'read',
				query: { per_page: pageSize, page },
			}),
		);
		return {
			entries: objectsIn(Array.isArray(body) ? body : own(body, 'data')),
			more: (numberOf(own(body, 'last_page')) ?? 0) > page || own(body, 'next_page_url') != null,
		};
	});
	return entries.flatMap((entry): Assistant[] => {
		const id = textOf(entry.id);
		if (id === undefined) return [];
		const isActive = entry.is_webhook_active !== false;
		return [
			{
				id,
				name: textOf(entry.name) ?? `Assistant ${id}`,
				webhookUrl: isActive ? textOf(entry.webhook_url) : undefined,
			},
		];
	});
}

/** Lets an assistant tell this address of its calls, or nobody. Doing so again changes nothing. */
export async function setWebhook(
	vendor: VendorClient,
	assistantId: string,
	url: string | undefined,
): Promise<void> {
	const call = url === undefined ? 'disable-webhook' : 'enable-webhook';
	await vendor.call(
		userCall(['assistants', call], {
			method: 'POST',
			effect: 'harmlessWrite',
			body: {
				assistant_id: Number(assistantId),
				...(url === undefined ? {} : { webhook_url: url }),
			},
			// An assistant that is gone tells nobody.
			accept: url === undefined ? [404] : [],
		}),
	);
}
