import type { AccountName } from './accounts';
import { isoTimestamp } from './views';

export interface AutocallsAssistant {
	id: number;
	name: string;
	account: AccountName;
	type: 'outbound' | 'inbound';
	status: 'active' | 'inactive';
	/** In E.164. */
	phoneNumber: string;
	/** Where its calls are reported to: one address at most (Autocalls docs, enable webhook). */
	webhookUrl: string | null;
	isWebhookActive: boolean;
	createdAt: number;
	updatedAt: number;
}

const names = [
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
const firstDay = Date.UTC(2025, 5, 29, 8);

/**
 * The assistants of a new sandbox. Account one has 501 to 512, which make calls, and 513 and 514,
 * which take them; account two has 601.
 */
export function newAssistants(): AutocallsAssistant[] {
	const assistant = (
		id: number,
		name: string,
		type: AutocallsAssistant['type'] = 'outbound',
		account: AccountName = 'one',
	): AutocallsAssistant => {
		const createdAt = firstDay + id * 60_000;
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
		...names.map((name, index) => assistant(501 + index, `Outreach by ${name}`)),
		assistant(513, 'Front Desk', 'inbound'),
		assistant(514, 'Night Desk', 'inbound'),
		assistant(601, 'Outreach of Account Two', 'outbound', 'two'),
	];
}

/**
 * An assistant as the lists have it (Autocalls docs, get assistants and get outbound assistants),
 * without the settings of its voice and of its model, which say nothing of leads.
 */
export function assistantView(assistant: AutocallsAssistant): Record<string, unknown> {
	return {
		id: assistant.id,
		user_id: assistant.account === 'one' ? 1 : 2,
		phone_number_id: assistant.id + 1000,
		name: assistant.name,
		type: assistant.type,
		mode: 'pipeline',
		status: assistant.status,
		variables: {},
		post_call_evaluation: true,
		post_call_schema: [],
		tools: [],
		timezone: 'America/Los_Angeles',
		is_webhook_active: assistant.isWebhookActive,
		webhook_url: assistant.webhookUrl,
		inbound_webhook_url: null,
		created_at: isoTimestamp(assistant.createdAt),
		updated_at: isoTimestamp(assistant.updatedAt),
	};
}
