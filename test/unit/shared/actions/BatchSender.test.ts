import { BatchSender, RECONCILE_DELAYS_MS } from '../../../../nodes/shared/actions/BatchSender';
import { LeadLifecycle, MAX_RESENDS, outcomeOf } from '../../../../nodes/shared/actions/leadState';
import type { Outcome } from '../../../../nodes/shared/actions/outcome/outcome';
import type { LeadJob } from '../../../../nodes/shared/actions/leadState';
import { InvalidInputError } from '../../../../nodes/shared/errors/InvalidInputError';
import type { ApiClient } from '../../../../nodes/shared/transport/ApiClient';
import { sleep } from '../../../../nodes/shared/values/sleep';
import {
	apiError,
	created,
	createJournal,
	fakeClient,
	fakeJob,
	fakeOperation,
	kindsOf,
} from './fakes';
import type { FakeOperation } from './fakes';

jest.mock('../../../../nodes/shared/values/sleep', () => ({ sleep: jest.fn(async () => {}) }));
const waits = () => jest.mocked(sleep).mock.calls.map(([ms]) => ms);

let client: ApiClient;
let lifecycle: LeadLifecycle;
beforeEach(async () => {
	jest.mocked(sleep).mockClear();
	client = await fakeClient();
	lifecycle = new LeadLifecycle(createJournal());
});

const jobsOf = (count: number) => Array.from({ length: count }, (_, index) => fakeJob(index));

function senderFor(operation: FakeOperation, signal?: AbortSignal) {
	return new BatchSender(operation, client, lifecycle, signal);
}

describe('a batch', () => {
	it('gives each lead the outcome at its place', async () => {
		const jobs = jobsOf(3);
		const outcomes = [created(0), { kind: 'refused', message: 'No' } as const, created(2)];
		expect(await senderFor(fakeOperation(async () => outcomes)).send(jobs)).toBe(true);
		expect(jobs.map(outcomeOf)).toEqual(outcomes);
	});

	it('leaves a lead unknown that the reply does not mention', async () => {
		const jobs = jobsOf(2);
		await senderFor(fakeOperation(async () => [created(0)])).send(jobs);
		expect(kindsOf(jobs)).toEqual(['created', 'unknown']);
	});

	it('is not halved when it is rejected as a whole', async () => {
		const jobs = jobsOf(8);
		const sendBatch = jest.fn(async () => await Promise.reject(apiError('refused', 404)));
		expect(await senderFor(fakeOperation(sendBatch)).send(jobs)).toBe(false);
		expect(sendBatch).toHaveBeenCalledTimes(1);
		expect(new Set(kindsOf(jobs))).toEqual(new Set(['refused']));
	});

	it.each([[[0]], [[617]], [[999]], [[0, 5, 6, 500, 999]]])(
		'is halved until the invalid leads %j are alone, without a second copy of the others',
		async (invalid) => {
			const jobs = jobsOf(1000);
			const accepted: number[] = [];
			let requests = 0;
			const sendBatch = async (leads: readonly number[]) => {
				requests++;
				if (leads.some((lead) => invalid.includes(lead))) throw apiError('refused', 400);
				accepted.push(...leads);
				return leads.map(created);
			};
			await senderFor(fakeOperation(sendBatch)).send(jobs);
			expect(jobs.flatMap((job, i) => (kindsOf([job])[0] === 'refused' ? [i] : []))).toEqual(
				invalid,
			);
			expect(accepted).toHaveLength(1000 - invalid.length);
			expect(new Set(accepted).size).toBe(accepted.length);
			expect(requests).toBeLessThanOrEqual(1 + invalid.length * 2 * Math.ceil(Math.log2(1000)));
		},
	);

	it('asks what the rejection of a single lead means', async () => {
		const jobs = jobsOf(1);
		const sendBatch = async () => await Promise.reject(apiError('refused', 422));
		const operation = fakeOperation(sendBatch, {
			resolveRejection: async () => ({ kind: 'duplicate', data: {} }),
		});
		await senderFor(operation).send(jobs);
		expect(kindsOf(jobs)).toEqual(['duplicate']);
	});

	it('stops all further requests once two leads in a row were rejected for the credential', async () => {
		const [first, second, third] = [jobsOf(2), jobsOf(2), jobsOf(2)];
		const sendBatch = jest.fn(async () => await Promise.reject(apiError('credential', 401)));
		const sender = senderFor(fakeOperation(sendBatch));
		await sender.send(first);
		await sender.send(second);
		await sender.send(third);
		// A batch, and then its two leads: a firewall may refuse one of them.
		expect(sendBatch).toHaveBeenCalledTimes(3);
		expect(kindsOf([...first, ...second, ...third])).toEqual(Array(6).fill('notSent'));
	});

	it('reports a lead that fits into no request as not sent, and a defect as unknown', async () => {
		const [invalid, defect] = [fakeJob(0), fakeJob(1)];
		const operation = fakeOperation(async ([lead]) => {
			throw lead === 0 ? new InvalidInputError('Too long', 'Shorten it') : new TypeError('Oops');
		});
		await senderFor(operation).send([invalid]);
		await senderFor(operation).send([defect]);
		expect(kindsOf([invalid, defect])).toEqual(['notSent', 'unknown']);
	});

	it('is canceled with the reason of the signal', async () => {
		const reason = new Error('Canceled');
		const sendBatch = async () => await Promise.reject(reason);
		const sender = senderFor(fakeOperation(sendBatch), AbortSignal.abort(reason));
		await expect(sender.send(jobsOf(1))).rejects.toBe(reason);
	});
});

