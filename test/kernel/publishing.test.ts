import { squadVoiceAccounts } from '../../sandbox';
import { phoneOf } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';
import { post, type ActiveTrigger } from '../support/triggers/ActiveTrigger';
import { campaign, clientSecret, useAktifyTrigger } from '../support/triggers/aktify';
import { useAutocallsTrigger } from '../support/triggers/autocalls';
import { useSquadVoiceTrigger, webhookToken } from '../support/triggers/squadVoice';
import { atEachRequest, publishInTrouble } from '../support/triggers/trouble';

const scene = useSandbox();
const { open: openSquadVoice, openV4, process, seeds } = useSquadVoiceTrigger(scene);
const { openForStatuses } = useAutocallsTrigger(scene);
const { open: openAktify, configure, answers } = useAktifyTrigger(scene);

describe('A trigger whose webhook the user sets up, published by n8n 2.41', () => {
	it('Aktify: an event starts the workflow, once the client secret is there', async () => {
		const active = await openAktify({ credentials: { clientSecret: '' } });
		expect(await active.publish()).toHaveLength(1);
		Object.assign(active.options.credentials.leadDispatchAktifyApi ?? {}, { clientSecret });
		expect(await active.publish()).toEqual([]);
		configure(active);
		scene.world.aktify.play(campaign, phoneOf(0), 'lead.call_ended');
		expect(await answers()).toEqual([200]);
		expect(active.executions).toHaveLength(1);
		expect(await active.unpublish()).toBeUndefined();
		expect(await post(active.webhookUrl, '{}')).toBe(404);
	});

	it('SquadVoice: an event starts the workflow once, and none after unpublishing', async () => {
		const active = await openV4({ source: 'webhook' });
		expect(await active.publish()).toEqual([]);
		const url = `${active.webhookUrl}?token=${webhookToken}`;
		const body = JSON.stringify({ lead_id: 'a', processed_at: '2026-01-01T00:00:00Z' });
		expect([await post(url, body), await post(url, body)]).toEqual([201, 201]);
		expect(active.executions).toHaveLength(1);
		expect(await active.unpublish()).toBeUndefined();
		expect(await post(url, body)).toBe(404);
	});
});

/** A trigger that polls, and what happens at its vendor. */
interface Polling {
	name: string;
	open(): Promise<ActiveTrigger>;
	/** Leads that are there before, and must not start the workflow. */
	prepare(): void;
	/** An event. */
	cause(): void;
	/** The lead of that event. */
	leadId: string;
}

const POLLING: Polling[] = [
	{
		name: 'Autocalls',
		open: async () => await openForStatuses(),
		prepare() {
			// More than one page.
			scene.world.autocalls.seedLeads(1, 250);
			scene.world.autocalls.setStatus(1, 'completed');
		},
		cause: () => scene.world.autocalls.setStatus(2, 'completed'),
		leadId: '2',
	},
	{
		name: 'SquadVoice',
		open: async () => await openSquadVoice(),
		prepare() {
			scene.world.squadVoice.seedLeads(squadVoiceAccounts.standard.campaign, 2);
			process(1, 1, 5);
		},
		cause: () => process(2, 2),
		leadId: seeds(2, 2)[0] ?? '',
	},
];

it.each(POLLING)(
	'$name, by polling: whatever request fails while it is published and wherever n8n is killed, an event starts the workflow once',
	async ({ open, prepare, cause, leadId }) => {
		const scenarios = await atEachRequest(async (trouble) => {
			scene.world.reset();
			prepare();
			const active = await open();
			const { met } = await publishInTrouble(active, trouble);
			// What the first scan left, the second one, and another one that must find nothing again.
			await active.poll();
			cause();
			for (let poll = 0; poll < 3; poll++) await active.poll();
			expect(active.items().map((item) => String(item.leadId))).toEqual([leadId]);
			return { met };
		});
		expect(scenarios).toBeGreaterThan(10);
	},
);
