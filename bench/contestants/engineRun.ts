import type { RunOptions } from '../../test/support/engine';
import { run } from '../../test/support/engine';
import type { Told } from '../case';

/** Runs a node in n8n's engine and says what came of it. */
export async function engineRun(options: RunOptions): Promise<Told> {
	const { items, error } = await run(options);
	return error === undefined
		? { out: items.length }
		: { out: items.length, stopped: error.message };
}