describe('a batch that is rejected although the vendor keeps a part of it', () => {
	/** A vendor that rejects a batch with an invalid lead and keeps what `stored` says. */
	function vendorThat(invalid: number[], stored: (leads: readonly number[]) => readonly number[]) {
		const held = new Map<number, number>();
		const add = (leads: readonly number[]) =>
			leads.forEach((lead) => held.set(lead, (held.get(lead) ?? 0) + 1));
		let [requests, questions] = [0, 0];
		const operation = fakeOperation(
			async (leads) => {
				requests++;
				if (leads.some((lead) => invalid.includes(lead))) {
					add(stored(leads).filter((lead) => !invalid.includes(lead)));
					throw apiError('refused', 400);
				}
				add(leads);
				return leads.map(created);
			},
			{
				reconcile: async (_client, lead): Promise<Outcome | 'notFound'> => {
					questions++;
					const isHeld: boolean = held.has(lead);
					return isHeld ? created(lead) : 'notFound';
				},
			},
		);
		return { operation, held, cost: () => ({ requests, questions }) };
	}
	const all = (leads: readonly number[]) => leads;
	const none = () => [];
	const invalidOf = [[0], [1], [19], [0, 1, 2], [0, 9, 10, 19], [5, 6], [0, 19]];

	it.each([
		...invalidOf.map((invalid) => ['all valid ones', invalid, all] as const),
		...invalidOf.map(
			(invalid) =>
				[
					'those before the invalid one',
					invalid,
					(leads: readonly number[]) =>
						leads.slice(
							0,
							leads.findIndex((lead) => invalid.includes(lead)),
						),
				] as const,
		),
		...invalidOf.map((invalid) => ['none', invalid, none] as const),
	])('doubles no lead: it keeps %s, %j are invalid', async (_, invalid, stored) => {
		const jobs = jobsOf(20);
		const { operation, held } = vendorThat(invalid, stored);
		await senderFor(operation).send(jobs);
		expect([...held.values()].every((times) => times === 1)).toBe(true);
		expect(held.size).toBe(20 - invalid.length);
		expect(kindsOf(jobs)).toEqual(
			jobs.map((_job, index) => (invalid.includes(index) ? 'refused' : 'created')),
		);
	});

	it('costs two questions and one request per run when it keeps nothing', async () => {
		const sender = vendorThat([50, 150, 250], none);
		const batches = [jobsOf(100), jobsOf(300).slice(100, 200), jobsOf(300).slice(200)];
		const used = senderFor(sender.operation);
		for (const batch of batches) await used.send(batch);
		const { requests, questions } = sender.cost();
		expect(questions).toBe(2);
		expect(requests).toBeLessThanOrEqual(3 * (1 + 2 * 7) + 1);
	});

	it('leaves the leads unknown when the vendor cannot be asked', async () => {
		const jobs = jobsOf(4);
		const sendBatch = jest.fn(async () => await Promise.reject(apiError('refused', 400)));
		const reconcile = async () => await Promise.reject(apiError('notSent', 503));
		await senderFor(fakeOperation(sendBatch, { reconcile })).send(jobs);
		expect(new Set(kindsOf(jobs))).toEqual(new Set(['unknown']));
		expect(sendBatch).toHaveBeenCalledTimes(1);
	});

	const stored = async (): Promise<Outcome | 'unknown'> => created(0);
	const cannotSay = async (): Promise<Outcome | 'unknown'> => 'unknown';

	it.each([
		['that is idempotent', { safety: 'idempotent' as const, reconcile: stored }],
		['that cannot be looked up', { safety: 'unsafe' as const, reconcile: cannotSay }],
	])('is halved at once for an operation %s', async (_, more) => {
		const jobs = jobsOf(4);
		const sendBatch = async (leads: readonly number[]) => {
			if (leads.includes(2)) throw apiError('refused', 400);
			return leads.map(created);
		};
		await senderFor(fakeOperation(sendBatch, more)).send(jobs);
		expect(kindsOf(jobs)).toEqual(['created', 'created', 'refused', 'created']);
	});
});

