import { isRecord } from '../../lib/guards';
import type { AktifyEventType } from './events';

/** What a custom payload is sent with: nothing, Basic Auth or a Bearer token. */
type Authentication = { user: string; password: string } | { token: string };

/**
 * What a user enters under Custom Payloads: a body of one's own, without a signature (Aktify docs,
 * Custom Payloads).
 */
export interface CustomPayload {
	headers?: Record<string, string>;
	authentication?: Authentication;
	/**
	 * With placeholders such as `{{ phone }}`. Empty: the body as usual. ASSUMED (whether an empty
	 * template is signed): no. Confirmed by one such webhook.
	 */
	template: string;
	/** Other events are sent as usual; default: all. */
	events?: AktifyEventType[];
}

/**
 * Fills the placeholders of a template; one for nothing becomes an empty text. ASSUMED (the
 * placeholders of custom payloads): the fields of `data` and of `metadata`. Confirmed by the table
 * of placeholders in Aktify's docs.
 */
export function fillTemplate(
	template: string,
	{ data, metadata }: Record<string, unknown>,
): string {
	const values = Object.assign({}, metadata, data);
	return template.replace(/\{\{\s*(\w+)\s*\}\}/g, (_whole, name: string) => {
		const value: unknown = isRecord(values) ? values[name] : undefined;
		return value === undefined || value === null ? '' : String(value);
	});
}

function authorizationOf(authentication: Authentication): string {
	if ('token' in authentication) return `Bearer ${authentication.token}`;
	const { user, password } = authentication;
	return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** The headers of a custom payload, in small letters. */
export function customHeaders({
	headers = {},
	authentication,
}: CustomPayload): Record<string, string> {
	const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
	return {
		...Object.fromEntries(own),
		...(authentication ? { authorization: authorizationOf(authentication) } : {}),
	};
}
