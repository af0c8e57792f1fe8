import { WorkflowExecute } from 'n8n-core';
import { createRunExecutionData, NodeConnectionTypes, Workflow } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	IRun,
	IRunExecutionData,
	NodeExecutionHint,
} from 'n8n-workflow';
import { additionalData } from './additionalData';
import { loadedNode, loadOwnPackage, PACKAGE_NAME, registerNode } from './packages';
import './sharedProcessedStore';
import type { StoredCredentials } from './TestCredentials';

const SOURCE_TYPE = 'test.source';
const LOOP_TYPE = 'test.loop';

export interface RunOptions {
	/** `squadVoice` or `aktify`; of another package that was loaded, with its name: `n8n-nodes-base.httpRequest`. */
	node: string;
	parameters: INodeParameters;
	/** What comes in; plain json objects. */
	items?: IDataObject[];
	credentials: StoredCredentials;
	/** Of the node: On Error, Retry On Fail and the like. */
	settings?: Partial<INode>;
	/** What comes in by runs of a loop, as from n8n's Loop Over Items; the node leads back to it. */
	runs?: IDataObject[][];
	/** A registered node type for a node `After`, which gets what comes out of both outputs. */
	after?: string;
	/** Carries on from an earlier run, as n8n's "Retry" of a failed execution does. */
	retryOf?: RunResult;
	/** Gets a function that cancels the execution. */
	onStart?: (cancel: () => void) => void;
	onNodeStart?: () => void;
	/** Is called when the node has ended: a cancelled execution does not wait for it. */
	onNodeEnd?: () => void;
	timezone?: string;
	/** `manual` when a person pressed Execute; default: `trigger`. */
	mode?: 'manual' | 'trigger';
	/** Runs with the same ID share the vendor's limit; left out, a run has a credential of its own. */
	credentialId?: string;
}

export interface RunResult {
	/** Items of the regular output. */
	items: INodeExecutionData[];
	/** Items of the error output. */
	errors: INodeExecutionData[];
	/** Items of the regular output, by run of a loop. */
	runs: INodeExecutionData[][];
	/** What came out of the node `After`. */
	after: INodeExecutionData[];
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
	if (isOwn) await loadOwnPackage();
	const credentialType = Object.keys(options.credentials)[0] ?? '';
	const additional = additionalData(options.credentials);
	const ownCredential = `own-${additional.executionId ?? ''}`;
	const node: INode = {
		id: 'b',
		name: 'Node',
		type: isOwn ? `${PACKAGE_NAME}.${options.node}` : options.node,
		typeVersion: 1,
		position: [200, 0],
		parameters: options.parameters,
		credentials: {
			[credentialType]: { id: options.credentialId ?? ownCredential, name: credentialType },
		},
		...options.settings,
	};
	const source: INode = {
		id: 'a',
		name: 'Source',
		type: SOURCE_TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const isLoop = options.runs !== undefined;
	const loop: INode = { ...source, id: 'c', name: 'Loop', type: LOOP_TYPE };
	const after: INode[] =
		options.after === undefined ? [] : [{ ...source, id: 'd', name: 'After', type: options.after }];
	const link = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	const to = (name: string) => ({ main: [link(name)] });
	runsOfLoop = options.runs ?? [];
	const workflow = new Workflow({
		id: 'test',
		nodes: isLoop ? [source, loop, node] : [source, node, ...after],
		connections: isLoop
			? { Source: to('Loop'), Loop: to('Node'), Node: to('Loop') }
			: {
					Source: to('Node'),
					...(after.length > 0 && { Node: { main: [link('After'), link('After')] } }),
				},
		active: false,
		nodeTypes: nodeTypesOf(options),
		settings: { executionOrder: 'v1', timezone: options.timezone ?? 'America/New_York' },
	});
	const data = options.retryOf?.data ?? createRunExecutionData();
	prepare(data, options, source);
	const execution = new WorkflowExecute(additional, options.mode ?? 'trigger', data);
	const running = execution.processRunExecutionData(workflow);
	options.onStart?.(() => running.cancel());
	const result = await running;
	const tasks = result.data.resultData.runData.Node ?? [];
	const task = tasks[tasks.length - 1];
	const { error } = result.data.resultData;
	return {
		items: task?.data?.main?.[0] ?? [],
		errors: task?.data?.main?.[1] ?? [],
		runs: tasks.map((run) => run.data?.main?.[0] ?? []),
		after: (result.data.resultData.runData.After ?? []).flatMap(
			({ data: out }) => out?.main?.[0] ?? [],
		),
		hints: task?.hints ?? [],
		error: error as RunResult['error'],
		run: result,
		data: result.data,
	};
}

/** Puts the input on the execution's stack; a retry finds its own there, as n8n leaves it. */
function prepare(data: IRunExecutionData, options: RunOptions, source: INode): void {
	data.resultData.pinData = { Source: (options.items ?? [{}]).map((json) => ({ json })) };
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

/** The loaded node types, which report when a node starts and ends. */
function nodeTypesOf({ onNodeStart, onNodeEnd }: RunOptions): INodeTypes {
	const getByNameAndVersion = (type: string, version?: number): INodeType => {
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

registerNode(SOURCE_TYPE, {
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
});

let runsOfLoop: IDataObject[][] = [];

registerNode(LOOP_TYPE, {
	description: {
		displayName: 'Test Loop',
		name: 'loop',
		group: ['organization'],
		version: 1,
		description: "Stands for n8n's Loop Over Items: one list a run, then none",
		defaults: { name: 'Loop' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute() {
		const run = runsOfLoop[Number(this.getWorkflowDataProxy(0).$runIndex)];
		return run === undefined ? [] : [run.map((json) => ({ json }))];
	},
});
