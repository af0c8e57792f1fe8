/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- they work in the sandbox only */
export type AccountName = 'one' | 'two';

export interface AutocallsAccount {
	key: string;
	name: string;
	email: string;
	balance: number;
}

/** Credentials of the sandbox's Autocalls. None of them works anywhere else. */
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

/** The account of an Authorization header; undefined for an invalid key. */
export function accountOfHeader(header: string | undefined): AccountName | undefined {
	const key = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
	const names: AccountName[] = ['one', 'two'];
	return names.find((name) => autocallsAccounts[name].key === key);
}

export type Channel = 'call' | 'whatsapp' | 'sms';

/** As in the replies to a start and a stop (Famulor API page, Update campaign status). */
export type CampaignStatus = 'draft' | 'in-progress' | 'stopped';

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

/** How often a campaign calls again after an unanswered call. */
export const MAX_RETRIES = 3;

/** True for a campaign that calls its leads: a started one that does not send messages instead. */
export function callsLeads(campaign: AutocallsCampaign): boolean {
	return campaign.status === 'in-progress' && campaign.channel === 'call';
}

const TRADES = ['Solar', 'Roofing', 'Insurance'];
const PLACES = [
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
const FIRST_DAY = Date.UTC(2025, 5, 30, 8);

/**
 * The campaigns of a new sandbox: 1 to 30 belong to account one, 101 to account two. Account one's
 * twelve outbound assistants take turns, starting with 501 for campaign 1; account two has 601.
 */
export function newCampaigns(): AutocallsCampaign[] {
	const campaign = (
		id: number,
		name: string,
		status: CampaignStatus = 'in-progress',
		channel: Channel = 'call',
		account: AccountName = 'one',
	) => {
		const createdAt = FIRST_DAY + id * 60_000;
		const assistantId = account === 'one' ? 501 + ((id - 1) % 12) : 601;
		return { id, name, channel, status, account, assistantId, createdAt, updatedAt: createdAt };
	};
	const generated = TRADES.flatMap((trade) => PLACES.map((place) => `${trade} ${place}`));
	return [
		campaign(1, 'Spring Outreach'),
		campaign(2, 'Winback', 'draft'),
		campaign(3, 'SMS Reminders', 'in-progress', 'sms'),
		...generated.map((name, index) =>
			campaign(index + 4, name, index % 3 === 0 ? 'stopped' : 'in-progress'),
		),
		campaign(101, 'Outreach of Account Two', 'in-progress', 'call', 'two'),
	];
}
