import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { PhoneDefaults } from '../../shared/parameters/leadParameters';
import { hashOf } from '../../shared/values/hash';
import { asText, getOwn } from '../../shared/values/json';
import { quote } from '../../shared/values/quote';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import type { RequestOptions, ApiRequest } from '../../shared/transport/request';
import { readBaseUrl } from '../../shared/transport/baseUrl';
import { pickSecrets } from '../../shared/transport/redact';
import { isAcknowledgment } from '../../shared/transport/responseValidators';
import { extractErrorMessage } from '../../shared/transport/errorMessage';
import type { AccountConfig, Vendor } from '../../shared/transport/vendor';

function readAccount(credentials: ICredentialDataDecryptedObject): AccountConfig {
	return {
		baseUrl: readBaseUrl(credentials.baseUrl),
		secrets: pickSecrets(credentials, ['apiKey']),
		accountKey: hashOf(asText(credentials.apiKey)),
	};
}

/** What to do about a status; most statuses are not documented. */
const HINTS: Record<number, string> = {
	403: 'The plan or the key does not allow this: check them in your Autocalls account',
	404: 'Check the campaign and lead IDs. They must belong to the same account as the credential',
	405: 'Check the Base URL in the credential: it usually ends with /api',
	422: 'Autocalls rejected this lead. See the field named above',
};

/** Autocalls (Autocalls API page, Create lead, and its API reference). It documents no rate limit; a white label does. */
export const autocalls: Vendor = {
	name: 'Autocalls',
	credential: 'leadDispatchAutocallsApi',
	readAccount,
	parseErrorMessage: extractErrorMessage,
	// A white label has it (Famulor page, Authentication guide).
	statedWait: (body) => getOwn(body, 'retry_after'),
	hintFor: (status) => HINTS[status],
	authErrorStatuses: [401],
	credentialCheck: () =>
		userRequest(['me'], { method: 'GET', safety: 'safe', validateBody: isAcknowledgment }),
	defaultConcurrency: 10,
	requestsPerMinute: 0,
};

/** Many countries: national numbers need Default Country. E.164 (Autocalls API page, Create lead). */
export const phoneRules: PhoneDefaults = { country: undefined, format: 'e164' };

/** A request below the base URL. The limit that a white label documents is one for all requests of a key. */
export function apiRequest(path: readonly string[], request: RequestOptions): ApiRequest {
	return { ...request, path, rateLimitGroup: 'api' };
}

export function userRequest(path: readonly string[], request: RequestOptions): ApiRequest {
	return apiRequest(['user', ...path], request);
}

/** A whole-number ID. @throws InvalidInputError naming the field */
export function readId(value: string, label: string): number {
	const id = Number(value);
	if (/^\d{1,15}$/.test(value) && Number.isSafeInteger(id)) return id;
	throw InvalidInputError.ofField(
		label,
		{ shown: quote(value), problem: 'is not an ID' },
		`${label} is a whole number. Copy it from Autocalls, or choose from the list`,
	);
}

export function readCampaign(item: ItemParameters): number {
	return readId(item.locator('campaign', 'Campaign'), 'Campaign');
}
