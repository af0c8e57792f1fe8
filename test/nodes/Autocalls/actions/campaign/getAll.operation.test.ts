import { useSandbox } from '../../../../support/sandbox';

const scene = useSandbox();

describe('Autocalls: Get Many Campaigns', () => {
	it('reads campaigns from a plain and from a wrapped list', async () => {
		const parameters = { resource: 'campaign', operation: 'getAll', returnAll: true };
		const bare = await scene.autocalls({ items: [{}], parameters });
		expect(bare.items[0]?.json).toMatchObject({
			outcome: 'found',
			campaignId: 1,
			name: 'Spring Outreach',
		});
		scene.world.autocalls.wrappedCampaigns = true;
		const wrapped = await scene.autocalls({ items: [{}], parameters });
		expect(wrapped.items).toHaveLength(bare.items.length);
	});
});
