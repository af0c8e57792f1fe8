import type { AktifyEventType } from '../../../sandbox';
import { phoneOf } from '../../support/fixtures';
import { useSandbox } from '../../support/sandbox';
import { campaign, useAktifyTrigger } from '../../support/triggers/aktify';

// The table "How we know: Aktify" of docs/vendors.md: each documented field of webhooks, in both forms of the output.
const scene = useSandbox();
const { activate } = useAktifyTrigger(scene);
const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/);

/** Lets an event happen, and returns the item that it makes. */
async function received(
	type: AktifyEventType,
	version: 'v1' | 'v2',
	more: object,
	simplify = true,
) {
	const active = await activate({ options: { simplify } }, { version, events: [type] });
	scene.world.aktify.play(campaign, phoneOf(0), type, { ...more });
	await scene.world.deliveries.settled();
	expect(active.items()).toHaveLength(1);
	return active.items()[0];
}

const lead = { externalLeadId: 'L7' };
const names = { firstName: 'John', lastName: 'Smith' };
const common = { occurredAt: isoTime, phoneNumber: phoneOf(0), campaignId: campaign };

describe('webhooks of Aktify come out with the documented fields', () => {
	it.each([
		['dnc.created', lead, { leadId: 'L7', details: { dncTimestamp: isoTime } }],
		[
			'campaign.lead_created',
			{ ...lead, ...names, isTestLead: true },
			{ leadId: 'L7', contactName: 'John Smith', details: { isTestLead: true } },
		],
		['lead.call_initiated', lead, { leadId: 'L7', details: { isScheduled: false } }],
		['lead.call_received', lead, { leadId: 'L7', details: {} }],
		['lead.call_scheduled', lead, { leadId: 'L7', details: { scheduledTime: isoTime } }],
		['lead.link_sent', lead, { leadId: 'L7', details: { url: expect.any(String) } }],
		['lead.link_delivered', lead, { leadId: 'L7', details: { message: expect.any(String) } }],
		[
			'lead.link_clicked',
			lead,
			{ leadId: 'L7', details: { url: expect.any(String), shortUrl: expect.any(String) } },
		],
	] as const)('%s of v2', async (event, more, output) => {
		expect(await received(event, 'v2', more)).toEqual({
			event,
			contactName: null,
			...common,
			...output,
		});
	});

	it('the envelope of v2 under raw', async () => {
		expect(await received('lead.call_received', 'v2', lead, false)).toMatchObject({
			raw: {
				metadata: {
					apiVersion: '2026-02-09',
					eventType: 'lead.call_received',
					campaignId: campaign,
					eventTime: isoTime,
				},
				data: { phone: phoneOf(0), externalLeadId: 'L7' },
			},
		});
	});

	it('dnc.created of v1, which names no campaign', async () => {
		expect(await received('dnc.created', 'v1', lead)).toEqual({
			...common,
			event: 'dnc.created',
			leadId: 'L7',
			contactName: null,
			campaignId: null,
			details: { dncTimestamp: isoTime },
		});
	});

	it('webchat.lead.created of v1, and its envelope under raw', async () => {
		const timestamp = '2021-10-14T11:41:00.560061';
		const more = { ...names, timestamp };
		const output = {
			event: 'webchat.lead.created',
			leadId: null,
			contactName: 'John Smith',
			details: { campaignId: campaign, timestamp, customData: { pageId: 'pricing' } },
		};
		expect(await received('webchat.lead.created', 'v1', more)).toEqual({ ...common, ...output });
	});

	it('the envelope of v1 under raw', async () => {
		expect(await received('webchat.lead.created', 'v1', names, false)).toMatchObject({
			raw: {
				apiVersion: '2021-08-23',
				type: 'webchat.lead.created',
				data: { ...names, phoneNumber: phoneOf(0), campaignId: campaign },
				customData: { pageId: 'pricing' },
			},
		});
	});
});
