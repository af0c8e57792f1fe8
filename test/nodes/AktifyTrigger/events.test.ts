import { sleep } from 'n8n-workflow';
import { EVENT_TYPES_V1, EVENT_TYPES_V2 } from '../../../sandbox';
import type { AktifyEvent } from '../../../sandbox';
import { allEvents, campaign, useAktifyTrigger } from '../../support/triggers/aktify';
import { nodeType } from '../../support/engine';
import { phoneOf } from '../../support/fixtures';
import { useSandbox } from '../../support/sandbox';
import type { ActiveTrigger } from '../../support/triggers/ActiveTrigger';

const scene = useSandbox();
const { open, configure, activate, answers } = useAktifyTrigger(scene);
const aktify = () => scene.world.aktify;

const eventsOf = (active: ActiveTrigger) => active.items().map(({ event }) => String(event));
const phonesOf = (active: ActiveTrigger) =>
	active.items().map(({ phoneNumber }) => String(phoneNumber));

/** One event about lead `index`. */
function play(index = 0, more: Record<string, unknown> = {}): AktifyEvent {
	const [event] = aktify().play(campaign, phoneOf(index), 'lead.call_ended', more);
	if (event === undefined) throw new Error('Nothing happened');
	return event;
}

describe('Aktify Trigger: events', () => {
	it('offers all events of webhooks v2 and v1, by their names', async () => {
		const { description } = await nodeType('aktifyTrigger');
		const field = description.properties.find(({ name }) => name === 'triggerOn');
		const offered = field?.options?.map((option) => 'value' in option && option.value);
		expect(offered?.sort()).toEqual([...allEvents].sort());
	});

	it.each([
		['v2', EVENT_TYPES_V2],
		['v1', EVENT_TYPES_V1],
	] as const)('starts the workflow with every event of webhooks %s', async (version, types) => {
		const active = await activate({}, { version, events: [...types] });
		for (const [index, type] of types.entries()) aktify().play(campaign, phoneOf(index), type);
		expect(new Set(await answers())).toEqual(new Set([200]));
		expect(new Set(eventsOf(active))).toEqual(new Set(types));
		expect(active.executions.map((items) => items.length)).toEqual(
			aktify().webhooks.events.map(() => 1),
		);
		expect(phonesOf(active).sort()).toEqual(
			aktify()
				.webhooks.events.map(({ phone }) => phone)
				.sort(),
		);
	});

	it('answers 200 to an event that is not selected, and starts nothing', async () => {
		const active = await activate({ triggerOn: ['dnc.created'] });
		play();
		aktify().play(campaign, phoneOf(1), 'dnc.created');
		expect(await answers()).toEqual([200, 200]);
		expect(eventsOf(active)).toEqual(['dnc.created']);
	});

	it('outputs a lead in the field names of the Aktify node', async () => {
		const active = await activate();
		const { items } = await scene.aktify({
			items: [{ id: 'L7', phone: '(206) 200-0007', state: 'WA' }],
			parameters: {
				additionalFields: {
					externalLeadId: '={{ $json.id }}',
					firstName: 'Ann',
					lastName: 'Lee',
				},
			},
		});
		await scene.world.deliveries.settled();
		const created = items[0]?.json;
		expect(created).toMatchObject({ leadId: 'L7', phoneNumber: '+12062000007' });
		expect(active.items()).toEqual([
			{
				event: 'campaign.lead_created',
				occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
				phoneNumber: created?.phoneNumber,
				leadId: created?.leadId,
				contactName: 'Ann Lee',
				campaignId: campaign,
				details: {},
			},
		]);
	});

	it('outputs the fields of this event as details, and null for unknown ones', async () => {
		const active = await activate();
		play(0, { durationSeconds: 42, recording: { url: 'https://example.com/1' } });
		await scene.world.deliveries.settled();
		expect(active.items()[0]).toEqual({
			event: 'lead.call_ended',
			occurredAt: expect.any(String),
			phoneNumber: phoneOf(0),
			leadId: null,
			contactName: null,
			campaignId: campaign,
			details: expect.objectContaining({
				durationSeconds: 42,
				recording: { url: 'https://example.com/1' },
			}),
		});
	});

	it('reads the time of a v1 do-not-contact event from its data', async () => {
		const active = await activate({}, { version: 'v1', events: ['dnc.created'] });
		aktify().play(campaign, phoneOf(0), 'dnc.created', {
			dncTimestamp: '2026-03-04T05:06:07+02:00',
		});
		await scene.world.deliveries.settled();
		expect(active.items()[0]).toMatchObject({
			occurredAt: '2026-03-04T03:06:07Z',
			campaignId: null,
		});
	});

	it("outputs Aktify's own payload when Simplify is off", async () => {
		const active = await activate({ options: { simplify: false } });
		const { at } = play();
		await scene.world.deliveries.settled();
		expect(active.items()).toEqual([
			{
				event: 'lead.call_ended',
				occurredAt: new Date(at).toISOString(),
				raw: {
					metadata: {
						apiVersion: '2026-02-09',
						eventType: 'lead.call_ended',
						campaignId: campaign,
						eventTime: new Date(at).toISOString(),
					},
					data: { phone: phoneOf(0), result: 'answered', type: 'outbound' },
				},
			},
		]);
	});
});

