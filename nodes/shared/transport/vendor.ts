import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { ApiRequest } from './request';
import { asText, getOwn } from '../values/json';

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

/** The credential type that a node with these parameters uses. */
export function credentialFor(
	vendor: Pick<Vendor, 'credential' | 'credentialsByAuthentication'>,
	parameters: unknown,
): string {
	const chosen = asText(getOwn(parameters, 'authentication')) ?? '';
	return vendor.credentialsByAuthentication?.get(chosen) ?? vendor.credential;
}
