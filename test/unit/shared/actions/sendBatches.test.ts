import { BatchSender } from '../../../../nodes/shared/actions/BatchSender';
import { groupJobs } from '../../../../nodes/shared/actions/dedupe';
import { LeadLifecycle, outcomeOf } from '../../../../nodes/shared/actions/leadState';
import type { LeadJob } from '../../../../nodes/shared/actions/leadState';
import type { Outcome } from '../../../../nodes/shared/actions/outcome/outcome';
import { RESEND_DELAY_MS, sendBatches } from '../../../../nodes/shared/actions/sendBatches';
import type { SendRun } from '../../../../nodes/shared/actions/sendBatches';
import type { AccountConfig } from '../../../../nodes/shared/transport/vendor';
import { sleep } from '../../../../nodes/shared/values/sleep';
import { created, createJournal, fakeClient, fakeJob, fakeOperation, kindsOf } from './fakes';
import type { FakeOperation } from './fakes';

jest.mock('../../../../nodes/shared/values/sleep', () => ({ sleep: jest.fn(async () => {}) }));
const waits = () => jest.mocked(sleep).mock.calls.map(([ms]) => ms);
beforeEach(() => void jest.mocked(sleep).mockClear());

type Settings = Partial<Omit<SendRun<number, AccountConfig, number>, 'sender' | 'operation'>>;

async function send(
	operation: FakeOperation,
	jobs: ReadonlyArray<LeadJob<number>>,
	settings: Settings = {},
) {
	const { lifecycle = new LeadLifecycle(createJournal()) } = settings;
	const sender = new BatchSender(operation, await fakeClient(), lifecycle, undefined);
	const run = { batchSize: 100, maxConcurrentRequests: 1, stopOnFailure: false, signal: undefined };
	await sendBatches({ ...run, operation, sender, lifecycle, ...settings }, groupJobs(jobs));
}

const jobsOf = (count: number) => Array.from({ length: count }, (_, index) => fakeJob(index));

/** Accepts every lead, and records the batches. */
function recorder(answer: (lead: number) => Outcome = created) {
	const batches: number[][] = [];
	const sendBatch = async (leads: readonly number[]) => {
		batches.push([...leads]);
		return leads.map(answer);
	};
	return { batches, sendBatch };
}

describe('batches', () => {
	it('hold at most the batch size, in input order', async () => {
		const { batches, sendBatch } = recorder();
		await send(fakeOperation(sendBatch), jobsOf(5), { batchSize: 2 });
		expect(batches).toEqual([[0, 1], [2, 3], [4]]);
	});

	it('hold leads with the same batch key only', async () => {
		const { batches, sendBatch } = recorder();
		const batchKey = (lead: number) => (lead % 2 === 0 ? 'even' : 'odd');
		await send(fakeOperation(sendBatch, { batchKey }), jobsOf(6), { batchSize: 2 });
		expect(batches).toEqual([[0, 2], [1, 3], [4], [5]]);
	});

	it.each([1, 3])('are sent at most %i at a time', async (maxConcurrentRequests) => {
		let open = 0;
		let most = 0;
		const sendBatch = async (leads: readonly number[]) => {
			most = Math.max(most, ++open);
			await Promise.resolve();
			open--;
			return leads.map(created);
		};
		await send(fakeOperation(sendBatch), jobsOf(9), { batchSize: 1, maxConcurrentRequests });
		expect(most).toBe(maxConcurrentRequests);
	});

	it('are not sent any more once a lead has failed, with On Error = Stop', async () => {
		const { batches, sendBatch } = recorder((lead) =>
			lead === 1 ? { kind: 'refused', message: 'No' } : created(lead),
		);
		const jobs = jobsOf(4);
		await send(fakeOperation(sendBatch), jobs, { batchSize: 1, stopOnFailure: true });
		expect(batches).toEqual([[0], [1]]);
		expect(kindsOf(jobs)).toEqual(['created', 'refused', 'ready', 'ready']);
	});
});

