import { ApiError, outcomeUnknown } from '../../shared/transport/ApiError';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { sanitizeMessage } from '../../shared/transport/redact';
import type { ApiResponse } from '../../shared/transport/request';
import { asText, isObject } from '../../shared/values/json';
import { autocalls } from './vendor';

/** What the reply says is not there: the record, the route of the request, or something else. */
type Missing = 'record' | 'route' | 'other';

/**
 * What a 404 is about. A record: "Lead not found" (Autocalls API page, Update lead), or Laravel's own message. A route:
 * Laravel's message, of older versions an empty one, or a page.
 * @param record what the request is about
 */
export function missingPart(body: unknown, record: 'lead' | 'assistant'): Missing {
	const message = isObject(body) ? (asText(body.message) ?? '') : '';
	const own = new RegExp(
		`^${record} not found\\b|^no query results for model \\[.*\\b${record}\\]`,
		'i',
	);
	if (own.test(message)) return 'record';
	const isBlank = body === undefined || (isObject(body) && body.message === '');
	return isBlank || /^the route .*could not be found/is.test(message) ? 'route' : 'other';
}

/** The error for a 404 that does not say that the record is missing. @param tried the requests, such as `PUT /user/leads/7` */
export function notFoundError(
	{ account }: ApiClient,
	{ body, status, afterLostResponse }: ApiResponse,
	{ sent, tried }: { sent: unknown; tried: string[] },
): ApiError {
	const text = autocalls.parseErrorMessage(body);
	const vendorMessage = text && sanitizeMessage(text, sent, account.secrets);
	if (afterLostResponse) return outcomeUnknown(autocalls, { status, vendorMessage });
	const said = vendorMessage === undefined ? '' : `: ${vendorMessage}`;
	return new ApiError(
		'refused',
		`Autocalls did not find what ${tried.join(' and ')} asks for (HTTP ${status}${said})`,
		'Nothing was changed. The reply does not say that the record is missing, so it may be there. Check the Base URL in the credential (it usually ends with /api), then the IDs',
		status,
		vendorMessage,
	);
}
