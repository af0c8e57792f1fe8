import type { ApiClient } from '../transport/ApiClient';
import { RecordingClient } from '../transport/RecordingClient';
import type { AccountConfig } from '../transport/vendor';
import { nextJob, type Group } from './dedupe';
import type { LeadLifecycle } from './leadState';
import type { Operation } from './operation';
import { invalidItem } from './outcome/failures';
import type { Outcome } from './outcome/outcome';

/** Preview Only: each lead shows the request that would carry it; nothing is sent. */
export async function dryRunAll<Lead, A extends AccountConfig, Found>(
	operation: Operation<Lead, A, Found>,
	client: ApiClient<A>,
	lifecycle: LeadLifecycle,
	groups: ReadonlyArray<Group<Lead>>,
): Promise<void> {
	for (const group of groups) {
		for (let job = nextJob(group); job !== undefined; job = nextJob(group)) {
			lifecycle.preview(job, await dryRunOne(operation, client, job.lead));
		}
	}
}

async function dryRunOne<Lead, A extends AccountConfig, Found>(
	operation: Operation<Lead, A, Found>,
	client: ApiClient<A>,
	lead: Lead,
): Promise<Outcome> {
	const recorder = RecordingClient.of(client);
	let failure: unknown = new Error('There is nothing to send');
	try {
		if (operation.sendBatch !== undefined) await operation.sendBatch(recorder, [lead]);
		else await operation.sendOne(recorder, lead, undefined);
	} catch (error) {
		failure = error;
	}
	// What the operation makes of the empty response does not count.
	const [request] = recorder.requests;
	return request === undefined
		? invalidItem(failure)
		: { kind: 'preview', data: { ...operation.toOutput?.(lead), request: { ...request } } };
}
