/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests run outside of n8n */
import 'reflect-metadata';
import path from 'node:path';
import {
	DataDeduplicationService,
	ExecutionLifecycleHooks,
	PackageDirectoryLoader,
	WorkflowExecute,
	UnrecognizedNodeTypeError,
} from 'n8n-core';
import {
	createRunExecutionData,
	ICredentialsHelper,
	NodeConnectionTypes,
	Workflow,
} from 'n8n-workflow';
import type {
	CredentialInformation,
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeExecutionData,
	INodeParameters,
	INodeProperties,
	INodeType,
	INodeTypes,
	IRun,
	IRunExecutionData,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	NodeExecutionHint,
} from 'n8n-workflow';
import { ProcessedStore } from './processedStore';

/** What n8n keeps of processed values; shared by all runs of a test file. */
export const processedStore = new ProcessedStore();
const storeReady = DataDeduplicationService.init(processedStore);

/** The package under test: this one, or a copy with something more in it. */
const root = process.env.LEAD_DISPATCH_PACKAGE ?? path.resolve(__dirname, '../..');
const packageName = 'n8n-nodes-lead-dispatch';

/** n8n's own loaders, by the name of the package that each has loaded. */
const loaders = new Map<string, PackageDirectoryLoader>();
let own: Promise<void> | undefined;

/** Loads the built package, once. */
async function loadOwn(): Promise<void> {
	return await (own ??= loadPackage(root));
}

/** Loads a package as n8n does: all that its package.json names, or `only` these files of it. */
export async function loadPackage(
	folder: string,
	only?: { nodes: string[]; credentials: string[] },
): Promise<void> {
	const loader = new PackageDirectoryLoader(folder);
	loaders.set(loader.packageName, loader);
	if (only === undefined) return await loader.loadAll();
	for (const file of only.nodes) loader.loadNodeFromFile(file);
	for (const file of only.credentials) loader.loadCredentialFromFile(file);
}

