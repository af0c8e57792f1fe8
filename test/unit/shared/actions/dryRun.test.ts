import { dryRunAll } from '../../../../nodes/shared/actions/dryRun';
import { groupJobs } from '../../../../nodes/shared/actions/dedupe';
import { LeadLifecycle, outcomeOf } from '../../../../nodes/shared/actions/leadState';
import type { Outcome } from '../../../../nodes/shared/actions/outcome/outcome';
import type { ApiRequest } from '../../../../nodes/shared/transport/request';
import { fakeClient, fakeJob, kindsOf } from './fakes';
import type { FakeOperation } from './fakes';

const createRequest = (lead: number): ApiRequest => ({
	method: 'POST',
	path: ['leads'],
	safety: 'unsafe',
	body: { lead },
	validateBody: () => true,
	rateLimitGroup: 'leads',
});

/** An operation on one lead per request. */
function operationWith(sendOne: NonNullable<FakeOperation['sendOne']>): FakeOperation {
	return { safety: 'unsafe', parseItem: () => 0, sendOne };
}

const sends = operationWith(async (client, lead): Promise<Outcome> => {
	await client.request(createRequest(lead));
	return { kind: 'created', data: {} };
});

async function dryRun(operation: FakeOperation, jobs: Parameters<typeof groupJobs<number>>[0]) {
	await dryRunAll(operation, await fakeClient(), new LeadLifecycle(undefined), groupJobs(jobs));
}

describe('dryRunAll', () => {
	it('shows the request of each lead', async () => {
		const jobs = [fakeJob(0), fakeJob(1)];
		await dryRun(sends, jobs);
		expect(jobs.map(outcomeOf)).toEqual(
			[0, 1].map((lead) => ({
				kind: 'preview',
				data: {
					request: { method: 'POST', url: 'https://vendor.example/leads', body: { lead } },
				},
			})),
		);
	});

	it('shows the request also when the operation cannot use the empty response', async () => {
		const jobs = [fakeJob(0)];
		const operation = operationWith(async (client, lead) => {
			const { body } = await client.request(createRequest(lead));
			throw new TypeError(`No lead in ${String(body)}`);
		});
		await dryRun(operation, jobs);
		expect(kindsOf(jobs)).toEqual(['preview']);
	});

	it('leaves the look-up out', async () => {
		const lookUp = jest.fn(async () => []);
		await dryRun({ ...sends, lookUp }, [fakeJob(0)]);
		expect(lookUp).not.toHaveBeenCalled();
	});

	it('reports why a lead has no request', async () => {
		const jobs = [fakeJob(0), fakeJob(1)];
		const operation = operationWith(async (_, lead): Promise<Outcome> => {
			if (lead === 0) throw new Error('Too long');
			return { kind: 'notFound', data: {} };
		});
		await dryRun(operation, jobs);
		expect(jobs.map(outcomeOf)).toMatchObject([
			{ kind: 'notSent', message: 'Too long' },
			{ kind: 'notSent', message: 'There is nothing to send' },
		]);
	});
});
