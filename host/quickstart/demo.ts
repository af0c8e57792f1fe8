import type { INodeExecutionData, IRunExecutionData } from 'n8n-workflow';
import type { VendorName, SandboxState } from '../../sandbox';
import type { Execution, N8nApi } from '../n8n/restApi';

/** What can become of a lead that is to be created; each is a column of the table. */
export const createOutcomes = ['created', 'duplicate', 'notSent', 'refused', 'unknown'] as const;

export type CreateOutcome = (typeof createOutcomes)[number];

/** A vendor's part in a demo run, and whatever in it is not as it must be. */
export interface VendorReport {
	vendor: string;
	rows: number;
	outcomes: Record<CreateOutcome, number>;
	/** Requests that the sandbox received, and how many of them it did not accept. */
	requests: number;
	refusedRequests: number;
	seconds: number;
	/** Leads that the sandbox holds. */
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
const demos: Demo[] = [
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
	return createOutcomes.some((outcome) => outcome === value);
}

/** A success says its outcome at the top; an item on the error branch says it in its details. */
function outcomeOf({ json }: INodeExecutionData): unknown {
	const { details } = json;
	const inDetails =
		typeof details === 'object' && details !== null ? Reflect.get(details, 'outcome') : undefined;
	return json.outcome ?? inDetails;
}

/** The input item that an output item came from. */
function inputIndexOf({ pairedItem }: INodeExecutionData): number | undefined {
	const [first] = Array.isArray(pairedItem) ? pairedItem : [pairedItem];
	return typeof first === 'object' ? first.item : first;
}

/** All that a node put out in its first run, its error branch included. */
export function outputOf(data: IRunExecutionData, node: string): INodeExecutionData[] {
	const run = data.resultData.runData[node]?.[0];
	return (run?.data?.main ?? []).flatMap((items) => items ?? []);
}

/** Rows that did not come out exactly once. */
function countLostOrDoubled(items: INodeExecutionData[], rows: number): number {
	const timesOut = new Map<number | undefined, number>();
	for (const item of items) {
		const index = inputIndexOf(item);
		timesOut.set(index, (timesOut.get(index) ?? 0) + 1);
	}
	return Array.from({ length: rows }, (_, index) => index).filter(
		(index) => timesOut.get(index) !== 1,
	).length;
}

/** What came out of a vendor's node in its first run, compared with what the sandbox holds. */
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

	const outcomes = { created: 0, duplicate: 0, notSent: 0, refused: 0, unknown: 0 };
	let withoutOutcome = 0;
	for (const item of items) {
		const outcome = outcomeOf(item);
		if (isCreateOutcome(outcome)) outcomes[outcome] += 1;
		else withoutOutcome += 1;
	}

	const lostOrDoubled = countLostOrDoubled(items, rows);
	const disagreements = [
		rows === 0 && 'no rows reached it',
		run?.error && `the node stopped: ${run.error.message}`,
		withoutOutcome > 0 && `${withoutOutcome} items came out without an outcome`,
		lostOrDoubled > 0 && `${lostOrDoubled} rows did not come out exactly once`,
		held !== outcomes.created && `the sandbox holds ${held} leads`,
		doubled > 0 && `the sandbox took ${doubled} leads twice`,
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

/** Runs the demo workflows in n8n and compares what came out with what the sandbox holds. */
export async function runDemos(n8n: N8nApi, world: SandboxState): Promise<VendorReport[]> {
	const reports: VendorReport[] = [];
	for (const demo of demos) {
		const execution = await n8n.execute(demo.workflowId, demo.trigger);
		reports.push(...demo.vendors.map((vendor) => reportOn(execution, demo, vendor, world)));
	}
	return reports;
}
