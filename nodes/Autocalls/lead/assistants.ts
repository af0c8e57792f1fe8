import { compact } from '../../shared/values/compact';
import { asText } from '../../shared/values/json';
import { isAcknowledgment } from '../../shared/transport/responseValidators';
import { collectPages } from '../../shared/transport/pagination';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { autocallsPage } from './page';
import { missingPart, notFoundError } from '../transport/notFound';
import { userRequest } from '../transport/vendor';

export interface Assistant {
	id: string;
	name: string;
	/** The address of its active post-call webhook; undefined for none. */
	webhookUrl: string | undefined;
}

/** All assistants of the account (Autocalls API page, Get assistants). */
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

/** The host of another address, which may be shown; its path and query may be secret. */
export const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : 'another address');

/** Shorter values are no secrets, and redacting them would garble messages. */
const MIN_SECRET_LENGTH = 8;

/** The secrets in an address: all of it, and each value of its query. */
function secretsIn(url: string): string[] {
	const query = URL.canParse(url) ? [...new URL(url).searchParams.values()] : [];
	return [url, ...query].filter((text) => text.length >= MIN_SECRET_LENGTH);
}

/** Sets the post-call webhook of an assistant, or disables it; idempotent. Errors redact the address. */
export async function setWebhook(
	client: ApiClient,
	assistantId: string,
	url: string | undefined,
): Promise<void> {
	if (url !== undefined) client.account.secrets.push(...secretsIn(url));
	const call = url === undefined ? 'disable-webhook' : 'enable-webhook';
	const body = compact({ assistant_id: Number(assistantId), webhook_url: url });
	const reply = await client.request(
		userRequest(['assistants', call], {
			method: 'POST',
			safety: 'idempotent',
			body,
			// A deleted assistant has no webhook to disable.
			expectedStatuses: url === undefined ? [404] : [],
			validateBody: isAcknowledgment,
		}),
	);
	if (reply.status !== 404 || missingPart(reply.body, 'assistant') === 'record') return;
	throw notFoundError(client, reply, { sent: body, tried: [`POST /user/assistants/${call}`] });
}
