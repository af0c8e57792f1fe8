import type { INodeExecutionData, IRunExecutionData } from 'n8n-workflow';
import type { VendorName, SandboxState } from '../../sandbox';
import type { Execution, N8nApi } from '../n8n/restApi';

/** The outcomes of Create; each is a column of the table. */
export const CREATE_OUTCOMES = [
	'created',
	'duplicate',
	'skipped',
	'notSent',
	'refused',
	'unknown',
] as const;

export type CreateOutcome = (typeof CREATE_OUTCOMES)[number];

/** The result of a demo run at one vendor, and how it differs from what the sandbox has. */
export interface VendorReport {
	vendor: string;
	rows: number;
	outcomes: Record<CreateOutcome, number>;
	/** Requests that the sandbox received, and how many of them it refused. */
	requests: number;
	refusedRequests: number;
	seconds: number;
	/** Leads that the sandbox has. */
	held: number;
	disagreements: string[];
}

interface Demo {
	workflowId: string;
	trigger: string;
	/** The node whose output items are the rows. */
	rowsFrom: string;
	vendors: Array<{ node: string; vendor: VendorName }>;
}

/** The workflows that the quick start runs. */
const DEMOS: Demo[] = [
	{
		workflowId: 'ldPushCsvToAll01',
		trigger: 'Run the Demo',
		rowsFrom: 'Rows of the CSV',
		vendors: [
			{ node: 'SquadVoice', vendor: 'squadVoice' },
			{ node: 'Aktify', vendor: 'aktify' },
			{ node: 'Autocalls', vendor: 'autocalls' },
			{ node: 'Close', vendor: 'close' },
		],
	},
];

function isCreateOutcome(value: unknown): value is CreateOutcome {
	return CREATE_OUTCOMES.some((outcome) => outcome === value);
}

/** The input item that an output item came from. */
function inputIndexOf({ pairedItem }: INodeExecutionData): number | undefined {
	const [first] = Array.isArray(pairedItem) ? pairedItem : [pairedItem];
	return typeof first === 'object' ? first.item : first;
}

/** All items that a node output in its first run, including its error branch. */
export function outputOf(data: IRunExecutionData, node: string): INodeExecutionData[] {
	const run = data.resultData.runData[node]?.[0];
	return (run?.data?.main ?? []).flatMap((items) => items ?? []);
}

/** The number of rows that were not output exactly once. */
function countLostOrRepeated(items: INodeExecutionData[], rows: number): number {
	const outputCounts = new Map<number | undefined, number>();
	for (const item of items) {
		const index = inputIndexOf(item);
		outputCounts.set(index, (outputCounts.get(index) ?? 0) + 1);
	}
	return Array.from({ length: rows }, (_, index) => index).filter(
		(index) => outputCounts.get(index) !== 1,
	).length;
}

/** Compares the output of a vendor's node in its first run with what the sandbox has. */
export function reportOn(
	{ data }: Execution,
	{ rowsFrom }: Pick<Demo, 'rowsFrom'>,
	{ node, vendor }: Demo['vendors'][number],
	world: SandboxState,
): VendorReport {
	const rows = outputOf(data, rowsFrom).length;
	const items = outputOf(data, node);
	const run = data.resultData.runData[node]?.[0];
	const requests = world.requests.filter((request) => request.vendor === vendor);
	const { held, doubled } = world.ledger(vendor);

	const outcomes = { created: 0, duplicate: 0, skipped: 0, notSent: 0, refused: 0, unknown: 0 };
	let withoutOutcome = 0;
	for (const item of items) {
		const outcome = item.json.outcome;
		if (isCreateOutcome(outcome)) outcomes[outcome] += 1;
		else withoutOutcome += 1;
	}

	const lostOrRepeated = countLostOrRepeated(items, rows);
	const disagreements = [
		rows === 0 && 'the node received no rows',
		run?.error && `the node failed: ${run.error.message}`,
		withoutOutcome > 0 && `${withoutOutcome} items have no outcome`,
		lostOrRepeated > 0 && `${lostOrRepeated} rows were not output exactly once`,
		held !== outcomes.created && `the sandbox has ${held} leads`,
		doubled > 0 && `the sandbox accepted ${doubled} leads twice`,
	].filter((line): line is string => typeof line === 'string');

	return {
		vendor: node,
		rows,
		outcomes,
		requests: requests.length,
		refusedRequests: requests.filter(({ status }) => status === undefined || status >= 400).length,
		seconds: (run?.executionTime ?? 0) / 1000,
		held,
		disagreements,
	};
}

/** Runs the demo workflows in n8n and compares their output with what the sandbox has. */
export async function runDemos(n8n: N8nApi, world: SandboxState): Promise<VendorReport[]> {
	const reports: VendorReport[] = [];
	for (const demo of DEMOS) {
		const execution = await n8n.execute(demo.workflowId, demo.trigger);
		reports.push(...demo.vendors.map((vendor) => reportOn(execution, demo, vendor, world)));
	}
	return reports;
}
