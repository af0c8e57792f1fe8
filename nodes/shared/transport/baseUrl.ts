import { InvalidInputError } from '../errors/InvalidInputError';
import { asText } from '../values/json';

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** https for any host; http only for this machine, where the sandbox runs. */
function isAllowed({ protocol, hostname, username, password, search, hash }: URL): boolean {
	const isSecure = protocol === 'https:' || (protocol === 'http:' && LOOPBACK_HOST.test(hostname));
	return isSecure && [username, password, search, hash].every((part) => part === '');
}

/**
 * Validates the Base URL of a credential.
 * @returns the URL without trailing slashes
 * @throws InvalidInputError
 */
export function readBaseUrl(value: unknown): string {
	const text = asText(value) ?? '';
	if (!URL.canParse(text)) {
		throw new InvalidInputError(
			'The Base URL in the credential is not a URL',
			'Open the credential and enter a full URL, such as https://api.example.com',
		);
	}
	const url = new URL(text);
	if (!isAllowed(url)) {
		throw new InvalidInputError(
			'The Base URL in the credential must be https:// with a host and an optional path, and nothing else',
			'Open the credential and correct the Base URL. Plain http is allowed for this machine only (localhost)',
		);
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