const passThrough: INodeType = {
	description: {
		displayName: 'Test Source',
		name: 'source',
		group: ['input'],
		version: 1,
		description: 'Stands for whatever brings the items; its output is pinned',
		defaults: { name: 'Source' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

/** Nodes that were made for a test. */
const given = new Map<string, INodeType>([['test.source', passThrough]]);

/** Makes a node known that is in no package, under a name with a dot in it. */
export function giveNode(name: string, node: INodeType): void {
	given.set(name, node);
}

/** A loaded node type, by package and name as workflows have it, such as `n8n-nodes-base.httpRequest`. */
function loadedNode(type: string, version?: number): INodeType {
	const made = given.get(type);
	if (made !== undefined) return made;
	const dot = type.lastIndexOf('.');
	const [from, name] = [type.slice(0, dot), type.slice(dot + 1)];
	const known = loaders.get(from)?.nodeTypes[name]?.type;
	if (known === undefined) throw new UnrecognizedNodeTypeError(from, name);
	return 'nodeVersions' in known ? known.getNodeType(version) : known;
}

function loadedCredential(typeName: string): ICredentialType {
	for (const { credentialTypes } of loaders.values()) {
		const known = credentialTypes[typeName]?.type;
		if (known !== undefined) return known;
	}
	throw new Error(`No package that was loaded has the credential type ${typeName}.`);
}

/** The loaded node types, which tell when a node begins, and when it has ended, well or not. */
function nodeTypesOf({ onNodeStart, onNodeEnd }: RunOptions): INodeTypes {
	const getByNameAndVersion = (type: string, version?: number): INodeType => {
		if (type === 'test.source') return passThrough;
		const known = loadedNode(type, version);
		const { execute: original } = known;
		async function execute(this: IExecuteFunctions) {
			onNodeStart?.();
			try {
				return (await original?.call(this)) ?? null;
			} finally {
				onNodeEnd?.();
			}
		}
		return Object.create(known, { execute: { value: execute } });
	};
	return { getByName: getByNameAndVersion, getByNameAndVersion, getKnownTypes: () => ({}) };
}

export type StoredCredentials = Record<string, ICredentialDataDecryptedObject>;

/** n8n's credential helper without its database: applies what each credential type itself declares. */
class TestCredentials extends ICredentialsHelper {
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
		const kept = this.stored[typeName];
		Object.assign(kept ?? {}, output);
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Not used in tests');
	}

	/** With the defaults of the type, as n8n fills them in. */
	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_details: INodeCredentialsDetails,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject> {
		return await withDefaults(typeName, this.stored[typeName] ?? {});
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

let executions = 0;

/** A credential type of the package. */
export async function credentialType(typeName: string): Promise<ICredentialType> {
	await loadOwn();
	return loadedCredential(typeName);
}

/** A node type of the package. */
export async function nodeType(name: string): Promise<INodeType> {
	await loadOwn();
	return loadedNode(`${packageName}.${name}`);
}

/** Credential data with the defaults of its type, as n8n fills them in. */
export async function withDefaults(
	typeName: string,
	data: ICredentialDataDecryptedObject,
): Promise<ICredentialDataDecryptedObject> {
	const { properties } = loadedCredential(typeName);
	// Of two properties with one name, the first is the one that is shown by default.
	const defaults = properties.map(({ name, default: value }): [string, CredentialInformation] => [
		name,
		String(value),
	]);
	return { ...Object.fromEntries(defaults.reverse()), ...data };
}

export interface RunOptions {
	/** `squadVoice` or `aktify`; of another package that was loaded, with its name: `n8n-nodes-base.httpRequest`. */
	node: string;
	parameters: INodeParameters;
	/** What comes in; plain json objects. */
	items: IDataObject[];
	credentials: StoredCredentials;
	/** Of the node: On Error, Retry On Fail and the like. */
	settings?: Partial<INode>;
	/** Carries on from an earlier run, as n8n's "Retry" of a failed execution does. */
	retryOf?: RunResult;
	/** Gets a function that cancels the execution. */
	onStart?: (cancel: () => void) => void;
	onNodeStart?: () => void;
	/** Is called when the node has ended: a cancelled execution does not wait for it. */
	onNodeEnd?: () => void;
	timezone?: string;
	/** Runs with the same ID share the vendor's limit; left out, a run has a credential of its own. */
	credentialId?: string;
}

export interface RunResult {
	/** Items of the regular output. */
	items: INodeExecutionData[];
	/** Items of the error output. */
	errors: INodeExecutionData[];
	hints: NodeExecutionHint[];
	/** What made the execution fail. */
	error?: {
		message: string;
		description?: string | null;
		context?: IDataObject;
		httpCode?: string | null;
	};
	run: IRun;
	/** The whole of what n8n would store of this execution. */
	data: IRunExecutionData;
}

/** Runs one node of the package in a workflow `Source -> Node`, in n8n's engine. */
export async function run(options: RunOptions): Promise<RunResult> {
	const isOwn = !options.node.includes('.');
	if (isOwn) await loadOwn();
	await storeReady;
	const credentialType = Object.keys(options.credentials)[0] ?? '';
	const node: INode = {
		id: 'b',
		name: 'Node',
		type: isOwn ? `${packageName}.${options.node}` : options.node,
		typeVersion: 1,
		position: [200, 0],
		parameters: options.parameters,
		credentials: {
			[credentialType]: { id: options.credentialId ?? `own-${executions}`, name: credentialType },
		},
		...options.settings,
	};
	const source: INode = {
		id: 'a',
		name: 'Source',
		type: 'test.source',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const workflow = new Workflow({
		id: 'test',
		nodes: [source, node],
		connections: { Source: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		active: false,
		nodeTypes: nodeTypesOf(options),
		settings: { executionOrder: 'v1', timezone: options.timezone ?? 'America/New_York' },
	});
	const data = options.retryOf?.data ?? createRunExecutionData();
	prepare(data, options, source);
	const execution = new WorkflowExecute(additionalData(options.credentials), 'trigger', data);
	const running = execution.processRunExecutionData(workflow);
	options.onStart?.(() => running.cancel());
	const result = await running;
	const tasks = result.data.resultData.runData.Node ?? [];
	const task = tasks[tasks.length - 1];
	const { error } = result.data.resultData;
	return {
		items: task?.data?.main?.[0] ?? [],
		errors: task?.data?.main?.[1] ?? [],
		hints: task?.hints ?? [],
		error: error as RunResult['error'],
		run: result,
		data: result.data,
	};
}

/** Puts the input on the execution's stack; a retry finds its own there, as n8n leaves it. */
function prepare(data: IRunExecutionData, options: RunOptions, source: INode): void {
	data.resultData.pinData = { Source: options.items.map((json) => ({ json })) };
	if (options.retryOf !== undefined) {
		delete data.resultData.error;
		data.resultData.runData.Node?.pop();
		return;
	}
	data.executionData?.nodeExecutionStack.push({
		node: source,
		data: { main: [[{ json: {} }]] },
		source: null,
	});
}

/** What a context needs of n8n around it. */
export function additionalData(stored: StoredCredentials): IWorkflowExecuteAdditionalData {
	const executionId = String(++executions);
	const workflowData: IWorkflowBase = {
		id: 'test',
		name: 'Test',
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes: [],
		connections: {},
	};
	const partial: Partial<IWorkflowExecuteAdditionalData> = {
		executionId,
		credentialsHelper: new TestCredentials(stored),
		hooks: new ExecutionLifecycleHooks('trigger', executionId, workflowData),
		currentNodeExecutionIndex: 0,
		variables: {},
		webhookBaseUrl: 'http://localhost/',
		webhookWaitingBaseUrl: 'http://localhost/waiting',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
	};
	return partial as IWorkflowExecuteAdditionalData;
}
