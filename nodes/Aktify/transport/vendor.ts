import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { hashOf } from '../../shared/values/hash';
import { asText } from '../../shared/values/json';
import type { PhoneDefaults } from '../../shared/parameters/leadParameters';
import { readBaseUrl } from '../../shared/transport/baseUrl';
import { pickSecrets } from '../../shared/transport/redact';
import { isAcknowledgment } from '../../shared/transport/responseValidators';
import { extractErrorMessage } from '../../shared/transport/errorMessage';
import type { AccountConfig, Vendor } from '../../shared/transport/vendor';

function readAccount(credentials: ICredentialDataDecryptedObject): AccountConfig {
	return {
		baseUrl: readBaseUrl(credentials.baseUrl),
		secrets: pickSecrets(credentials, [
			'apiKey',
			'clientSecret',
			'webhookToken',
			'webhookPassword',
		]),
		accountKey: hashOf(asText(credentials.apiKey)),
	};
}

/** What to do about a status (Aktify API page, Create lead). */
const HINTS: Record<number, string> = {
	400: 'Aktify did not accept this lead. Check the phone number, the state or ZIP code, and the link',
	409: 'The phone number was already submitted to this campaign. Set If Lead Exists to Report as Duplicate to treat it as a duplicate',
};

/** Aktify (API pages Create lead and End Contact): the API key selects the campaign; no rate limit is documented. */
export const aktify: Vendor = {
	name: 'Aktify',
	credential: 'leadDispatchAktifyApi',
	readAccount,
	parseErrorMessage: extractErrorMessage,
	hintFor: (status) => HINTS[status],
	authErrorStatuses: [401, 403],
	/** A lead without a number, as in the credential's test: 400, and nothing is written. */
	credentialCheck: () => ({
		method: 'POST',
		path: ['api', 'v1', 'leads'],
		safety: 'safe',
		body: { phoneNumber: '' },
		expectedStatuses: [400],
		validateBody: isAcknowledgment,
		rateLimitGroup: 'create',
	}),
	defaultConcurrency: 10,
	requestsPerMinute: 0,
};

/** Aktify works in the US and answers in E.164. */
export const phoneRules: PhoneDefaults = { country: 'US', format: 'e164' };