describe('Aktify Trigger: once for each event', () => {
	it.each(['v1', 'v2'] as const)(
		'starts nothing for a redelivery or a replay, also after a restart (%s)',
		async (signature) => {
			const active = await activate({}, { signature });
			const { id } = play();
			await scene.world.deliveries.settled();
			const kinds = ['redelivery', 'replay'] as const;
			const statuses: unknown[] = [];
			for (const kind of kinds) {
				for (const { status } of await aktify().webhooks.forge(kind, id)) statuses.push(status);
			}
			await active.restart();
			for (const kind of kinds) {
				for (const { status } of await aktify().webhooks.forge(kind, id)) statuses.push(status);
			}
			expect(statuses).toEqual([200, 200, 200, 200]);
			expect(active.executions).toHaveLength(1);
		},
	);

	it('starts again for the same event of the same lead at another time', async () => {
		const active = await activate();
		const first = play();
		await scene.world.deliveries.settled();
		while (Date.now() === first.at) await sleep(1);
		play();
		await scene.world.deliveries.settled();
		expect(active.executions).toHaveLength(2);
	});

	it('starts the workflow with a redelivery after n8n has failed', async () => {
		scene.world.deliveries.speed = 10_000;
		const active = await activate();
		active.outOfOrder = true;
		const { id } = play();
		await scene.world.deliveries.settled();
		expect(active.executions).toEqual([]);
		active.outOfOrder = false;
		configure(active);
		await aktify().webhooks.forge('redelivery', id);
		expect(eventsOf(active)).toEqual(['lead.call_ended']);
	});
});

describe('Aktify Trigger: publishing and test runs', () => {
	it('waits for one real event in the editor, and does not affect the published workflow', async () => {
		const active = await activate();
		const items = await active.listenForTestEvent(async () => {
			const url = active.webhookUrl.replace('/webhook/', '/webhook-test/');
			aktify().webhooks.all.splice(0);
			configure(active, { url });
			play();
			await scene.world.deliveries.settled();
		});
		expect(items).toEqual([{ json: expect.objectContaining({ phoneNumber: phoneOf(0) }) }]);
		expect(active.executions).toEqual([]);

		aktify().webhooks.all.splice(0);
		configure(active);
		await aktify().webhooks.forge('redelivery', 'event-1');
		expect(phonesOf(active)).toEqual([phoneOf(0)]);
	});

	it.each([
		['no Client Secret', 'signature', { clientSecret: '' }, 'Add the Client Secret'],
		['a Client Secret that is short', 'signature', { clientSecret: campaign }, 'fewer than 16'],
		['no Webhook Token', 'token', { webhookToken: '' }, 'Webhook Token'],
		['no Webhook User Name', 'basicAuth', { webhookUser: ' ' }, 'Webhook User Name'],
		['no Webhook Password', 'basicAuth', { webhookPassword: '' }, 'Webhook Password'],
		['a short Webhook Password', 'basicAuth', { webhookPassword: campaign }, 'fewer than 16'],
		['a Webhook Token that is short', 'token', { webhookToken: campaign }, 'Webhook Token'],
	])('cannot be published with %s', async (_what, verifyWith, credentials, message) => {
		const active = await open({ verifyWith, credentials });
		await expect(active.activate()).rejects.toThrow(message);
	});

	it('explains how to set up the webhook, and sends no request to Aktify', async () => {
		const active = await activate();
		await active.deactivate();
		expect(scene.requests('aktify')).toEqual([]);
		const { description } = await nodeType('aktifyTrigger');
		const notices = description.properties.filter(({ type }) => type === 'notice');
		expect(notices.map(({ displayName }) => displayName)).toEqual([
			expect.stringContaining('Production URL'),
			expect.stringContaining('X-Webhook-Token'),
			expect.stringContaining('Basic Auth'),
		]);
	});
});
