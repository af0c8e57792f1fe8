import type { ErrorDetails } from './ApiError';
import type { Attempt } from './readResponse';
import { sanitizeMessage } from './redact';
import type { ApiRequest, ClientContext } from './request';
import type { AccountConfig, Vendor } from './vendor';

/** Who sent the request. */
interface Sender<A extends AccountConfig> {
	context: ClientContext;
	vendor: Vendor<A>;
	account: A;
	credential: { type: string };
}

/** What an error may say about a failed attempt: nothing that repeats a secret. */
export async function describeFailure<A extends AccountConfig>(
	sender: Sender<A>,
	{ status, failureMessage }: Attempt,
	{ body, explainRejection }: ApiRequest,
): Promise<ErrorDetails> {
	const secrets = failureMessage === undefined ? undefined : await currentSecrets(sender);
	const vendorMessage =
		failureMessage === undefined || secrets === undefined
			? undefined
			: sanitizeMessage(failureMessage, body, secrets);
	const explanation = status === undefined ? undefined : explainRejection?.(status, failureMessage);
	return { status, vendorMessage, explanation };
}

/** Read again, as n8n's helper may have fetched another token; undefined: no message is safe to show. */
async function currentSecrets<A extends AccountConfig>({
	context,
	vendor,
	account,
	credential,
}: Sender<A>): Promise<string[] | undefined> {
	try {
		const credentials = await context.getCredentials(credential.type);
		return [...account.secrets, ...vendor.readAccount(credentials).secrets];
	} catch {
		return undefined;
	}
}
