import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { ApiRequest } from './request';
import { InvalidInputError } from '../errors/InvalidInputError';
import { getOwn } from '../values/json';
import { quote } from '../values/quote';

/** A credential in the form the client needs. */
export interface AccountConfig {
	/** Where the vendor's API is, without a trailing slash; https, or http on this machine. */
	baseUrl: string;
	/** Values to mask in every message. */
	secrets: string[];
	/**
	 * Identifies the account among those behind the same base URL: a hash of its ID at the vendor, or else of what signs
	 * in. What the node remembers of one account says nothing about another.
	 */
	accountKey: string;
	/** The account key is made of tokens that n8n replaces. */
	isAccountKeyTemporary?: boolean;
}

/** A vendor as data: what the kernel needs to know about it. */
export interface Vendor<A extends AccountConfig = AccountConfig> {
	/** The product name, for messages. */
	name: string;
	/** Name of the credential type. */
	credential: string;
	/** Credential types by the node's Authentication parameter, where it offers a choice. */
	credentialsByAuthentication?: ReadonlyMap<string, string>;
	/** @throws InvalidInputError for a credential that cannot be used */
	readAccount(credentials: ICredentialDataDecryptedObject): A;
	/** The vendor's message in the body of an error response; undefined if there is none. */
	parseErrorMessage(body: unknown): string | undefined;
	/** The wait that the body of a 429 states, as in `Retry-After`; for a vendor that has it there. */
	statedWait?(body: unknown): unknown;
	/** What to do about a rejection with this status; undefined where the kernel's advice is enough. */
	hintFor?(status: number): string | undefined;
	/** Statuses by which the vendor rejects the credential. */
	authErrorStatuses: readonly number[];
	/**
	 * A request that writes nothing and depends on no lead: if it is refused for the credential, the credential is bad.
	 * Undefined where there is none.
	 */
	credentialCheck?(account: A): ApiRequest | undefined;
	/** Default of Max Concurrent Requests. */
	defaultConcurrency: number;
	/** Default of Requests per Minute; 0 for no limit. */
	requestsPerMinute: number;
}

/** The credential type that a node with these parameters uses. @throws InvalidInputError for an unknown Authentication */
export function credentialFor(
	{ credential, credentialsByAuthentication: types }: Vendor,
	parameters: unknown,
): string {
	const chosen = getOwn(parameters, 'authentication');
	if (types === undefined || chosen === undefined) return credential;
	const type = typeof chosen === 'string' ? types.get(chosen) : undefined;
	if (type !== undefined) return type;
	throw new InvalidInputError(
		`Authentication: ${quote(chosen)} is not a valid value. Valid values: ${[...types.keys()].join(', ')}`,
		'Choose Authentication again',
	);
}
