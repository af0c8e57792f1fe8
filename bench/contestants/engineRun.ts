import type { IDataObject } from 'n8n-workflow';
import type { RunOptions } from '../../test/support/engine';
import { run } from '../../test/support/engine';
import type { ContestantReport } from '../cases/case';

/** Runs a node in n8n's engine and reports its result. @param leadsIn how many leads an output item has */
export async function engineRun(
	options: RunOptions,
	leadsIn: (item: IDataObject) => number = () => 1,
): Promise<ContestantReport> {
	const { items, error } = await run(options);
	const out = items.reduce((sum, { json }) => sum + leadsIn(json), 0);
	return error === undefined ? { out } : { out, stopped: error.message };
}
