import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { asText } from '../../shared/values/json';
import type { PhoneDefaults } from '../../shared/parameters/leadParameters';
import { readBaseUrl } from '../../shared/transport/baseUrl';
import { pickSecrets } from '../../shared/transport/redact';
import { extractErrorMessage } from '../../shared/transport/errorMessage';
import type { AccountConfig, Vendor } from '../../shared/transport/vendor';

function readAccount(credentials: ICredentialDataDecryptedObject): AccountConfig {
	return {
		baseUrl: readBaseUrl(credentials.baseUrl),
		secrets: pickSecrets(credentials, ['apiKey', 'clientSecret', 'webhookToken']),
		accountKey: asText(credentials.apiKey),
	};
}

/** What the statuses of seed 002 mean for the user. */
const advice: Record<number, string> = {
	400: 'A required field is missing or a field is not as Aktify wants it: check the phone number, the state or ZIP code, and the link of this item',
	409: 'The phone number was already submitted to this campaign. Set If Already There to Return as Duplicate to pass it through',
};

/**
 * Aktify, by seed 002 and the vendor's End Contact page. The API key stands for the campaign. The
 * vendor documents no rate limit, so only Requests at Once holds the node back, until a reply says more.
 */
export const aktify: Vendor = {
	name: 'Aktify',
	credential: 'leadDispatchAktifyApi',
	readAccount,
	parseErrorMessage: extractErrorMessage,
	hintFor: (status) => advice[status],
	authErrorStatuses: [401, 403],
	defaultConcurrency: 10,
	requestsPerMinute: 0,
};

/** Aktify works in the US and answers in E.164. */
export const phoneRules: PhoneDefaults = { country: 'US', format: 'e164' };
