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
