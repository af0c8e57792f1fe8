import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { getOwn, asText } from '../../shared/values/json';
import type { PhoneDefaults } from '../../shared/parameters/leadParameters';
import { hashOf } from '../../shared/values/hash';
import { quote } from '../../shared/values/quote';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import type { RequestOptions, ApiRequest } from '../../shared/transport/request';
import { readBaseUrl } from '../../shared/transport/baseUrl';
import { pickSecrets } from '../../shared/transport/redact';
import { isAcknowledgment } from '../../shared/transport/responseValidators';
import type { AccountConfig, Vendor } from '../../shared/transport/vendor';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { parseErrorMessage } from './errorMessage';

function readAccount(credentials: ICredentialDataDecryptedObject): AccountConfig {
	// Fixed by the credential type, but a credential can be imported with others; the client secret goes there.
	const oAuth2Urls = { authUrl: 'Authorization URL', accessTokenUrl: 'Access Token URL' };
	for (const [name, label] of Object.entries(oAuth2Urls)) {
		if (asText(credentials[name]) !== undefined) readBaseUrl(credentials[name], label);
	}
	const tokens = ['access_token', 'refresh_token'].flatMap(
		(name) => asText(getOwn(credentials.oauthTokenData, name)) ?? [],
	);
	// Tokens are replaced every hour; n8n keeps the organization that came with the first one.
	const organization = asText(getOwn(credentials.oauthTokenData, 'organization_id'));
	return {
		baseUrl: readBaseUrl(credentials.baseUrl),
		secrets: [...pickSecrets(credentials, ['apiKey', 'clientSecret']), ...tokens],
		accountKey: hashOf(asText(credentials.apiKey), organization ?? tokens),
		isAccountKeyTemporary: organization === undefined && tokens.length > 0,
	};
}

/** What to do about a status (Close API docs, HTTP response codes). */
const HINTS: Record<number, string> = {
	400: 'Close rejected this lead. See the field named above',
	402: 'The plan of your Close organization does not allow this, or its limit is reached: change the plan, or delete leads',
	403: 'The user of the credential may not do this: check its role and permissions in Close',
	404: 'Check the IDs. They must belong to the organization of the credential',
	405: 'Check the Base URL in the credential: it usually ends with /api/v1',
	415: 'Check the Base URL in the credential: the server there does not accept JSON',
};

/** Close (Close API page, Create a new lead): every reply reports its limits, per endpoint group and key. */
export const close: Vendor = {
	name: 'Close',
	credential: 'leadDispatchCloseApi',
	credentialsByAuthentication: new Map([
		['apiKey', 'leadDispatchCloseApi'],
		['oAuth2', 'leadDispatchCloseOAuth2Api'],
	]),
	readAccount,
	parseErrorMessage,
	hintFor: (status) => HINTS[status],
	authErrorStatuses: [401],
	credentialCheck: () =>
		closeRequest('me', { method: 'GET', safety: 'safe', validateBody: isAcknowledgment }),
	defaultConcurrency: 10,
	requestsPerMinute: 0,
};

/** Close stores numbers in E.164; a national number needs Default Country. */
export const phoneRules: PhoneDefaults = { country: undefined, format: 'e164' };

/** All paths end with a slash; requests of one endpoint and method share a limit. */
export function closeRequest(
	endpoint: string,
	{ id, ...request }: RequestOptions & { id?: string },
): ApiRequest {
	const path = [...endpoint.split('/'), ...(id === undefined ? [] : [id])];
	return { ...request, path, trailingSlash: true, rateLimitGroup: `${request.method} ${endpoint}` };
}

const idPatterns = {
	lead: /^lead_[A-Za-z0-9]{1,80}$/,
	stat: /^stat_[A-Za-z0-9]{1,80}$/,
	/** Those of fields that were made before 2021 begin with `lcf_` (Close API page, changelog 2021/5/17). */
	cf: /^l?cf_[A-Za-z0-9]{1,80}$/,
	user: /^user_[A-Za-z0-9]{1,80}$/,
	cont: /^cont_[A-Za-z0-9]{1,80}$/,
};
/** Longer than any ID, and than the address of a page of Close's app. */
const MAX_ID_LENGTH = 2_000;
const appPage = /^https:\/\/app\.close\.com\/(?:[\w-]+\/)*?([a-z]+_[A-Za-z0-9]+)(?:[/?#].*)?$/;

/** An ID of Close's, or the one in the address of a page of its app. @throws InvalidInputError naming the field */
export function readId(value: string, kind: keyof typeof idPatterns, label: string): string {
	const isShort = value.length <= MAX_ID_LENGTH;
	const id = (isShort ? appPage.exec(value)?.[1] : undefined) ?? value;
	if (idPatterns[kind].test(id)) return id;
	throw InvalidInputError.ofField(
		label,
		{ shown: quote(value), problem: 'is not an ID' },
		`${label} starts with ${kind}_. Copy it from Close, or paste the address of its page`,
	);
}

/** The Lead ID of an item. @throws InvalidInputError */
export function readLeadId(item: ItemParameters): string {
	return readId(item.locator('leadId', 'Lead ID'), 'lead', 'Lead ID');
}
