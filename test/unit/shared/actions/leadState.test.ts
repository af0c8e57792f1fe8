import {
	createJob,
	LeadLifecycle,
	MAX_RESENDS,
	outcomeOf,
} from '../../../../nodes/shared/actions/leadState';
import type { LeadJob } from '../../../../nodes/shared/actions/leadState';
import { inDoubt, notStarted } from '../../../../nodes/shared/actions/outcome/failures';
import type { Failure, Success } from '../../../../nodes/shared/actions/outcome/outcome';
import { createJournal } from './fakes';

const created: Success = { kind: 'created', data: { id: 1 } };
const refused: Failure = { kind: 'refused', message: 'No' };
const notSent: Failure = { kind: 'notSent', message: 'Unreachable' };
const unknown: Failure = { kind: 'unknown', message: 'No reply' };

const newJob = (journalKey = 'a', itemIndex = 3): LeadJob<string> =>
	createJob({ itemIndex, lead: 'lead', dedupeKeys: ['x', 'y'], recordKeys: [], journalKey });

let journal = createJournal();
let lifecycle = new LeadLifecycle(journal);
let job = newJob();

beforeEach(() => {
	journal = createJournal();
	lifecycle = new LeadLifecycle(journal);
	job = newJob();
});

const statusAndEntry = () => [job.state.status, journal.get('a')];

describe('ready', () => {
	it('is where a job starts', () => {
		expect(job.state).toEqual({ status: 'ready', resendCount: 0 });
	});

	it('becomes in flight, journaled first', () => {
		lifecycle.send(job);
		expect(statusAndEntry()).toEqual(['inFlight', 'sent']);
	});

	it('is journaled under its item if it has no dedupe key', () => {
		lifecycle.send(newJob('#3'));
		expect(journal.get('#3')).toBe('sent');
	});

	it('is done when an earlier attempt recorded its outcome', () => {
		journal.set('a', created);
		lifecycle.resume(job);
		expect(job.state.status).toBe('done');
		expect(job.state).toMatchObject({ outcome: created, by: 'earlierAttempt' });
	});

	it('is in doubt when an earlier attempt sent it and recorded nothing', () => {
		journal.set('a', 'sent');
		lifecycle.resume(job);
		expect(job.state.status).toBe('inDoubt');
		expect(job.state).toMatchObject({ doubt: inDoubt });
	});

	it('stays ready without a journal entry', () => {
		lifecycle.resume(job);
		expect(job.state.status).toBe('ready');
	});

	it('is done when an earlier execution sent it, which says nothing about this run', () => {
		lifecycle.skipSent(job, { kind: 'duplicate', data: {} });
		expect(job.state).toMatchObject({ status: 'done', by: 'earlierExecution' });
		expect(lifecycle.hasFailures).toBe(false);
	});

	it('is in doubt, and journaled, when an earlier execution left it in doubt', () => {
		lifecycle.doubt(job);
		expect(statusAndEntry()).toEqual(['inDoubt', 'sent']);
	});

	it('is done with a failure when a later item was written over it', () => {
		lifecycle.supersede(job, 7);
		expect(outcomeOf(job)).toMatchObject({
			kind: 'notSent',
			message: expect.stringContaining('7'),
		});
		expect(lifecycle.hasFailures).toBe(true);
	});

	it('ends as unknown when superseded after it was sent', () => {
		journal.set('a', 'sent');
		lifecycle.supersede(job, 7);
		expect(outcomeOf(job)).toMatchObject({ kind: 'unknown' });
	});

	it('is done with the preview of its request', () => {
		lifecycle.preview(job, { kind: 'preview', data: {} });
		expect(outcomeOf(job)).toMatchObject({ kind: 'preview' });
	});

	it('ends with the reason why the run did not reach it', () => {
		lifecycle.end(job, notStarted);
		expect(outcomeOf(job)).toBe(notStarted);
	});
});

