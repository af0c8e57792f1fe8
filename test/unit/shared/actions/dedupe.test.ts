import fc from 'fast-check';
import { groupJobs, nextJob, resolveDuplicates } from '../../../../nodes/shared/actions/dedupe';
import { LeadLifecycle, outcomeOf } from '../../../../nodes/shared/actions/leadState';
import type { Outcome } from '../../../../nodes/shared/actions/outcome/outcome';
import { createJournal, fakeJob, fakeOperation } from './fakes';

const indexes = (groups: Array<Array<{ itemIndex: number }>>) =>
	groups.map((group) => group.map(({ itemIndex }) => itemIndex));

const created: Outcome = { kind: 'created', data: { leadId: 7, name: 'first' } };
const refused: Outcome = { kind: 'refused', message: 'No' };
const unknown: Outcome = { kind: 'unknown', message: 'No reply' };

const operation = fakeOperation(async () => [], {
	dedupeKeys: (lead) => [{ identity: 'same', label: `phone number ${lead}` }],
	toOutput: (lead) => ({ name: `lead ${lead}` }),
});

describe('groupJobs', () => {
	it('leaves jobs without a common key alone', () => {
		expect(indexes(groupJobs([fakeJob(0, ['a']), fakeJob(1, ['b']), fakeJob(2)]))).toEqual([
			[0],
			[1],
			[2],
		]);
	});

	it('connects jobs that share a key directly or through another job, in input order', () => {
		const jobs = [
			fakeJob(0, ['a']),
			fakeJob(1, ['x']),
			fakeJob(2, ['b']),
			fakeJob(3, ['b', 'a']),
			fakeJob(4, ['x']),
		];
		expect(indexes(groupJobs(jobs))).toEqual([
			[0, 2, 3],
			[1, 4],
		]);
	});

	it('connects jobs that change the same record, and never a record with a lead', () => {
		const jobs = [fakeJob(0, [], ['r']), fakeJob(1, ['r']), fakeJob(2, [], ['r'])];
		expect(indexes(groupJobs(jobs))).toEqual([[0, 2], [1]]);
	});

	it('groups every job exactly once, and only connected ones together', () => {
		const keysOfJobs = fc.array(fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 3 }), {
			maxLength: 30,
		});
		fc.assert(
			fc.property(keysOfJobs, (keys) => {
				const jobs = keys.map((jobKeys, index) => fakeJob(index, jobKeys));
				const groups = groupJobs(jobs);
				expect(
					indexes(groups)
						.flat()
						.sort((a, b) => a - b),
				).toEqual(keys.map((_, index) => index));
				const groupOfKey = new Map<string, number>();
				groups.forEach((group, number) =>
					group.forEach(({ dedupeKeys }) =>
						dedupeKeys.forEach((key) => {
							expect(groupOfKey.get(key) ?? number).toBe(number);
							groupOfKey.set(key, number);
						}),
					),
				);
			}),
		);
	});
});

describe('a group', () => {
	const lifecycle = () => new LeadLifecycle(createJournal());

	function settle(outcomes: Array<Outcome | undefined>) {
		const states = lifecycle();
		const group = outcomes.map((_, index) => fakeJob(index, ['same']));
		group.forEach((job, index) => {
			const outcome = outcomes[index];
			if (outcome !== undefined) states.conclude(job, outcome);
		});
		return { group, states };
	}

	it('sends its first job first', () => {
		expect(nextJob(settle([undefined, undefined]).group)?.itemIndex).toBe(0);
	});

	it('sends a duplicate when the first one was rejected', () => {
		expect(nextJob(settle([refused, undefined]).group)?.itemIndex).toBe(1);
	});

	it.each([created, unknown])('sends no duplicate after %j', (outcome) => {
		expect(nextJob(settle([outcome, undefined]).group)).toBeUndefined();
	});

	it('sends no further job once all are done', () => {
		expect(nextJob(settle([refused]).group)).toBeUndefined();
	});

	it('names the item and the data that a duplicate repeats', () => {
		const { group, states } = settle([created, undefined]);
		resolveDuplicates(group, states, operation, () => undefined);
		expect(group.map(outcomeOf)).toEqual([
			created,
			{
				kind: 'duplicate',
				data: {
					leadId: 7,
					name: 'lead 1',
					duplicateOf: 0,
					duplicateOfId: 7,
					matchedBy: 'phone number 1',
				},
			},
		]);
	});

	it('ends a duplicate of an unknown outcome as unknown', () => {
		const { group, states } = settle([unknown, undefined]);
		resolveDuplicates(group, states, operation, () => undefined);
		expect(group.map(outcomeOf)[1]).toEqual({
			kind: 'unknown',
			message: 'Not sent: duplicates item 0, whose outcome is unknown',
		});
	});

	it('asks for a lead in doubt before it sends another one', () => {
		const { group, states } = settle([undefined, undefined]);
		const [, second] = group;
		if (second !== undefined) states.doubt(second);
		expect(nextJob(group)?.itemIndex).toBe(1);
	});

	it('sends a job that shares a key with a duplicate only, not with what it repeats', () => {
		const states = lifecycle();
		const group = [fakeJob(0, ['phone', 'a']), fakeJob(1, ['b', 'a'])];
		const [first] = group;
		if (first !== undefined) states.conclude(first, { kind: 'duplicate', data: {} });
		expect(nextJob(group)?.itemIndex).toBe(1);
	});

	it('ignores a lead that an earlier execution sent', () => {
		const { group, states } = settle([undefined, undefined]);
		const [first] = group;
		if (first !== undefined) states.skipSent(first, { kind: 'duplicate', data: {} });
		expect(nextJob(group)?.itemIndex).toBe(1);
	});
});
