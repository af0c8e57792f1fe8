/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- they open the sandbox and nothing else */
/** Keys that open the sandbox's Aktify: one key is one campaign. None of it opens anything real. */
export const aktifyAccounts = {
	one: { key: 'sandbox-aktify-key', campaign: 'one' },
	two: { key: 'sandbox-aktify-key-2', campaign: 'two' },
} as const;

/** The campaign a key belongs to, if the key is good. */
export function campaignOfKey(key: unknown): string | undefined {
	return Object.values(aktifyAccounts).find((account) => account.key === key)?.campaign;
}
