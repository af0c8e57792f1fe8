import type { IDataObject } from 'n8n-workflow';
import { asText, isObject } from '../../shared/values/json';
import { TriggerState } from '../../shared/trigger/TriggerState';

/** What the Autocalls Trigger stores of its registrations. */
export type AutocallsTriggerData = {
	/** The secret part of our address: Autocalls does not sign. */
	token?: string;
	/** Our address up to the token; identifies it when the token is lost. */
	base?: string;
	/** By assistant: the address of its webhook before ours; null for none. */
	assistants: Record<string, string | null>;
	/** By assistant: the hash of another address that has already been reported to the user. */
	reportedForeignUrls: Record<string, string>;
};

export class AutocallsTriggerState extends TriggerState<AutocallsTriggerData> {
	protected override parse(stored: IDataObject): AutocallsTriggerData {
		const reported = Object.entries(mapByAssistant(stored.told)).flatMap(
			([id, hash]): Array<[string, string]> => (hash === null ? [] : [[id, hash]]),
		);
		return {
			token: asText(stored.token),
			base: asText(stored.base),
			assistants: mapByAssistant(stored.assistants),
			reportedForeignUrls: Object.fromEntries(reported),
		};
	}

	protected override serialize({
		reportedForeignUrls,
		...data
	}: AutocallsTriggerData): IDataObject {
		return { ...data, told: reportedForeignUrls };
	}

	/** True for one of our addresses: n8n's present one, or the one when the webhooks were set. */
	isOwnUrl(url: string | undefined, base: string): boolean {
		const { base: previousBase = base } = this.data;
		return url !== undefined && (url.startsWith(base) || url.startsWith(previousBase));
	}
}

function mapByAssistant(stored: unknown): Record<string, string | null> {
	if (!isObject(stored)) return {};
	return Object.fromEntries(
		Object.entries(stored).map(([id, text]): [string, string | null] => [id, asText(text) ?? null]),
	);
}
