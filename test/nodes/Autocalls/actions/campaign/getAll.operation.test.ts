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

	it('outputs what the list says of a campaign, and with Simplify off all of it', async () => {
		const parameters = { resource: 'campaign', operation: 'getAll', limit: 1 };
		const simple = await scene.autocalls({ items: [{}], parameters });
		expect(simple.items[0]?.json).toMatchObject({
			campaignId: 1,
			status: 'in-progress',
			createdAt: '2025-06-30 08:01:00',
			updatedAt: '2025-06-30 08:01:00',
		});
		const raw = await scene.autocalls({ items: [{}], parameters, options: { simplify: false } });
		expect(raw.items[0]?.json.raw).toMatchObject({
			id: 1,
			max_calls_in_parallel: expect.any(Number),
			mark_complete_when_no_leads: false,
			allowed_hours_start_time: '09:00:00',
			allowed_hours_end_time: '18:00:00',
			allowed_days: expect.any(Array),
			max_retries: expect.any(Number),
			retry_interval: expect.any(Number),
		});
	});
});
