/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- they open the sandbox and nothing else */
/**
 * Keys that open the sandbox's Aktify: one key is one campaign; and what its user fills in in the
 * Portal for webhooks. None of it opens anything real.
 */
export const aktifyAccounts = {
	one: {
		key: 'sandbox-aktify-key',
		campaign: 'one',
		/** What its webhooks are signed with, and the token of those that are not signed. */
		clientSecret: 'sandbox-aktify-client-secret',
		webhookToken: 'sandbox-aktify-webhook-token',
	},
	two: { key: 'sandbox-aktify-key-2', campaign: 'two' },
} as const;

/** The campaign a key belongs to, if the key is good. */
export function campaignOfKey(key: unknown): string | undefined {
	return Object.values(aktifyAccounts).find((account) => account.key === key)?.campaign;
}
