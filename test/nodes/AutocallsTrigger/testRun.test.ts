import { useAutocallsTrigger } from '../../support/triggers/autocalls';
import { nodeType } from '../../support/engine';
import { useSandbox } from '../../support/sandbox';
import { post } from '../../support/triggers/ActiveTrigger';

const scene = useSandbox();
const { openForCalls, webhookOf, setWebhook, writes } = useAutocallsTrigger(scene);
const autocalls = () => scene.world.autocalls;

/** A lead of campaign 1 is called by assistant 501. */
function call(): void {
	const [lead] = autocalls().seedLeads(1, 1);
	autocalls().call(lead?.id ?? 0);
}

describe('Autocalls Trigger: a test run in the editor', () => {
	it('sets the webhooks, waits for one real call, and removes them', async () => {
		const idle = await openForCalls({ assistants: ['501', '513'] });
		const items = await idle.listenForTestEvent(async () => {
			expect(webhookOf(501)).toContain('/webhook-test/');
			expect(webhookOf(513)).toBe(webhookOf(501));
			call();
			await scene.world.deliveries.settled();
		});
		expect(items).toEqual([{ json: expect.objectContaining({ callId: '1', leadId: 1 }) }]);
		expect([webhookOf(501), webhookOf(513)]).toEqual([null, null]);
		expect(idle.stored).toBe('{}');
	});

	it('removes them if no call arrived', async () => {
		const idle = await openForCalls();
		expect(await idle.listenForTestEvent(async () => {})).toBeUndefined();
		expect(webhookOf(501)).toBeNull();
	});

	it('rejects a wrong token', async () => {
		const idle = await openForCalls();
		const items = await idle.listenForTestEvent(async () => {
			expect(await post(`${webhookOf(501)}x`, '{"id":1}')).toBe(401);
		});
		expect(items).toBeUndefined();
	});

	it.each([{}, { replaceAnother: true }])(
		'fails with an explanation while the workflow is published, and changes nothing (%j)',
		async (options) => {
			const active = await openForCalls({ options });
			await active.activate();
			const url = webhookOf(501);
			const listening = active.listenForTestEvent(async () => {});
			await expect(listening).rejects.toThrow(
				'"Outreach by Ada" sends its calls to this workflow, which is published',
			);
			expect(webhookOf(501)).toBe(url);
			expect(writes()).toEqual(['enable-webhook 501']);
			call();
			await scene.world.deliveries.settled();
			expect(active.executions).toHaveLength(1);
		},
	);

	it('fails if an assistant has another webhook, unless it may be replaced', async () => {
		const foreign = 'https://crm.example.com/hook';
		setWebhook(501, foreign);
		const idle = await openForCalls();
		await expect(idle.listenForTestEvent(async () => {})).rejects.toThrow('crm.example.com');
		const replacing = await openForCalls({ options: { replaceAnother: true } });
		await replacing.listenForTestEvent(async () => {
			expect(webhookOf(501)).toContain('/webhook-test/');
		});
		expect(webhookOf(501)).toBe(foreign);
	});

	it('hides the URL, as the node sets the webhook itself', async () => {
		const { description } = await nodeType('autocallsTrigger');
		expect(description.webhooks).toEqual([
			expect.objectContaining({ path: 'post-call', ndvHideUrl: true }),
		]);
	});
});
