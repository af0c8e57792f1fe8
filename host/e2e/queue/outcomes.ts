import type { INodeExecutionData, IRunExecutionData } from 'n8n-workflow';
import type { N8nApi } from '../../n8n/restApi';
import type { VendorName, SandboxState } from '../../../sandbox';
import { executionsOf } from './executions';

/** The nodes of ./workflows/vendors.json that output the outcomes. */
const VENDORS: Array<{ vendor: VendorName; nodes: string[] }> = [
	{ vendor: 'squadVoice', nodes: ['SquadVoice', 'Ask SquadVoice'] },
	{ vendor: 'aktify', nodes: ['Aktify'] },
	{ vendor: 'autocalls', nodes: ['Autocalls'] },
	{ vendor: 'close', nodes: ['Close'] },
];

/** The columns of the table; any other outcome is counted as `other`. */
export const COLUMNS = ['created', 'duplicate', 'notSent', 'refused', 'unknown', 'other'] as const;
type Column = (typeof COLUMNS)[number];

/** The result of a list at one vendor. */
export interface VendorResult {
	vendor: VendorName;
	/** Items that successful executions output. */
	rows: number;
	outcomes: Record<Column, number>;
	held: number;
	/** Leads of the list that the vendor does not have. */
	lost: number;
	/** Leads that the vendor accepted more than once. */
	doubled: number;
}

/** A lead that the vendor had before this execution is a duplicate, however that was found out. */
const COLUMN_BY_OUTCOME = new Map<unknown, Column>([
	['created', 'created'],
	['duplicate', 'duplicate'],
	['found', 'duplicate'],
	['updated', 'duplicate'],
	['notSent', 'notSent'],
	['refused', 'refused'],
	['unknown', 'unknown'],
]);

function itemsOf(data: IRunExecutionData, node: string): INodeExecutionData[] {
	const runs = data.resultData.runData[node] ?? [];
	return runs.flatMap((run) => (run.data?.main ?? []).flatMap((items) => items ?? []));
}

/** Reads the outcomes from every execution of the workflow and compares them with the vendors. */
export async function readResults(
	n8n: N8nApi,
	world: SandboxState,
	leads: number,
): Promise<VendorResult[]> {
	const results = VENDORS.map(({ vendor, nodes }) => {
		const { held, doubled } = world.ledger(vendor);
		const outcomes = { created: 0, duplicate: 0, notSent: 0, refused: 0, unknown: 0, other: 0 };
		const result: VendorResult = { vendor, rows: 0, outcomes, held, lost: leads - held, doubled };
		return { nodes, result };
	});
	for (const entry of await executionsOf(n8n, 'ldQueueVendors01')) {
		// An execution of a killed worker stays "running" or becomes "crashed"; its batch is sent again.
		if (entry.status !== 'success') continue;
		const { data } = await n8n.execution(entry.id);
		for (const { nodes, result } of results) {
			const items = nodes.flatMap((node) => itemsOf(data, node));
			for (const item of items) {
				const { outcome } = item.json;
				// The next node sends this lead and outputs its outcome.
				if (outcome === 'notFound') continue;
				result.rows += 1;
				result.outcomes[COLUMN_BY_OUTCOME.get(outcome) ?? 'other'] += 1;
			}
		}
	}
	return results.map(({ result }) => result);
}
