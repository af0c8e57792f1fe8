import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { hashOf } from '../../shared/values/hash';
import { asText } from '../../shared/values/json';
import { quote } from '../../shared/values/quote';
import { readCell } from '../../shared/parameters/cells';
import { readPathId, type PhoneDefaults } from '../../shared/parameters/leadParameters';
import { oneOf } from '../../shared/parameters/optionReaders';
import type { ItemParameters } from '../../shared/parameters/ItemParameters';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import type { RequestOptions, ApiRequest } from '../../shared/transport/request';
import { readBaseUrl } from '../../shared/transport/baseUrl';
import { pickSecrets } from '../../shared/transport/redact';
import { hasList } from '../../shared/transport/responseValidators';
import { extractErrorMessage } from '../../shared/transport/errorMessage';
import type { AccountConfig, Vendor } from '../../shared/transport/vendor';
import { isUserLogin } from './signIn';

export interface SquadVoiceAccount extends AccountConfig {
	apiVersion: 'v1' | 'v4';
	isAffiliate: boolean;
	/** Of an affiliate whose items have no ID of their own. */
	affiliateId: string | undefined;
	/** The campaign that the credential's test reads. */
	testCampaign: string | undefined;
	/** Accounts of the US market need a state code with every lead. */
	market: 'us' | 'india';
}

/** A user stays the same whatever the password and the session are; a token does not say whose it is. */
function identityOf(credentials: ICredentialDataDecryptedObject): unknown {
	if (!isUserLogin(credentials)) return asText(credentials.accessToken);
	return [asText(credentials.clientId), asText(credentials.username)];
}

const API_VERSIONS = ['v1', 'v4'] as const;
const ACCOUNT_KINDS = ['standard', 'affiliate'] as const;
const MARKETS = ['us', 'india'] as const;

function readAccount(credentials: ICredentialDataDecryptedObject): SquadVoiceAccount {
	const apiVersion = oneOf(credentials.apiVersion, API_VERSIONS, 'API Version') ?? 'v1';
	const kind = oneOf(credentials.accountKind, ACCOUNT_KINDS, 'Account Kind') ?? 'standard';
	const market = oneOf(credentials.market, MARKETS, 'Market') ?? 'us';
	const isAffiliate = apiVersion === 'v1' && kind === 'affiliate';
	const affiliateId = isAffiliate ? asText(credentials.affiliateId) : undefined;
	return {
		baseUrl: readBaseUrl(credentials.baseUrl),
		secrets: pickSecrets(credentials, [
			'accessToken',
			'clientSecret',
			'password',
			'sessionToken',
			'refreshToken',
			'webhookToken',
		]),
		accountKey: hashOf(apiVersion, affiliateId, identityOf(credentials)),
		apiVersion,
		isAffiliate,
		affiliateId,
		testCampaign: asText(credentials.campaignId),
		market: apiVersion === 'v1' ? market : 'india',
	};
}

/** What to do about a status (SquadVoice API docs, Errors). */
const HINTS: Record<number, string> = {
	400: 'SquadVoice rejected this lead. Check its phone number, state and custom fields',
	404: 'Check the campaign ID and the lead ID, and that the campaign belongs to the account and API version of the credential',
	405: 'Check the Base URL and the API version in the credential',
};

/**
 * SquadVoice, also Squad and SquadStack (SquadVoice US and affiliate API pages for v1, the public API docs for v4, which
 * also state the limit of 100 requests a minute).
 */
export const squadVoice: Vendor<SquadVoiceAccount> = {
	name: 'SquadVoice',
	credential: 'leadDispatchSquadVoiceApi',
	readAccount,
	parseErrorMessage: extractErrorMessage,
	hintFor: (status) => HINTS[status],
	authErrorStatuses: [401, 403],
	/** One lead of the campaign for the connection test; an affiliate can only create. */
	credentialCheck: (account) =>
		account.isAffiliate || account.testCampaign === undefined
			? undefined
			: leadsRequest(account, 'responses', account.testCampaign, {
					method: 'GET',
					safety: 'safe',
					query: { page_size: 1 },
					expectedStatuses: [404],
					validateBody: hasList('results'),
				}),
	defaultConcurrency: 10,
	requestsPerMinute: 100,
};

/** Calls that only a campaign's own address answers; the others look for a lead as well. */
const CAMPAIGN_CALLS: ReadonlySet<string> = new Set(['create', 'disable', 'responses']);

/** A request under `/api/{version}/leads/{call}/{campaign}/`. */
export function leadsRequest(
	account: SquadVoiceAccount,
	call: string,
	campaign: string,
	request: RequestOptions,
): ApiRequest {
	return {
		explainRejection: (status, vendorMessage = '') =>
			// A page past the end of a list is not found, either.
			status === 404 && CAMPAIGN_CALLS.has(call) && !/page/i.test(vendorMessage)
				? {
						message: `SquadVoice has no campaign ${quote(campaign)} for this credential`,
						description:
							'Check the campaign ID, and that the campaign belongs to the account and the API version of the credential',
					}
				: undefined,
		...request,
		path: ['api', account.apiVersion, 'leads', call, campaign],
		trailingSlash: true,
		rateLimitGroup: 'leads',
	};
}

/** The Campaign of an item. @throws InvalidInputError */
export function readCampaign(item: ItemParameters): string {
	return readPathId(item.locator('campaign', 'Campaign'), 'Campaign');
}

/** The Lead ID as it is sent: a number stays a number (v1's examples have numbers, v4's texts). @throws InvalidInputError */
export function readLeadId(item: ItemParameters): string | number {
	const text = item.requiredId('leadId', 'Lead ID');
	if (text.length > 255) {
		throw InvalidInputError.ofField(
			'Lead ID',
			{ problem: 'is longer than 255 characters' },
			'Use a shorter ID',
		);
	}
	const value = readCell(item.value('leadId'), 'Lead ID');
	return typeof value === 'number' ? value : text;
}

/** Rejects an affiliate's token, which can only create (SquadVoice affiliate API page). @throws InvalidInputError */
export function requireStandard(account: SquadVoiceAccount): void {
	if (!account.isAffiliate) return;
	throw new InvalidInputError(
		'An affiliate account can only create leads',
		'Use the credential of a standard account, or ask SquadVoice for one',
	);
}

/** Rejects API v1. @param withV1 what to do there instead. @throws InvalidInputError */
export function requireV4(account: SquadVoiceAccount, withV1: string): void {
	if (account.apiVersion === 'v4') return;
	throw new InvalidInputError(
		'This operation exists in API v4 only',
		`If SquadVoice gave you access to v4, choose it in the credential. ${withV1}`,
	);
}

/** How SquadVoice's own replies write numbers: v1 without a plus, v4 with one. */
export function phoneRules(account: SquadVoiceAccount): PhoneDefaults {
	return {
		country: account.market === 'us' ? 'US' : 'IN',
		format: account.apiVersion === 'v1' ? 'e164WithoutPlus' : 'e164',
	};
}