describe('in flight', () => {
	beforeEach(() => lifecycle.send(job));

	it('is done when accepted, with the outcome in the journal', () => {
		lifecycle.conclude(job, created);
		expect(statusAndEntry()).toEqual(['done', created]);
	});

	it('is done when rejected, and leaves the journal', () => {
		lifecycle.conclude(job, refused);
		expect(statusAndEntry()).toEqual(['done', undefined]);
		expect(lifecycle.hasFailures).toBe(true);
	});

	it('stays in the journal when it ends as unknown', () => {
		lifecycle.conclude(job, unknown);
		expect(statusAndEntry()).toEqual(['done', 'sent']);
	});

	it('is in doubt without a usable response', () => {
		lifecycle.loseResponse(job, unknown);
		expect(job.state).toMatchObject({ status: 'inDoubt', doubt: unknown });
	});

	it('is ready again for a failure that may pass, at most MAX_RESENDS times', () => {
		for (let resend = 1; resend <= MAX_RESENDS; resend++) {
			lifecycle.conclude(job, { ...refused, retryable: true });
			expect(job.state).toEqual({ status: 'ready', resendCount: resend });
			expect(journal.get('a')).toBeUndefined();
			lifecycle.send(job);
		}
		lifecycle.conclude(job, { ...refused, retryable: true });
		expect(job.state.status).toBe('done');
	});

	it('is ready again when its batch was rejected', () => {
		lifecycle.returnFromBatch(job);
		expect(statusAndEntry()).toEqual(['ready', 'sent']);
	});

	it('is unknown when the run is interrupted', () => {
		lifecycle.end(job, { kind: 'notSent', message: 'Store failed' });
		expect(outcomeOf(job)).toMatchObject({
			kind: 'unknown',
			message: expect.stringContaining('Store failed'),
		});
	});

	it('is not journaled by an operation that only reads', () => {
		const readOnly = new LeadLifecycle(undefined);
		const read = newJob();
		readOnly.send(read);
		readOnly.end(read, notStarted);
		expect(outcomeOf(read)).toBe(notStarted);
	});
});

describe('in doubt', () => {
	beforeEach(() => {
		lifecycle.send(job);
		lifecycle.loseResponse(job, unknown);
	});

	it('is done when the vendor has it', () => {
		lifecycle.conclude(job, created);
		expect(statusAndEntry()).toEqual(['done', created]);
	});

	it('is ready when the vendor does not have it', () => {
		lifecycle.notFound(job);
		expect(job.state).toEqual({ status: 'ready', resendCount: 1 });
	});

	it('is done as not sent after MAX_RESENDS', () => {
		for (let resend = 0; resend < MAX_RESENDS; resend++) {
			lifecycle.notFound(job);
			lifecycle.send(job);
			lifecycle.loseResponse(job, unknown);
		}
		lifecycle.notFound(job);
		expect(outcomeOf(job)).toMatchObject({ kind: 'notSent' });
		expect(journal.get('a')).toBeUndefined();
	});

	it('stays in doubt when it is resent and its batch is rejected', () => {
		lifecycle.send(job);
		lifecycle.returnFromBatch(job);
		expect(job.state).toMatchObject({ status: 'inDoubt', doubt: unknown });
	});

	it('ends as unknown, not as not sent, when a resend does not reach the vendor', () => {
		lifecycle.send(job);
		lifecycle.conclude(job, notSent);
		expect(outcomeOf(job)).toMatchObject({ kind: 'unknown' });
		expect(journal.get('a')).toBe('sent');
	});

	it('is unknown when the run is interrupted', () => {
		lifecycle.end(job, notStarted);
		expect(outcomeOf(job)).toMatchObject({ kind: 'unknown' });
	});

	it('can be concluded as a duplicate', () => {
		lifecycle.markDuplicate(job, { kind: 'duplicate', data: { duplicateOf: 1 } });
		expect(job.state).toMatchObject({ status: 'done', by: 'duplicate' });
	});
});

describe('done', () => {
	beforeEach(() => {
		lifecycle.send(job);
		lifecycle.conclude(job, created);
	});

	it('is final', () => {
		expect(() => lifecycle.send(job)).toThrow('A lead cannot change from done to inFlight');
		expect(() => lifecycle.conclude(job, refused)).toThrow('from done to done');
		expect(() => lifecycle.loseResponse(job, unknown)).toThrow('from done to inDoubt');
	});

	it('is left alone at the end of the run', () => {
		lifecycle.end(job, notStarted);
		expect(outcomeOf(job)).toBe(created);
	});
});

it('does not send a lead from in flight again', () => {
	lifecycle.send(job);
	expect(() => lifecycle.send(job)).toThrow('from inFlight to inFlight');
});

it('reports what the journal holds of a job', () => {
	lifecycle.send(job);
	expect([lifecycle.isInDoubt(job), lifecycle.isRecorded(job)]).toEqual([true, false]);
	lifecycle.conclude(job, created);
	expect([lifecycle.isInDoubt(job), lifecycle.isRecorded(job)]).toEqual([false, true]);
});

it('leaves the entry of another item alone, even one that shares a dedupe key', () => {
	journal.set('a', created);
	lifecycle.send(newJob('b', 4));
	expect([journal.get('a'), journal.get('b')]).toEqual([created, 'sent']);
});
