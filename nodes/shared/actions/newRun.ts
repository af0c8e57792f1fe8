import type { AccountConfig } from '../transport/vendor';
import type { LeadJob } from './leadState';
import type { Operation } from './operation';
import type { RunSettings } from './settings';

/** What a new run of the node does with the leads that this run sent; empty for an operation that only reads. */
export function newRunNote<Lead, A extends AccountConfig, Found>(
	{ safety, isCreate, acceptsRepeats, lookUp }: Operation<Lead, A, Found>,
	jobs: ReadonlyArray<LeadJob<Lead>>,
	{ remember }: Pick<RunSettings, 'remember'>,
): string {
	if (safety === 'safe') return '';
	if (isCreate !== true) {
		return safety === 'idempotent' || lookUp !== undefined
			? 'A new run sends all items again, which is harmless'
			: 'A new run sends all items again, also those that were sent';
	}
	// A lead without a key is meant to be created again.
	const isAgain = jobs.some(({ dedupeKeys }) => dedupeKeys.length === 0);
	if (isAgain || (acceptsRepeats === true && remember === undefined)) {
		return 'A new run sends all leads again, also those that were sent';
	}
	return 'In a new run, the leads that were sent come out as duplicates, so you can correct the others and run it again';
}
