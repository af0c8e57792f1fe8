import { squadVoiceAccounts } from '../../../sandbox';
import { useSandbox } from '../../support/sandbox';
import { useSquadVoiceTrigger, webhookToken } from '../../support/triggers/squadVoice';

// The table "How we know: SquadVoice" of docs/vendors.md: each documented field of the webhook, in both forms of the output.
const scene = useSandbox();
const { openV4, squad } = useSquadVoiceTrigger(scene);
const { campaign } = squadVoiceAccounts.v4;
const documented = {
	lead_id: 'seed-1',
	phone_number: '+919890000001',
	contact_name: 'Seed Lead 1',
	campaign_id: campaign,
	created_at: expect.stringMatching(/\+00:00$/),
	processed_at: '2018-12-03T14:36:38+00:00',
	latest_called_at: '2018-12-03T14:36:38+00:00',
	latest_recording_url: expect.stringMatching(/^https:/),
	lead_outcome: 'Interested',
	lead_responses: { language: 'Hindi' },
	city: 'Spokane',
};

it.each([
	[
		'simplified',
		true,
		{
			event: 'lead.processed',
			leadId: 'seed-1',
			phoneNumber: '+919890000001',
			contactName: 'Seed Lead 1',
			campaignId: campaign,
			state: null,
			createdAt: expect.stringMatching(/Z$/),
			processedAt: '2018-12-03T14:36:38.000Z',
			callOutcome: 'Interested',
			lastAttempt: {
				callOutcome: 'Interested',
				calledAt: '2018-12-03T14:36:38.000Z',
				recordingUrl: expect.stringMatching(/^https:/),
				answers: { language: 'Hindi' },
			},
			attempts: [],
			customFields: { city: 'Spokane' },
		},
	],
	['as SquadVoice sends them', false, { event: 'lead.processed', raw: documented }],
])('the fields of the Lead Processed webhook come out %s', async (_how, simplify, output) => {
	squad().seedLeads(campaign, 1);
	const active = await openV4({ source: 'webhook', options: { simplify } });
	await active.activate();
	squad().configureWebhook(campaign, `${active.webhookUrl}?token=${webhookToken}`);
	const at = Date.UTC(2018, 11, 3, 14, 36, 38);
	const responses = { language: 'Hindi' };
	squad().process(campaign, 'seed-1', { at, outcome: 'Interested', responses });
	await scene.world.deliveries.settled();
	expect(active.items()).toEqual([output]);
});