describe('a lost response', () => {
	/** Loses the response of the first `times` requests. */
	function losing(times: number) {
		const clients: unknown[] = [];
		const sendBatch = async (leads: readonly number[], usedClient: unknown) => {
			clients.push(usedClient);
			if (clients.length <= times) throw apiError('unknown');
			return leads.map(created);
		};
		return { clients, sendBatch };
	}

	it('leaves the leads unknown without a way to reconcile, and they are not sent again', async () => {
		const jobs = jobsOf(2);
		const { clients, sendBatch } = losing(1);
		await senderFor(fakeOperation(sendBatch)).send(jobs);
		expect(kindsOf(jobs)).toEqual(['unknown', 'unknown']);
		expect(clients).toHaveLength(1);
	});

	it('is looked up after a delay, and the lead that the vendor has is done', async () => {
		const jobs = jobsOf(2);
		const reconcile = jest.fn(async () => created(0));
		const { clients, sendBatch } = losing(1);
		await senderFor(fakeOperation(sendBatch, { reconcile })).send(jobs);
		expect(kindsOf(jobs)).toEqual(['created', 'created']);
		expect([waits(), clients.length]).toEqual([RECONCILE_DELAYS_MS.slice(0, 1), 1]);
	});

	it('is looked up again after a longer delay before the lead is sent again', async () => {
		const jobs = jobsOf(1);
		const reconcile = jest.fn(async () => 'notFound' as const);
		const { clients, sendBatch } = losing(1);
		await senderFor(fakeOperation(sendBatch, { reconcile })).send(jobs);
		expect(kindsOf(jobs)).toEqual(['created']);
		expect(waits()).toEqual(RECONCILE_DELAYS_MS);
		expect(clients).toHaveLength(2);
	});

	it('waits only as long as the execution is not canceled', async () => {
		const { signal } = new AbortController();
		const { sendBatch } = losing(1);
		const operation = fakeOperation(sendBatch, { reconcile: async () => 'notFound' });
		await senderFor(operation, signal).send(jobsOf(1));
		expect(jest.mocked(sleep).mock.calls.map(([, usedSignal]) => usedSignal)).toEqual(
			RECONCILE_DELAYS_MS.map(() => signal),
		);
	});

	it('ends as not sent when the vendor never has the lead', async () => {
		const jobs = jobsOf(1);
		const { clients, sendBatch } = losing(Infinity);
		const operation = fakeOperation(sendBatch, { reconcile: async () => 'notFound' });
		await senderFor(operation).send(jobs);
		expect(clients).toHaveLength(1 + MAX_RESENDS);
		expect(kindsOf(jobs)).toEqual(['notSent']);
	});

	it.each([
		['says so', async () => 'unknown' as const],
		['fails', async () => await Promise.reject(apiError('notSent', 503))],
	])('leaves the lead unknown when the look-up %s', async (_, reconcile) => {
		const jobs = jobsOf(1);
		const { clients, sendBatch } = losing(1);
		await senderFor(fakeOperation(sendBatch, { reconcile })).send(jobs);
		expect([kindsOf(jobs), clients.length]).toEqual([['unknown'], 1]);
	});

	it('of an earlier attempt is known to the client that sends the lead again', async () => {
		const job: LeadJob<number> = fakeJob(0);
		lifecycle.doubt(job);
		const { clients, sendBatch } = losing(0);
		await senderFor(fakeOperation(sendBatch)).send([job]);
		await senderFor(fakeOperation(sendBatch)).send([fakeJob(1)]);
		expect(clients.map((used) => used === client)).toEqual([false, true]);
	});
});

describe('an operation that sends one lead per request', () => {
	it('gets what the look-up found for each lead', async () => {
		const jobs = jobsOf(1);
		const operation: FakeOperation = {
			safety: 'unsafe',
			parseItem: () => 0,
			lookUp: async (_, leads) => leads.map((lead) => lead + 40),
			sendOne: async (_, lead, found) => ({ kind: 'updated', data: { lead, found } }),
		};
		await senderFor(operation).send(jobs);
		expect(jobs.map(outcomeOf)).toEqual([{ kind: 'updated', data: { lead: 0, found: 40 } }]);
	});

	it('sends nothing when the look-up fails', async () => {
		const jobs = jobsOf(1);
		const sendOne = jest.fn(async () => created(0));
		const operation: FakeOperation = {
			safety: 'unsafe',
			parseItem: () => 0,
			lookUp: async () => await Promise.reject(apiError('notSent', 503)),
			sendOne,
		};
		await senderFor(operation).send(jobs);
		expect([kindsOf(jobs), sendOne.mock.calls]).toEqual([['notSent'], []]);
	});
});
