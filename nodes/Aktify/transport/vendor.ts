import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { textOf } from '../../shared/values/json';
import type { PhoneDefaults } from '../../shared/parameters/leadParameters';
import { readBaseUrl, secretsIn, wordsIn } from '../../shared/transport/vendor';
import type { Account, Vendor } from '../../shared/transport/vendor';

function readAccount(credentials: ICredentialDataDecryptedObject): Account {
	return {
		baseUrl: readBaseUrl(credentials.baseUrl),
		secrets: secretsIn(credentials, ['apiKey', 'clientSecret', 'webhookToken']),
		scope: textOf(credentials.apiKey),
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
	wordsOf: wordsIn,
	adviceFor: (status) => advice[status],
	rejectsCredential: [401, 403],
	requestsAtOnce: 10,
	requestsPerMinute: 0,
};

/** Aktify works in the US and answers in E.164. */
export const phoneRules: PhoneDefaults = {
	country: 'US',
	format: 'e164',
};
