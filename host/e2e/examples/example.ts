import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { SandboxState } from '../../../sandbox';
import { assert } from '../checks';
import type { Editor } from '../editor/Editor';
import type { Execution, N8nApi } from '../../n8n/restApi';
import { difference } from '../difference';
import { readCsv } from './csv';
import type { DataTable } from './DataTable';

/** The running n8n with the examples in it, and what they work upon. */
export interface ExampleContext {
	n8n: N8nApi;
	world: SandboxState;
	editor: Editor;
	/** Where n8n listens. */
	url: string;
	doNotContact: DataTable;
	leadsToFix: DataTable;
}

/** One start of an example, and what has to hold after it. */
export interface Step {
	what: string;
	/** @throws Error saying what does not hold */
	run(context: ExampleContext): Promise<void>;
}

/** How an example workflow is run end to end. */
export interface Example {
	/** The file in workflows/, without its `.json`. */
	file: string;
	/** Whether it is published while its steps run: not for those that only a button starts. */
	published?: boolean;
	/** What the vendors and the tables hold before; both are empty by then. */
	prepare?(context: ExampleContext): Promise<void> | void;
	/** One after the other, each upon what the one before has left. */
	steps: Step[];
}

/** A step: how it is started, and what must hold of what came of it. */
export function step<Seen>(
	what: string,
	start: (context: ExampleContext) => Promise<Seen>,
	holds: (context: ExampleContext, seen: Seen) => Promise<void> | void,
): Step {
	return { what, run: async (context) => await holds(context, await start(context)) };
}

/** Started by the button of a trigger; @throws Error unless the execution succeeds */
export function byButton(workflowId: string, trigger: string) {
	return async ({ n8n }: ExampleContext): Promise<Execution> => {
		const execution = await n8n.execute(workflowId, trigger);
		const { status, data } = execution;
		const { error } = data.resultData;
		assert(status === 'success', `the execution ended as ${status}: ${error?.message ?? ''}`);
		return execution;
	};
}

/** What left a node by one of its outputs, over all its runs; nothing where it did not run. */
export function itemsOf({ data }: Execution, node: string, output = 0): INodeExecutionData[] {
	const runs = data.resultData.runData[node] ?? [];
	return runs.flatMap((run) => run.data?.main?.[output] ?? []);
}

/** The same, without what is around the fields. */
export function rowsOf(execution: Execution, node: string, output = 0): IDataObject[] {
	return itemsOf(execution, node, output).map(({ json }) => json);
}

/** The rows of the CSV file that a node has put out. @throws Error unless it is one file of this name */
export async function rowsOfFile(
	n8n: N8nApi,
	execution: Execution,
	node: string,
	name: string,
): Promise<IDataObject[]> {
	const items = itemsOf(execution, node);
	const file = items[0]?.binary?.data;
	assert(items.length === 1 && file !== undefined, `${node} gave ${items.length} files`);
	assert(file.fileName === name, `the file is called ${String(file.fileName)}`);
	return readCsv(await n8n.textOf(file));
}

/** @throws Error unless both lists hold the same, by these fields and in any order */
export function assertSameRows(
	came: IDataObject[],
	due: IDataObject[],
	fields: string[],
	what: string,
): void {
	const wrong = difference(came, due, fields);
	assert(wrong === '', `${what}: ${wrong}`);
}
