import { BatchSender } from '../../../../../nodes/shared/actions/BatchSender';
import { groupJobs } from '../../../../../nodes/shared/actions/dedupe';
import { LeadLifecycle, outcomeOf } from '../../../../../nodes/shared/actions/leadState';
import type { LeadJob } from '../../../../../nodes/shared/actions/leadState';
import { LEADS_PER_WRITE } from '../../../../../nodes/shared/actions/resume/SentLeadStore';
import { sendUnsentLeads } from '../../../../../nodes/shared/actions/resume/skipSentLeads';
import { ProcessedStore } from '../../../../support/engine/ProcessedStore';
import {
	apiError,
	created,
	createJournal,
	fakeClient,
	fakeJob,
	fakeOperation,
	kindsOf,
	openSentLeads,
} from '../fakes';
import type { FakeOperation } from '../fakes';

jest.mock('../../../../../nodes/shared/values/sleep', () => ({ sleep: jest.fn(async () => {}) }));

let store: ProcessedStore;
let sent: number[];
beforeEach(() => {
	store = new ProcessedStore();
	sent = [];
});

const jobsOf = (...leads: number[]) => leads.map((lead) => fakeJob(lead, [`key-${lead}`]));

/** Accepts every lead but those that `fail` fails. */
function operationThat(
	fail: (lead: number) => void = () => {},
	more: Parameters<typeof fakeOperation>[1] = {},
): FakeOperation {
	return fakeOperation(
		async (leads) =>
			leads.map((lead) => {
				fail(lead);
				sent.push(lead);
				return created(lead);
			}),
		more,
	);
}

/** One execution of the node. */
async function execute(
	operation: FakeOperation,
	jobs: ReadonlyArray<LeadJob<number>>,
	{ stopOnFailure = false, signal }: { stopOnFailure?: boolean; signal?: AbortSignal } = {},
): Promise<string[]> {
	const lifecycle = new LeadLifecycle(createJournal());
	const sender = new BatchSender(operation, await fakeClient(), lifecycle, signal);
	const run = { operation, sender, lifecycle, batchSize: 1, maxConcurrentRequests: 1 };
	await sendUnsentLeads({ ...run, stopOnFailure, signal }, groupJobs(jobs), openSentLeads(store));
	return kindsOf(jobs);
}

describe('sendUnsentLeads', () => {
	it('sends leads once over several executions', async () => {
		const operation = operationThat(undefined, { toOutput: (lead) => ({ lead }) });
		await execute(operation, jobsOf(0, 1));
		const jobs = jobsOf(0, 1, 2);
		expect(await execute(operation, jobs)).toEqual(['duplicate', 'duplicate', 'created']);
		expect(jobs.map(outcomeOf)[0]).toEqual({
			kind: 'duplicate',
			data: { lead: 0, note: 'Sent by an earlier execution' },
		});
		expect(sent).toEqual([0, 1, 2]);
	});

	it('sends rejected leads again in the next execution', async () => {
		const reject = (lead: number) => {
			if (lead === 1) throw apiError('refused', 422);
		};
		expect(await execute(operationThat(reject), jobsOf(0, 1))).toEqual(['created', 'refused']);
		expect(await execute(operationThat(), jobsOf(0, 1))).toEqual(['duplicate', 'created']);
	});

	it('leaves a lead with unknown outcome in doubt, so that the next execution looks it up', async () => {
		const lose = () => {
			throw apiError('unknown');
		};
		expect(await execute(operationThat(lose), jobsOf(0))).toEqual(['unknown']);
		const reconcile = jest.fn(async (_: unknown, lead: number) => created(lead));
		expect(await execute(operationThat(undefined, { reconcile }), jobsOf(0))).toEqual(['created']);
		expect([sent, reconcile.mock.calls.length]).toEqual([[], 1]);
	});

	it('leaves leads of an interrupted execution in doubt', async () => {
		store.diesBeforeRemoving = true;
		await expect(execute(operationThat(), jobsOf(0))).rejects.toThrow('The process died');
		store.diesBeforeRemoving = false;
		expect(await execute(operationThat(), jobsOf(0))).toEqual(['unknown']);
		expect(sent).toEqual([0]);
	});

	it('does not remember leads that a stopped run never sent', async () => {
		const reject = (lead: number) => {
			if (lead === 1) throw apiError('refused', 422);
		};
		const options = { stopOnFailure: true };
		const kinds = await execute(operationThat(reject), jobsOf(0, 1, 2), options);
		expect(kinds).toEqual(['created', 'refused', 'ready']);
		expect(await execute(operationThat(), jobsOf(1, 2))).toEqual(['created', 'created']);
	});

	it('does not remember a key that only a duplicate had', async () => {
		const jobs = [fakeJob(0, ['phone', 'email 1']), fakeJob(1, ['phone', 'email 2'])];
		await execute(operationThat(), jobs);
		expect(await execute(operationThat(), [fakeJob(2, ['email 2'])])).toEqual(['created']);
		expect(await execute(operationThat(), [fakeJob(3, ['email 1'])])).toEqual(['duplicate']);
	});

	it('reads and writes the store in chunks', async () => {
		const count = 2 * LEADS_PER_WRITE + 1;
		await execute(operationThat(), jobsOf(...Array.from({ length: count }, (_, lead) => lead)));
		expect(store.calls).toBe(6);
		expect(sent).toHaveLength(count);
	});
});
