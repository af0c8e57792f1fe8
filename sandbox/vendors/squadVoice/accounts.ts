/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- they open the sandbox and nothing else */
export type AccountKind = 'standard' | 'india' | 'affiliate' | 'v4';

export interface SquadVoiceAccount {
	token: string;
	campaign: string;
}

/** Everything a client needs to call the sandbox's SquadVoice. None of it opens anything real. */
export const squadVoiceAccounts = {
	standard: { token: 'sandbox-squadvoice-token', campaign: '0PT711' },
	india: { token: 'sandbox-squadvoice-india-token', campaign: 'INDIA1' },
	affiliate: {
		token: 'sandbox-squadvoice-affiliate-token',
		campaign: 'AFF711',
		affiliateId: 'C457F',
	},
	v4: {
		token: 'sandbox-squadvoice-v4-token',
		campaign: 'V4CAMP',
		/** What its user puts at the end of the address that SquadVoice is given. */
		webhookToken: 'sandbox-squadvoice-webhook-token',
	},
	/** Logs in to the standard account. */
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
	/** Has a space in it, as real names do: the dynamic keys of a reply are made of it. */
	name: string;
	country: 'US' | 'IN';
	account: AccountKind;
}

const campaigns = new Map<string, Campaign>(
	[
		{ id: '0PT711', name: 'Spring Outreach', country: 'US', account: 'standard' } as const,
		{ id: 'AFF711', name: 'Affiliate Outreach', country: 'US', account: 'affiliate' } as const,
		{ id: 'INDIA1', name: 'India Outreach', country: 'IN', account: 'india' } as const,
		{ id: 'V4CAMP', name: 'V4 Outreach', country: 'IN', account: 'v4' } as const,
	].map((campaign) => [campaign.id, campaign]),
);

/** The campaign with this ID, if there is one. */
export function findCampaign(id: string): Campaign | undefined {
	return campaigns.get(id);
}

/** The account whose fixed token this is. */
export function accountOfToken(token: string): AccountKind | undefined {
	const kinds: AccountKind[] = ['standard', 'india', 'affiliate', 'v4'];
	return kinds.find((kind) => squadVoiceAccounts[kind].token === token);
}
