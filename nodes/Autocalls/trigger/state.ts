import type { IDataObject } from 'n8n-workflow';
import { isObject, asText } from '../../shared/values/json';
import type { ApiClient } from '../../shared/transport/ApiClient';
import type { TriggerState } from '../../shared/trigger/TriggerState';
import { setWebhook } from './assistants';

/** What is kept of the registrations. */
export const kept = {
	/** The part of the address that only Autocalls knows: it does not sign. */
	token: 'token',
	/** By assistant: the address that its webhook had before, or null. */
	assistants: 'assistants',
	/** Our address up to the token, to know it when the token is lost. */
	base: 'base',
	/** By assistant: a mark of the address of somebody else that the user was told of. */
	told: 'told',
} as const;

/** A copy of a fact that is kept by assistant. */
export function byAssistant(state: TriggerState, name: string): IDataObject {
	const fact = state.fact(name);
	return isObject(fact) ? JSON.parse(JSON.stringify(fact)) : {};
}

/** Whether an address is ours: with the address that n8n has now, or had when the webhooks were set. */
export function isOurs(url: string | undefined, base: string, state: TriggerState): boolean {
	const baseBefore = asText(state.fact(kept.base)) ?? base;
	return url !== undefined && (url.startsWith(base) || url.startsWith(baseBefore));
}

/** What may be told of an address that is not ours. */
export const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : 'an address');

/** Shorter texts are no secrets, and would be masked in any word. */
const shortestSecret = 8;

/** What is secret in an address: all of it, and each text in its query. */
function secretsIn(url: string): string[] {
	const query = URL.canParse(url) ? [...new URL(url).searchParams.values()] : [];
	return [url, ...query].filter((text) => text.length >= shortestSecret);
}

/** Lets an assistant tell this address of its calls, or nobody. No error shows what is secret in it. */
export async function sendTo(
	client: ApiClient,
	assistantId: string,
	url: string | undefined,
): Promise<void> {
	if (url !== undefined) client.account.secrets.push(...secretsIn(url));
	await setWebhook(client, assistantId, url);
}
