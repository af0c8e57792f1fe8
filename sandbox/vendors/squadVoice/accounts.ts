/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- they work in the sandbox only */
export type AccountKind = 'standard' | 'india' | 'affiliate' | 'v4';

/** Credentials of the sandbox's SquadVoice. None of them works anywhere else. */
export const squadVoiceAccounts = {
	standard: { token: 'sandbox-squadvoice-token', campaign: '0PT711' },
	india: { token: 'sandbox-squadvoice-india-token', campaign: 'INDIA1' },
	affiliate: {
		token: 'sandbox-squadvoice-affiliate-token',
		campaign: 'AFF711',
		affiliateId: 'C457F',
		/** Another affiliate whose leads this account sends. */
		partnerId: 'P0042',
	},
	v4: {
		token: 'sandbox-squadvoice-v4-token',
		campaign: 'V4CAMP',
		/** Its user appends it to the webhook URL. */
		webhookToken: 'sandbox-squadvoice-webhook-token',
	},
	/** Signs in to the standard account. */
	login: {
		clientId: 'sandbox-client-id',
		clientSecret: 'sandbox-client-secret',
		username: 'sandbox-user',
		password: 'sandbox-password',
		campaign: '0PT711',
	},
} as const;

export interface Campaign {
	id: string;
	/** Contains a space, as real names do: the dynamic keys of a reply contain the name. */
	name: string;
	country: 'US' | 'IN';
	account: AccountKind;
}

const CAMPAIGNS = new Map<string, Campaign>(
	[
		{ id: '0PT711', name: 'Spring Outreach', country: 'US', account: 'standard' } as const,
		{ id: 'AFF711', name: 'Affiliate Outreach', country: 'US', account: 'affiliate' } as const,
		{ id: 'INDIA1', name: 'India Outreach', country: 'IN', account: 'india' } as const,
		{ id: 'V4CAMP', name: 'V4 Outreach', country: 'IN', account: 'v4' } as const,
	].map((campaign) => [campaign.id, campaign]),
);

/** The campaign with this ID. */
export function findCampaign(id: string): Campaign | undefined {
	return CAMPAIGNS.get(id);
}

/** The account of a fixed token. */
export function accountOfToken(token: string): AccountKind | undefined {
	const kinds: AccountKind[] = ['standard', 'india', 'affiliate', 'v4'];
	return kinds.find((kind) => squadVoiceAccounts[kind].token === token);
}
