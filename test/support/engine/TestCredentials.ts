import { ICredentialsHelper } from 'n8n-workflow';
import type {
	CredentialInformation,
	ICredentialDataDecryptedObject,
	ICredentials,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { loadedCredential } from './packages';

/** Credential data by credential type. */
export type StoredCredentials = Record<string, ICredentialDataDecryptedObject>;

/** n8n's credential helper without its database: applies what each credential type declares. */
export class TestCredentials extends ICredentialsHelper {
	constructor(readonly stored: StoredCredentials) {
		super();
	}

	getParentTypes(typeName: string): string[] {
		return loadedCredential(typeName).extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = loadedCredential(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		const { headers = {}, auth } = authenticate?.properties ?? {};
		const resolve = (value: unknown) =>
			String(value)
				.replace(/^=/, '')
				.replace(/{{\$credentials\.(\w+)}}/g, (_, key) => String(credentials[key]));
		const resolved = Object.entries(headers).map(([name, value]) => [name, resolve(value)]);
		return {
			...options,
			headers: { ...options.headers, ...Object.fromEntries(resolved) },
			...(auth === undefined
				? {}
				: { auth: { username: resolve(auth.username), password: resolve(auth.password) } }),
		};
	}

	/** As n8n does it: when the expirable field is empty, or after a 401. */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		_node: INode,
		expired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = loadedCredential(typeName);
		const expirable = type.properties.find(({ typeOptions }) => typeOptions?.expirable === true);
		if (expirable === undefined || type.preAuthentication === undefined) return undefined;
		if (credentials[expirable.name] !== '' && !expired) return undefined;
		const output = await type.preAuthentication.call(helpers, credentials);
		if (output[expirable.name] === undefined) return undefined;
		Object.assign(this.stored[typeName] ?? {}, output);
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Not used in tests');
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_details: INodeCredentialsDetails,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject> {
		return withDefaults(typeName, this.stored[typeName] ?? {});
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(
		_details: INodeCredentialsDetails,
		typeName: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		Object.assign(this.stored[typeName] ?? {}, data);
	}

	getCredentialsProperties(typeName: string): INodeProperties[] {
		return loadedCredential(typeName).properties;
	}
}

/** Credential data with the defaults of its type, as n8n fills them in. */
export function withDefaults(
	typeName: string,
	data: ICredentialDataDecryptedObject,
): ICredentialDataDecryptedObject {
	const { properties } = loadedCredential(typeName);
	// Of two properties with one name, the first is the one that is shown by default.
	const defaults = properties.map(({ name, default: value }): [string, CredentialInformation] => [
		name,
		String(value),
	]);
	return { ...Object.fromEntries(defaults.reverse()), ...data };
}
