import fc from 'fast-check';
import type { DeduplicationScope, IExecuteFunctions } from 'n8n-workflow';
import { SentLeadStore } from '../../../../../nodes/shared/actions/resume/SentLeadStore';
import { ProcessedStore } from '../../../../support/engine/ProcessedStore';

const context = { workflow: { id: 'w', active: true } };

/** What SentLeads needs of n8n, on a store of the test's. */
function openOn(store: ProcessedStore): SentLeadStore {
	const scope: DeduplicationScope = 'workflow';
	const helpers: Partial<IExecuteFunctions['helpers']> = {
		checkProcessedAndRecord: async (items, _scope, options) =>
			await store.checkProcessedAndRecord(items, scope, context, options),
		removeProcessed: async (items) => await store.removeProcessed(items, scope, context),
	};
	const executing = { helpers } as Partial<IExecuteFunctions>;
	return SentLeadStore.open(executing as IExecuteFunctions, scope, 'kind');
}

/** What may happen to one lead: it is taken, it is not, nobody knows, or the process dies. */
const ends = ['taken', 'notTaken', 'unknown'] as const;
const step = fc.record({
	key: fc.constantFrom('a', 'b', 'c'),
	end: fc.constantFrom(...ends),
	/** Another worker changes the list between our reading and our writing of it. */
	other: fc.option(
		fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), end: fc.constantFrom(...ends) }),
	),
	otherWhen: fc.constantFrom('claiming', 'finishing'),
});

describe('SentLeads', () => {
	it('never takes a lead for sent that no vendor has, whatever workers do at the same time', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
				const store = new ProcessedStore();
				const ours = openOn(store);
				const taken = new Set<string>();

				/** One execution of another worker's, past the turns that this process takes. */
				const otherExecution = async ({ key, end }: { key: string; end: string }) => {
					const marks = [`open|kind|${key}`, `sent|kind|${key}`];
					await store.checkProcessedAndRecord(marks, 'workflow', context, { mode: 'entries' });
					if (end === 'taken') taken.add(key);
					const gone = end === 'taken' ? marks.slice(0, 1) : marks;
					if (end !== 'unknown') await store.removeProcessed(gone, 'workflow', context);
				};

				for (const { key, end, other, otherWhen } of steps) {
					const meanwhile = other === null ? undefined : async () => await otherExecution(other);
					if (otherWhen === 'claiming') store.meanwhile = meanwhile;
					const earlier = (await ours.claim([key])).get(key);
					if (earlier === 'sent') expect(taken).toContain(key);
					if (otherWhen === 'finishing') store.meanwhile = meanwhile;
					const isTaken = end === 'taken' || earlier === 'sent';
					if (isTaken) taken.add(key);
					if (isTaken) await ours.commit([key], []);
					else if (end === 'notTaken' && !taken.has(key)) await ours.commit([], [key]);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('tells new, sent and in-doubt leads apart', async () => {
		const sentLeads = openOn(new ProcessedStore());
		expect((await sentLeads.claim(['a', 'b', 'c'])).get('a')).toBe('new');
		await sentLeads.commit(['a'], ['b']);
		expect([...(await sentLeads.claim(['a', 'b', 'c']))]).toEqual([
			['a', 'sent'],
			['b', 'new'],
			['c', 'inDoubt'],
		]);
	});

	it('tries once more when the list could not be written', async () => {
		const store = new ProcessedStore();
		store.meanwhile = async () => {
			throw new Error('UNIQUE constraint failed');
		};
		expect((await openOn(store).claim(['a'])).get('a')).toBe('new');
	});

	it('says what to do in an n8n without such a store', () => {
		const executing = { helpers: {} } as Partial<IExecuteFunctions>;
		expect(() => SentLeadStore.open(executing as IExecuteFunctions, 'node', 'kind')).toThrow(
			'Remember Sent Leads needs a newer n8n',
		);
	});
});
