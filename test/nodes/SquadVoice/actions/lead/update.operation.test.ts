import { errorText, outcomesOf } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';
import { campaign, indianLead, v4 } from '../../fixtures';

const scene = useSandbox();

describe('SquadVoice: Update Lead', () => {
	const lead = { ...indianLead, detail: 'purchase' };
	const parameters = {
		...campaign('V4CAMP'),
		operation: 'update',
		detail: '={{ $json.detail }}',
	};

	it('updates a lead, and reports a missing one', async () => {
		const more = { credentials: v4, parameters, items: [lead] };
		expect(outcomesOf(await scene.squadVoice(more))).toEqual({ notFound: 1 });
		await scene.squadVoice({ items: [lead], credentials: v4, parameters: campaign('V4CAMP') });
		const result = await scene.squadVoice(more);
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'updated',
			leadId: lead.id,
			campaignId: 'V4CAMP',
		});
	});

	it('sends only the fields that have a value', async () => {
		await scene.squadVoice({ items: [lead], credentials: v4, parameters: campaign('V4CAMP') });
		await scene.squadVoice({
			items: [lead],
			credentials: v4,
			parameters: { ...parameters, phoneNumber: '', contactName: 'Jane Doe' },
		});
		expect(scene.requests('squadVoice')[1]).toMatchObject({
			method: 'PATCH',
			path: '/api/v4/leads/update/V4CAMP/',
			body: { lead_id: lead.id, contact_name: 'Jane Doe' },
		});
		expect(scene.world.squadVoice.find('V4CAMP', lead.id)).toMatchObject({
			contactName: 'Jane Doe',
		});
		const nothing = await scene.squadVoice({
			items: [lead],
			credentials: v4,
			parameters: { ...parameters, phoneNumber: '', contactName: '' },
		});
		expect(errorText(nothing)).toMatch(/nothing to change/);
	});

	it('requires API v4', async () => {
		const result = await scene.squadVoice({ items: [lead], parameters });
		expect(errorText(result)).toMatch(/API v4 only.*With API v1, disable the lead and create it again/);
		expect(scene.world.requests).toHaveLength(0);
	});
});
