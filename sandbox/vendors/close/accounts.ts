/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- they work in the sandbox only */

/**
 * Credentials of the sandbox's Close: three API keys and an OAuth app of one organization; the user
 * of the third key is no administrator. The rate limit counts each key separately; events name it
 * by `keyId`. None of them works anywhere else.
 */
export const closeAccounts = {
	one: { key: 'api_sandboxclosekey', keyId: 'api_sBx1M4bTqKz7uWc0dEfGhJ' },
	two: { key: 'api_sandboxclosekey2', keyId: 'api_sBx2M4bTqKz7uWc0dEfGhJ' },
	three: { key: 'api_sandboxclosekey3', keyId: 'api_sBx3M4bTqKz7uWc0dEfGhJ' },
	oauth: {
		clientId: 'oa2client_sandboxclose',
		clientSecret: 'oa2secret_sandboxclose',
		/** Where authorize sends the code when the request names no redirect_uri. */
		redirectUri: 'https://example.com/callback/close',
	},
} as const;

/** The Authorization header of an API key: the key as user name, and no password. */
export function closeAuthorization(key: string): string {
	return `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
}

export const organizationId = 'orga_sBx7RbREgmiiwcr1w2b4cOnCMQaQPSIFxMqAD2Dh243';

export interface CloseUser {
	id: string;
	email: string;
	firstName: string;
	lastName: string;
	/** Whether it sees everything in the event log. */
	isAdmin: boolean;
}

/** The users of the first key, of the second key, of OAuth, and of the third key. */
export const closeUsers = {
	ada: {
		id: 'user_sBx1N6KhMpzHRCYQHdn4gRNIFNN5JExnsrprKA6ekxM6',
		email: 'ada@sandbox.example',
		firstName: 'Ada',
		lastName: 'Archer',
		isAdmin: true,
	},
	ben: {
		id: 'user_sBx2Ova4RGFG7pztSeJiiMFdN7O2MFl71nD0uGO3bIOo',
		email: 'ben@sandbox.example',
		firstName: 'Ben',
		lastName: 'Boyd',
		isAdmin: true,
	},
	cleo: {
		id: 'user_sBx3SJMF1fEyZGdtl2RPzCm9zVQ7qhd33VajdGDREhbs',
		email: 'cleo@sandbox.example',
		firstName: 'Cleo',
		lastName: 'Cruz',
		isAdmin: true,
	},
	dan: {
		id: 'user_sBx4UQPW2gKzXfEuDm3SzQo8aWR6pjd22UckFGCQFgct',
		email: 'dan@sandbox.example',
		firstName: 'Dan',
		lastName: 'Doyle',
		isAdmin: false,
	},
} as const satisfies Record<string, CloseUser>;

export interface CloseStatus {
	id: string;
	label: string;
}

/** The lead statuses; the first is the default. */
export const closeStatuses = {
	potential: { id: 'stat_sBx1ZdiZqcSIkoGVnNOyxiEY58eTGQmFNG3LPlEVQ4V7', label: 'Potential' },
	badFit: { id: 'stat_sBx2ZdiZqcSIkoGVnNOyxiEY58eTGQmFNG3LPlEVQ4V7', label: 'Bad Fit' },
	qualified: { id: 'stat_sBx3ZdiZqcSIkoGVnNOyxiEY58eTGQmFNG3LPlEVQ4V7', label: 'Qualified' },
	customer: { id: 'stat_sBx4ZdiZqcSIkoGVnNOyxiEY58eTGQmFNG3LPlEVQ4V7', label: 'Customer' },
	notSerious: { id: 'stat_sBx5ZdiZqcSIkoGVnNOyxiEY58eTGQmFNG3LPlEVQ4V7', label: 'Not Serious' },
} as const satisfies Record<string, CloseStatus>;

/** Types of lead custom fields (Close docs, custom fields). */
export type CustomType =
	| 'text'
	| 'number'
	| 'date'
	| 'datetime'
	| 'choices'
	| 'user'
	| 'contact'
	| 'hidden';

export interface CustomField {
	id: string;
	name: string;
	type: CustomType;
	multiple: boolean;
	choices: readonly string[] | null;
	/** Shared with other objects: not in the list of lead custom fields, only in their schema. */
	shared: boolean;
}

const ID_SUFFIX = 'v6S011I6MqcbVvB2FA5Nk8dr5MkL8sWuCiG8cU';

const field = (
	number: number,
	name: string,
	type: CustomType,
	more: {
		multiple?: boolean;
		choices?: readonly string[];
		shared?: boolean;
		prefix?: 'cf' | 'lcf';
	} = {},
): CustomField => ({
	id: `${more.prefix ?? 'cf'}_sBx${number}${ID_SUFFIX}`,
	name,
	type,
	multiple: more.multiple ?? false,
	choices: more.choices ?? null,
	shared: more.shared ?? false,
});

/**
 * The custom fields of leads: one of each type, those with multiple values, shared ones, and an old
 * one, whose ID begins with lcf_ (Close docs, changelog 2021/5/17).
 */
export const closeFields = {
	text: field(1, 'External ID', 'text'),
	number: field(2, '# of users', 'number'),
	date: field(3, 'Trial Due', 'date'),
	datetime: field(4, 'Last Seen At', 'datetime'),
	choice: field(5, 'Source', 'choices', { choices: ['Website', 'Referral', 'Event'] }),
	choices: field(6, 'Industry', 'choices', {
		multiple: true,
		choices: ['Apparel', 'Cars', 'Cosmetics', 'Food, Drinks', 'IT'],
	}),
	user: field(7, 'Owner', 'user'),
	users: field(8, 'Helpers', 'user', { multiple: true }),
	old: field(9, 'Old Key', 'text', { prefix: 'lcf' }),
	sharedText: field(10, 'Region', 'text', { shared: true }),
	sharedChoice: field(11, 'Tier', 'choices', { shared: true, choices: ['A', 'B'] }),
	contact: field(12, 'Decision Maker', 'contact'),
	hidden: field(13, 'Sync Key', 'hidden'),
};
