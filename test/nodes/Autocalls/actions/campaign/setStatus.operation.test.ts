import { useSandbox } from '../../../../support/sandbox';

const scene = useSandbox();

describe('Autocalls: Set Campaign Status', () => {
	const requests = () => scene.requests('autocalls');
	const campaign = (value: string) => ({ campaign: { __rl: true, mode: 'id', value } });

	it.each(['start', 'stop'])('sends the action: %s', async (operation) => {
		const result = await scene.autocalls({
			items: [{}],
			parameters: { resource: 'campaign', operation, ...campaign('2') },
		});
		expect(result.items[0]?.json).toMatchObject({ outcome: 'updated', campaignId: 2 });
		expect(requests()[0]).toMatchObject({
			path: '/user/campaigns/update-status',
			body: { campaign_id: 2, action: operation },
		});
	});
});
