import { createJob } from '../../../../nodes/shared/actions/leadState';
import type { LeadJob } from '../../../../nodes/shared/actions/leadState';
import { RunJournal } from '../../../../nodes/shared/actions/resume/RunJournal';

/** An empty journal, as the first attempt of a node has it. */
export function createJournal(): RunJournal {
	const store = {};
	return RunJournal.open(
		{ getContext: () => store, getWorkflowDataProxy: () => ({ $runIndex: 0 }) },
		'lead.create',
	);
}

/** A job whose lead is its item index; `keys` are dedupe keys. */
export function fakeJob(
	itemIndex: number,
	keys: readonly string[] = [],
	recordKeys: readonly string[] = [],
): LeadJob<number> {
	return createJob({ itemIndex, lead: itemIndex, dedupeKeys: keys, recordKeys });
}
