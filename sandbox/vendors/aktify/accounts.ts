/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- they work in the sandbox only */
/**
 * Credentials of the sandbox's Aktify: one key is one campaign. Also what its user enters in the
 * Portal for webhooks. None of them works anywhere else.
 */
export const aktifyAccounts = {
	one: {
		key: 'sandbox-aktify-key',
		campaign: 'one',
		/** Signs its webhooks; the token belongs to those that are not signed. */
		clientSecret: 'sandbox-aktify-client-secret',
		webhookToken: 'sandbox-aktify-webhook-token',
	},
	two: { key: 'sandbox-aktify-key-2', campaign: 'two' },
} as const;

/** The campaign of a key; undefined for an invalid key. */
export function campaignOfKey(key: unknown): string | undefined {
	return Object.values(aktifyAccounts).find((account) => account.key === key)?.campaign;
}