describe('duplicates', () => {
	it('are not sent when the first one was accepted', async () => {
		const { batches, sendBatch } = recorder();
		await send(fakeOperation(sendBatch), [fakeJob(0, ['a']), fakeJob(1, ['a'])]);
		expect(batches).toEqual([[0]]);
	});

	it('are sent when the first one was rejected', async () => {
		const jobs = [fakeJob(0, ['a']), fakeJob(1, ['a']), fakeJob(2, ['a'])];
		const operation = fakeOperation(async ([lead = 0]) => [
			lead === 0 ? { kind: 'refused', message: 'No' } : created(lead),
		]);
		await send(operation, jobs);
		expect(kindsOf(jobs)).toEqual(['refused', 'created', 'ready']);
	});
});

describe('leads that change the same record', () => {
	it('are sent one after the other, in input order', async () => {
		const { batches, sendBatch } = recorder();
		const jobs = [fakeJob(0, [], ['r']), fakeJob(1, [], ['r']), fakeJob(2)];
		await send(fakeOperation(sendBatch), jobs, { maxConcurrentRequests: 5 });
		expect(batches).toEqual([[0, 2], [1]]);
	});

	it('are skipped on retry when a later one was already accepted', async () => {
		const journal = createJournal();
		journal.set('#1', created(1));
		const { batches, sendBatch } = recorder();
		const jobs = [fakeJob(0, [], ['r']), fakeJob(1, [], ['r'])];
		await send(fakeOperation(sendBatch), jobs, { lifecycle: new LeadLifecycle(journal) });
		expect(batches).toEqual([]);
		expect(kindsOf(jobs)).toEqual(['notSent', 'created']);
		expect(outcomeOf(jobs[0] ?? fakeJob(9))).toMatchObject({
			message: expect.stringContaining('item 1'),
		});
	});
});

describe('a lead that the vendor may accept later', () => {
	it('is sent again after a pause', async () => {
		const sent: number[] = [];
		const operation = fakeOperation(async (leads) =>
			leads.map((lead) => {
				sent.push(lead);
				return lead === 1 && sent.filter((other) => other === 1).length < 3
					? { kind: 'refused', message: 'Busy', retryable: true }
					: created(lead);
			}),
		);
		const jobs = jobsOf(3);
		await send(operation, jobs);
		expect(kindsOf(jobs)).toEqual(['created', 'created', 'created']);
		expect(sent).toEqual([0, 1, 2, 1, 1]);
		expect(waits()).toEqual([RESEND_DELAY_MS, RESEND_DELAY_MS]);
	});
});

describe('a lead that an earlier attempt left in doubt', () => {
	const doubtful = () => {
		const journal = createJournal();
		journal.set('#0', 'sent');
		return { lifecycle: new LeadLifecycle(journal) };
	};

	it('is looked up before anything is sent, if a repeat is unsafe', async () => {
		const { batches, sendBatch } = recorder();
		const jobs = jobsOf(2);
		const reconcile = async (_: unknown, lead: number) => created(lead);
		await send(fakeOperation(sendBatch, { reconcile }), jobs, doubtful());
		expect(batches).toEqual([[1]]);
		expect(kindsOf(jobs)).toEqual(['created', 'created']);
	});

	it('is sent again in a batch of its own, if a repeat is harmless', async () => {
		const { batches, sendBatch } = recorder();
		await send(fakeOperation(sendBatch, { safety: 'idempotent' }), jobsOf(3), doubtful());
		expect(batches).toEqual([[0], [1, 2]]);
	});

	it('is not sent when the journal has its outcome', async () => {
		const journal = createJournal();
		journal.set('#0', created(7));
		const { batches, sendBatch } = recorder();
		const jobs = jobsOf(1);
		await send(fakeOperation(sendBatch), jobs, { lifecycle: new LeadLifecycle(journal) });
		expect(batches).toEqual([]);
		expect(jobs.map(outcomeOf)).toEqual([created(7)]);
	});
});
