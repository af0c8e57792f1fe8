import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';
import { SentLeadStore } from '../../../../../nodes/shared/actions/resume/SentLeadStore';
import { ProcessedStore } from '../../../../support/engine/ProcessedStore';
import { fakeContext, openSentLeads } from '../fakes';

const context = { workflow: { id: 'w', active: true } };

/** How an execution may leave a lead; `unknown` also if the process dies. */
const ends = ['accepted', 'notAccepted', 'unknown'] as const;
const step = fc.record({
	key: fc.constantFrom('a', 'b', 'c'),
	end: fc.constantFrom(...ends),
	/** Another worker changes the list between our reading and our writing of it. */
	other: fc.option(
		fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), end: fc.constantFrom(...ends) }),
	),
	otherWhen: fc.constantFrom('claiming', 'finishing'),
});

describe('SentLeadStore', () => {
	it('never reports a lead as sent that no vendor has, whatever other workers do meanwhile', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
				const store = new ProcessedStore();
				const ours = openSentLeads(store);
				const accepted = new Set<string>();

				/** One execution in another worker, outside the lock of this process. */
				const otherExecution = async ({ key, end }: { key: string; end: string }) => {
					const values = [`open|kind|${key}`, `sent|kind|${key}`];
					await store.checkProcessedAndRecord(values, 'workflow', context, { mode: 'entries' });
					if (end === 'accepted') accepted.add(key);
					const removed = end === 'accepted' ? values.slice(0, 1) : values;
					if (end !== 'unknown') await store.removeProcessed(removed, 'workflow', context);
				};

				for (const { key, end, other, otherWhen } of steps) {
					const meanwhile = other === null ? undefined : async () => await otherExecution(other);
					if (otherWhen === 'claiming') store.meanwhile = meanwhile;
					const earlier = (await ours.claim([key])).get(key);
					if (earlier === 'sent') expect(accepted).toContain(key);
					if (otherWhen === 'finishing') store.meanwhile = meanwhile;
					const isAccepted = end === 'accepted' || earlier === 'sent';
					if (isAccepted) accepted.add(key);
					if (isAccepted) await ours.commit([key], []);
					else if (end === 'notAccepted' && !accepted.has(key)) await ours.commit([], [key]);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('distinguishes new, sent and in-doubt leads', async () => {
		const sentLeads = openSentLeads(new ProcessedStore());
		expect((await sentLeads.claim(['a', 'b', 'c'])).get('a')).toBe('new');
		await sentLeads.commit(['a'], ['b']);
		expect([...(await sentLeads.claim(['a', 'b', 'c']))]).toEqual([
			['a', 'sent'],
			['b', 'new'],
			['c', 'inDoubt'],
		]);
	});

	it('never reports a lead as sent that no vendor has, whatever n8n drops', async () => {
		const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
		const steps = fc.array(
			fc.record({
				claimed: fc.uniqueArray(fc.constantFrom(...keys), { minLength: 1, maxLength: 3 }),
				ends: fc.record(Object.fromEntries(keys.map((key) => [key, fc.constantFrom(...ends)]))),
			}),
			{ maxLength: 20 },
		);
		await fc.assert(
			fc.asyncProperty(steps, fc.integer({ min: 6, max: 12 }), async (executions, limit) => {
				const store = new ProcessedStore();
				store.limit = limit;
				const sentLeads = openSentLeads(store);
				const accepted = new Set<string>();
				for (const { claimed, ends: end } of executions) {
					const statuses = await sentLeads.claim(claimed);
					const sent = claimed.filter((key) => statuses.get(key) === 'sent');
					for (const key of sent) expect(accepted).toContain(key);
					const had = claimed.filter((key) => sent.includes(key) || end[key] === 'accepted');
					for (const key of had) accepted.add(key);
					const refused = claimed.filter((key) => !had.includes(key));
					await sentLeads.commit(
						had,
						refused.filter((key) => end[key] === 'notAccepted'),
					);
				}
			}),
			{ numRuns: 1000 },
		);
	});

	it.each([1, 2, 3, 4, 5])(
		'keeps a lead in doubt until both of its keys are dropped (%i)',
		async (more) => {
			const store = new ProcessedStore();
			const sentLeads = openSentLeads(store);
			await sentLeads.claim(['in doubt']);
			store.limit = 5;
			const others = Array.from({ length: more }, (_, index) => `other ${index}`);
			for (const other of others) {
				await sentLeads.claim([other]);
				await sentLeads.commit([other], []);
			}
			// While another lead is being sent, it has two keys.
			const expected = more + 1 < 5 ? 'inDoubt' : 'new';
			expect((await sentLeads.claim(['in doubt'])).get('in doubt')).toBe(expected);
		},
	);

	it('keeps a lead in doubt as long as it is asked about', async () => {
		const store = new ProcessedStore();
		store.limit = 6;
		const sentLeads = openSentLeads(store);
		await sentLeads.claim(['in doubt']);
		for (let index = 0; index < 20; index++) {
			await sentLeads.claim([`other ${index}`]);
			await sentLeads.commit([`other ${index}`], []);
			expect((await sentLeads.claim(['in doubt'])).get('in doubt')).toBe('inDoubt');
		}
	});

	it('tries again when the list could not be written', async () => {
		const store = new ProcessedStore();
		store.meanwhile = async () => {
			throw new Error('UNIQUE constraint failed');
		};
		expect((await openSentLeads(store).claim(['a'])).get('a')).toBe('new');
	});

	it('explains what to do in an n8n without such a store', () => {
		const helpers = {} as IExecuteFunctions['helpers'];
		expect(() => SentLeadStore.open(fakeContext({}, { helpers }), 'node', 'kind')).toThrow(
			'Remember Sent Leads needs a newer n8n',
		);
	});
});
