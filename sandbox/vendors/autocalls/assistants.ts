import type { AccountName } from './accounts';

export interface AutocallsAssistant {
	id: number;
	name: string;
	account: AccountName;
	type: 'outbound' | 'inbound';
	status: 'active' | 'inactive';
	/** In E.164. */
	phoneNumber: string;
	/** The URL of its post-call webhook: one at most (Autocalls docs, enable webhook). */
	webhookUrl: string | null;
	isWebhookActive: boolean;
	/** On the vendor's clock (epoch in milliseconds), as is `updatedAt`. */
	createdAt: number;
	updatedAt: number;
}

const NAMES = [
	'Ada',
	'Basil',
	'Cleo',
	'Dora',
	'Emil',
	'Fritz',
	'Greta',
	'Hugo',
	'Iris',
	'Jonas',
	'Kira',
	'Leo',
];
const FIRST_DAY = Date.UTC(2025, 5, 29, 8);

/**
 * The assistants of a new sandbox: account one has 501 to 512 for outbound and 513 and 514 for
 * inbound calls; account two has 601.
 */
export function newAssistants(): AutocallsAssistant[] {
	const assistant = (
		id: number,
		name: string,
		type: AutocallsAssistant['type'] = 'outbound',
		account: AccountName = 'one',
	): AutocallsAssistant => {
		const createdAt = FIRST_DAY + id * 60_000;
		return {
			id,
			name,
			account,
			type,
			status: id === 512 ? 'inactive' : 'active',
			phoneNumber: `+1206555${String(id).padStart(4, '0')}`,
			webhookUrl: null,
			isWebhookActive: false,
			createdAt,
			updatedAt: createdAt,
		};
	};
	return [
		...NAMES.map((name, index) => assistant(501 + index, `Outreach by ${name}`)),
		assistant(513, 'Front Desk', 'inbound'),
		assistant(514, 'Night Desk', 'inbound'),
		assistant(601, 'Outreach of Account Two', 'outbound', 'two'),
	];
}
