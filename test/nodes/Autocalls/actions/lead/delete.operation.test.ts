import { leads, onError, phoneOf } from '../../../../support/fixtures';
import { outcomesOf } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';

const scene = useSandbox();

describe('Autocalls: Delete Lead', () => {
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

	it('deletes a lead, and reports it as not found the second time', async () => {
		const leadId = await create();
		const remove = { items: [{}], parameters: { operation: 'delete', leadId: String(leadId) } };
		expect((await scene.autocalls(remove)).items[0]?.json).toEqual({
			outcome: 'deleted',
			deleted: true,
			leadId,
			itemIndex: 0,
		});
		expect(outcomesOf(await scene.autocalls(remove))).toEqual({ notFound: 1 });
	});

	const campaign = (value: string) => ({ campaign: { __rl: true, mode: 'id', value } });
	const deletions = () => scene.requests('autocalls').filter(({ method }) => method === 'DELETE');
	const byNumber = (more: object = {}) => ({
		items: leads(1),
		parameters: {
			operation: 'delete',
			findBy: 'phone',
			phoneNumber: '={{ $json.phone }}',
			...campaign('1'),
			...more,
		},
		settings: onError.continue,
	});

	it('deletes the one lead with the number in the campaign, and no other', async () => {
		for (const id of ['1', '2'])
			await scene.autocalls({ items: leads(1), parameters: campaign(id) });
		const result = await scene.autocalls(byNumber());
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'deleted',
			deleted: true,
			phoneNumber: phoneOf(0),
		});
		expect(scene.world.autocalls.find(1, phoneOf(0))).toBeUndefined();
		expect(scene.world.autocalls.find(2, phoneOf(0))).toBeDefined();
		expect((await scene.autocalls(byNumber())).items[0]?.json).toMatchObject({
			outcome: 'notFound',
			phoneNumber: phoneOf(0),
		});
	});

	it('deletes none of several leads with the number, and says which they are', async () => {
		const twice = { ...campaign('1'), allowDuplicates: true };
		for (let i = 0; i < 2; i++) await scene.autocalls({ items: leads(1), parameters: twice });
		const result = await scene.autocalls(byNumber());
		expect(result.items[0]?.json).toMatchObject({ outcome: 'notSent' });
		expect(String(result.items[0]?.json.error)).toMatch(
			/^Phone Number: "\+\d+" belongs to several leads in campaign 1: \d+, \d+/,
		);
		expect(deletions()).toEqual([]);
	});

	it('needs a campaign to delete by number', async () => {
		const result = await scene.autocalls(byNumber(campaign('={{ $json.none }}')));
		expect(String(result.items[0]?.json.error)).toMatch(/^Campaign is empty/);
		expect(scene.world.requests).toHaveLength(0);
	});

	it('finds no lead by a number without digits', async () => {
		scene.world.faults.add({
			kind: 'otherReply',
			method: 'GET',
			status: 200,
			body: { data: [{ id: 7, campaign_id: 1, phone_number: null }] },
		});
		const items = [{ phone: 'n/a' }];
		const result = await scene.autocalls({ ...byNumber(), items, options: { phoneCheck: 'off' } });
		expect(outcomesOf(result)).toEqual({ notFound: 1 });
		expect(deletions()).toEqual([]);
	});
});
