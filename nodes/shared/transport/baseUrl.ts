import { InvalidInputError } from '../errors/InvalidInputError';
import { asText } from '../values/json';

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const MAX_LENGTH = 2_000;
/** A scheme, a host with an optional port, and a path: printable ASCII without user, query and fragment. */
const PLAIN_URL = /^(https?):\/\/([\w.-]+|\[::1\])(:\d{1,5})?(\/[\w.~%!$&'()*+,;=:/-]*)?$/i;

/** The URL, if it is written so that no program can read another host in it. https, or http on this machine. */
function parsePlainUrl(text: string): URL | undefined {
	const [, protocol = '', writtenHost = ''] = PLAIN_URL.exec(text) ?? [];
	if (!URL.canParse(text)) return undefined;
	const url = new URL(text);
	// The parser reads "0x7f.1" as 127.0.0.1.
	const isAsWritten = url.hostname === writtenHost.toLowerCase() && !url.hostname.endsWith('.');
	const isSecure = protocol.toLowerCase() === 'https' || LOOPBACK_HOST.test(url.hostname);
	return isAsWritten && isSecure ? url : undefined;
}

function withoutTrailingSlashes(text: string): string {
	let end = text.length;
	while (text[end - 1] === '/') end--;
	return text.slice(0, end);
}

/**
 * Validates the Base URL of a credential, or another URL of it.
 * @returns the URL without trailing slashes
 * @throws InvalidInputError
 */
export function readBaseUrl(value: unknown, label = 'Base URL'): string {
	const text = asText(value) ?? '';
	if (text.length > MAX_LENGTH || !URL.canParse(text)) {
		throw new InvalidInputError(
			`The ${label} in the credential is not a URL`,
			'Open the credential and enter a full URL, such as https://api.example.com',
		);
	}
	const url = parsePlainUrl(text);
	if (url === undefined) {
		throw new InvalidInputError(
			`The ${label} in the credential must be https:// with a host and an optional path, and nothing else`,
			'Open the credential and correct it. Plain http is allowed for this machine only (localhost)',
		);
	}
	return withoutTrailingSlashes(`${url.origin}${url.pathname}`);
}
