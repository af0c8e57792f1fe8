import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { isObject, getOwn, asText } from '../values/json';
import { InvalidInputError } from '../errors/InvalidInputError';

/** What every vendor's credential comes to, once read. */
export interface AccountConfig {
	/** Where the vendor's API is, without a trailing slash; https, or loopback for the sandbox. */
	baseUrl: string;
	/** Values that must never show up in words meant for people. */
	secrets: string[];
	/** What stands for the part of the vendor that it opens, such as one campaign, where that can change. */
	accountKey?: string;
}

/** A vendor as data: what the kernel needs to know of it. */
export interface Vendor<A extends AccountConfig = AccountConfig> {
	/** As people know it, for messages. */
	name: string;
	/** The credential type's name. */
	credential: string;
	/** Credential types by the node's Authentication, where it offers a choice. */
	credentialsByAuthentication?: ReadonlyMap<string, string>;
	readAccount(credentials: ICredentialDataDecryptedObject): A;
	/** The vendor's own words in the body of an error reply. */
	parseErrorMessage(body: unknown): string | undefined;
	/** How to get unstuck after a status; undefined where the kernel's own advice is enough. */
	hintFor?(status: number): string | undefined;
	/** The statuses by which the vendor says that the credential is bad. */
	authErrorStatuses: readonly number[];
	/** Requests open at the same time, unless the user says otherwise. */
	defaultConcurrency: number;
	/** Requests in any minute, unless the user says otherwise; 0 for no limit of ours. */
	requestsPerMinute: number;
}

/** The credential type that a node with these parameters uses. */
export function credentialFor(
	vendor: Pick<Vendor, 'credential' | 'credentialsByAuthentication'>,
	parameters: unknown,
): string {
	const chosen = asText(getOwn(parameters, 'authentication')) ?? '';
	return vendor.credentialsByAuthentication?.get(chosen) ?? vendor.credential;
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Checks the base URL of a credential: https anywhere, http only on this machine.
 * @returns the URL without trailing slashes
 * @throws InvalidInputError with words for the user
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
	const allowed =
		url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname));
	if (
		!allowed ||
		url.username !== '' ||
		url.password !== '' ||
		url.search !== '' ||
		url.hash !== ''
	) {
		throw new InvalidInputError(
			'The Base URL in the credential has to start with https:// and hold nothing but a host and a path',
			'Open the credential and correct the Base URL. Plain http is allowed for this machine only (localhost)',
		);
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** The filled-in secrets among credential fields, for masking. */
export function pickSecrets(
	credentials: ICredentialDataDecryptedObject,
	fields: readonly string[],
): string[] {
	return fields
		.map((field) => asText(credentials[field]))
		.filter((secret): secret is string => secret !== undefined);
}

const MESSAGE_KEYS = ['message', 'detail', 'error_description', 'error', 'title'];
const MAX_DEPTH = 4;

/**
 * The vendor's words in an error body whose shape nobody documents: the text under a usual key, or
 * all texts in it with the names of their fields, as in `phone_number: Enter a valid number`.
 */
export function extractErrorMessage(body: unknown): string | undefined {
	if (!isObject(body))
		return asText(body) ?? (Array.isArray(body) ? flattenMessages(body, '', 0) : undefined);
	const usual = MESSAGE_KEYS.map((key) => asText(getOwn(body, key))).find(
		(text) => text !== undefined,
	);
	const { errors } = body;
	const named = errors === undefined ? undefined : flattenMessages(errors, '', 0);
	return [usual, named].filter(Boolean).join('; ') || flattenMessages(body, '', 0);
}

function flattenMessages(value: unknown, name: string, depth: number): string | undefined {
	const text = asText(value);
	if (text !== undefined) return name === '' ? text : `${name}: ${text}`;
	if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH) return undefined;
	const parts = Object.entries(value)
		.slice(0, 20)
		.map(([key, entry]) => flattenMessages(entry, Array.isArray(value) ? name : key, depth + 1));
	return parts.filter(Boolean).join('; ') || undefined;
}

export { showFor } from '../descriptions/displayOptions';
