import { leads } from '../../../../support/fixtures';
import { errorText, outcomesOf } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';

const scene = useSandbox();

describe('Autocalls: Update Lead', () => {
	const requests = (method?: string) =>
		scene
			.requests('autocalls')
			.filter((request) => method === undefined || request.method === method);
	const create = async () => {
		const result = await scene.autocalls({
			items: leads(1),
			parameters: {
				customFieldsMode: 'define',
				customFields: { field: [{ name: 'a', value: '1' }] },
			},
		});
		return result.items[0]?.json.leadId;
	};

	it('changes the fields that have a value and merges variables', async () => {
		const leadId = await create();
		const result = await scene.autocalls({
			items: [{ leadId }],
			parameters: {
				operation: 'update',
				leadId: '={{ $json.leadId }}',
				updateFields: { status: 'completed', phoneNumber: '+1 206 200 0009', campaignId: '2' },
				customFieldsMode: 'define',
				customFields: { field: [{ name: 'b', value: '2' }] },
			},
		});
		expect(outcomesOf(result)).toEqual({ updated: 1 });
		expect(requests('PUT')[0]).toMatchObject({
			path: `/user/leads/${String(leadId)}`,
			body: {
				status: 'completed',
				phone_number: '+12062000009',
				campaign_id: 2,
				variables: { b: '2' },
			},
		});
		const lead = scene.world.autocalls.find(2, '+12062000009');
		expect(lead?.variables).toEqual({ a: '1', b: '2' });
	});

	it('rejects an update without a change', async () => {
		const result = await scene.autocalls({
			items: [{}],
			parameters: { operation: 'update', leadId: '7' },
		});
		expect(errorText(result)).toMatch(/nothing to change/);
	});
});
