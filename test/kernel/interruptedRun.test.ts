import { processedStore } from '../support/engine';
import { leads, onError } from '../support/fixtures';
import { outcomesOf } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();
afterEach(() => processedStore.reset());

/** n8n passes the input on as a success when a node throws with On Error = Continue. */
describe('A run that cannot finish', () => {
	describe.each(['continue', 'branch'] as const)('with On Error = %s', (choice) => {
		const settings = onError[choice];

		it('reports every item as not sent when the credential is unusable', async () => {
			const credentials = { baseUrl: 'api.aktify.io' };
			const result = await scene.aktify({ items: leads(3), credentials, settings });
			expect(outcomesOf(result)).toEqual({ notSent: 3 });
			const [item] = choice === 'branch' ? result.errors : result.items;
			expect(item?.json.error).toContain('Base URL');
			expect(item?.json.details).toMatchObject({ itemIndex: 0, outcome: 'notSent' });
			if (choice === 'branch') expect(result.items).toHaveLength(0);
		});

		it("keeps the outcome of sent leads when n8n's store fails", async () => {
			processedStore.diesBeforeRemoving = true;
			const result = await scene.squadVoice({
				items: leads(1003),
				options: { rememberSentLeads: 'node', requestsPerMinute: 0 },
				credentialId: 'same',
				settings,
			});
			expect(outcomesOf(result)).toEqual({ created: 1000, notSent: 3 });
			expect(scene.world.ledger('squadVoice')).toMatchObject({ held: 1000, doubled: 0 });
		});
	});

	it('fails with the reason with On Error = Stop', async () => {
		const result = await scene.aktify({
			items: leads(3),
			credentials: { baseUrl: 'api.aktify.io' },
		});
		expect(result.error?.message).toContain('Base URL');
		expect(result.items).toHaveLength(0);
	});
});
