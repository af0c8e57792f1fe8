/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- they open the sandbox and nothing else */
export type AccountName = 'one' | 'two';

export interface AutocallsAccount {
	key: string;
	name: string;
	email: string;
	balance: number;
}

/** Keys that open the sandbox's Autocalls. None of it opens anything real. */
export const autocallsAccounts = {
	one: {
		key: 'sandbox-autocalls-key',
		name: 'Sandbox One',
		email: 'one@example.com',
		balance: 125.5,
	},
	two: {
		key: 'sandbox-autocalls-key-2',
		name: 'Sandbox Two',
		email: 'two@example.com',
		balance: 0,
	},
} as const satisfies Record<AccountName, AutocallsAccount>;

/** The account whose key an Authorization header carries, if the key is good. */
export function accountOfHeader(header: string | undefined): AccountName | undefined {
	const key = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
	const names: AccountName[] = ['one', 'two'];
	return names.find((name) => autocallsAccounts[name].key === key);
}

export type Channel = 'call' | 'whatsapp' | 'sms';

/** ASSUMED: the words for a campaign that runs or was stopped; only `draft` is documented. */
export type CampaignStatus = 'draft' | 'started' | 'stopped';

export interface AutocallsCampaign {
	id: number;
	name: string;
	channel: Channel;
	status: CampaignStatus;
	account: AccountName;
	/** The assistant that makes its calls. */
	assistantId: number;
	createdAt: number;
	updatedAt: number;
}

/** How often a campaign calls again after nobody answered. */
export const maxRetries = 3;

/** True for a campaign that calls its leads: one that runs, and does not send messages instead. */
export function callsLeads(campaign: AutocallsCampaign): boolean {
	return campaign.status === 'started' && campaign.channel === 'call';
}

const trades = ['Solar', 'Roofing', 'Insurance'];
const places = [
	'Austin',
	'Boise',
	'Chicago',
	'Denver',
	'El Paso',
	'Fresno',
	'Reno',
	'Salem',
	'Tampa',
];
const firstDay = Date.UTC(2025, 5, 30, 8);

/**
 * The campaigns of a new sandbox: 1 to 30 are account one's, 101 is account two's. The twelve outbound
 * assistants of account one take turns, 501 with campaign 1; 601 is account two's.
 */
export function newCampaigns(): AutocallsCampaign[] {
	const campaign = (
		id: number,
		name: string,
		status: CampaignStatus = 'started',
		channel: Channel = 'call',
		account: AccountName = 'one',
	) => {
		const createdAt = firstDay + id * 60_000;
		const assistantId = account === 'one' ? 501 + ((id - 1) % 12) : 601;
		return { id, name, channel, status, account, assistantId, createdAt, updatedAt: createdAt };
	};
	const generated = trades.flatMap((trade) => places.map((place) => `${trade} ${place}`));
	return [
		campaign(1, 'Spring Outreach'),
		campaign(2, 'Winback', 'draft'),
		campaign(3, 'SMS Reminders', 'started', 'sms'),
		...generated.map((name, index) =>
			campaign(index + 4, name, index % 3 === 0 ? 'stopped' : 'started'),
		),
		campaign(101, 'Outreach of Account Two', 'started', 'call', 'two'),
	];
}
