import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { SandboxState } from '../../../sandbox';
import { assert } from '../checks';
import type { Editor } from '../editor/Editor';
import type { Execution, N8nApi } from '../../n8n/restApi';
import { difference } from '../difference';
import { readCsv } from './csv';
import type { DataTable } from './DataTable';

/** The running n8n with the examples, and the data that they use. */
export interface ExampleContext {
	n8n: N8nApi;
	world: SandboxState;
	editor: Editor;
	/** The address of n8n. */
	url: string;
	doNotContact: DataTable;
	leadsToFix: DataTable;
}

/** One run of an example, and the checks after it. */
export interface Step {
	what: string;
	/** @throws Error with the check that failed */
	run(context: ExampleContext): Promise<void>;
}

/** How an example workflow is run end to end. */
export interface Example {
	/** The file in workflows/, without its `.json`. */
	file: string;
	/** Whether it is published while its steps run, for triggers other than a button. */
	published?: boolean;
	/** Fills the vendors and the tables, which are empty before. */
	prepare?(context: ExampleContext): Promise<void> | void;
	/** Run one after the other, each on the state that the last one left. */
	steps: Step[];
}

/** A step: how it is started, and the checks of its result. */
export function step<Result>(
	what: string,
	start: (context: ExampleContext) => Promise<Result>,
	verify: (context: ExampleContext, result: Result) => Promise<void> | void,
): Step {
	return { what, run: async (context) => await verify(context, await start(context)) };
}

/** Starts a workflow by the button of a trigger. @throws Error unless the execution succeeds */
export function byButton(workflowId: string, trigger: string) {
	return async ({ n8n }: ExampleContext): Promise<Execution> => {
		const execution = await n8n.execute(workflowId, trigger);
		const { status, data } = execution;
		const { error } = data.resultData;
		assert(status === 'success', `the execution ended as ${status}: ${error?.message ?? ''}`);
		return execution;
	};
}

/** The items of one output of a node, over all its runs; empty if it did not run. */
export function itemsOf({ data }: Execution, node: string, output = 0): INodeExecutionData[] {
	const runs = data.resultData.runData[node] ?? [];
	return runs.flatMap((run) => run.data?.main?.[output] ?? []);
}

/** The fields of these items. */
export function rowsOf(execution: Execution, node: string, output = 0): IDataObject[] {
	return itemsOf(execution, node, output).map(({ json }) => json);
}

/** The rows of the CSV file that a node has output. @throws Error unless it is one file of this name */
export async function rowsOfFile(
	n8n: N8nApi,
	execution: Execution,
	node: string,
	name: string,
): Promise<IDataObject[]> {
	const items = itemsOf(execution, node);
	const file = items[0]?.binary?.data;
	assert(items.length === 1 && file !== undefined, `${node} output ${items.length} files`);
	assert(file.fileName === name, `the file is called ${String(file.fileName)}`);
	return readCsv(await n8n.textOf(file));
}

/** @throws Error unless both lists contain the same rows, compared by these fields in any order */
export function assertSameRows(
	actual: IDataObject[],
	expected: IDataObject[],
	fields: string[],
	what: string,
): void {
	const wrong = difference(actual, expected, fields);
	assert(wrong === '', `${what}: ${wrong}`);
}
