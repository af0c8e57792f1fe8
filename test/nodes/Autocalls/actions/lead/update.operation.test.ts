import { leads, onError, phoneOf } from '../../../../support/fixtures';
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

	const campaign = (value: string) => ({ __rl: true, mode: 'id', value });
	const byNumber = {
		items: leads(1),
		parameters: {
			operation: 'update',
			findBy: 'phone',
			phoneNumber: '={{ $json.phone }}',
			campaign: campaign('1'),
			updateFields: { status: 'created', campaignId: campaign('3') },
		},
		settings: onError.continue,
	};

	it('finds the lead by its number, and takes the new campaign from the list', async () => {
		const leadId = await create();
		const result = await scene.autocalls(byNumber);
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'updated',
			leadId,
			phoneNumber: phoneOf(0),
		});
		expect(requests('PUT')[0]).toMatchObject({
			path: `/user/leads/${String(leadId)}`,
			body: { status: 'created', campaign_id: 3 },
		});
	});

	it('changes nothing if several leads of the campaign have the number, or none', async () => {
		expect(outcomesOf(await scene.autocalls(byNumber))).toEqual({ notFound: 1 });
		const twice = { campaign: campaign('1'), allowDuplicates: true };
		for (let i = 0; i < 2; i++) await scene.autocalls({ items: leads(1), parameters: twice });
		const result = await scene.autocalls(byNumber);
		expect(outcomesOf(result)).toEqual({ notSent: 1 });
		expect(String(result.items[0]?.json.error)).toMatch(/belongs to several leads in campaign 1/);
		expect(requests('PUT')).toEqual([]);
	});
});
