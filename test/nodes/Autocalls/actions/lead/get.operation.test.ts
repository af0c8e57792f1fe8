import { errorText } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';

const scene = useSandbox();

describe('Autocalls: Get Lead', () => {
	const campaign = (value: string) => ({ campaign: { __rl: true, mode: 'id', value } });
	const get = { operation: 'get', campaign: { __rl: true, mode: 'list', value: '' } };

	it('finds exactly the phone number, though the vendor matches parts of it', async () => {
		const items = [{ phone: '+12062000000' }, { phone: '+442062000000' }];
		await scene.autocalls({ items, options: { phoneCheck: 'e164Shape' } });
		const result = await scene.autocalls({
			items: [{ phone: '(206) 200-0000' }],
			parameters: { ...get, findBy: 'phone' },
			options: { defaultCountry: 'US' },
		});
		expect(result.items.map(({ json }) => json.phoneNumber)).toEqual(['+12062000000']);
	});

	it('finds a lead by ID on any page, and reports a missing one', async () => {
		scene.world.autocalls.seedLeads(1, 250);
		const all = await scene.autocalls({
			items: [{}],
			parameters: { operation: 'getAll', returnAll: true, ...campaign('1') },
		});
		const last = all.items[249]?.json.leadId;
		const parameters = { ...get, findBy: 'id', leadId: '={{ $json.id }}' };
		const result = await scene.autocalls({ items: [{ id: last }, { id: 999_999 }], parameters });
		expect(result.items.map(({ json }) => [json.outcome, json.leadId])).toEqual([
			['found', last],
			['notFound', 999_999],
		]);
	});

	it('outputs the channel and the secondary contacts', async () => {
		const contact = { phoneNumber: '+15095559999', customerName: 'Ada', email: '' };
		await scene.autocalls({
			items: [{ phone: '+12062000000' }],
			parameters: { secondaryContacts: { contact: [contact] } },
		});
		const result = await scene.autocalls({
			items: [{ phone: '+12062000000' }],
			parameters: { ...get, findBy: 'phone' },
		});
		expect(result.items[0]?.json).toMatchObject({
			channel: 'call',
			fallbackSentAt: null,
			secondaryContacts: [
				{ leadId: 2, phoneNumber: '+15095559999', variables: { customer_name: 'Ada' } },
			],
		});
	});

	it('reads the lists of a white label', async () => {
		scene.world.autocalls.namedLists = true;
		scene.world.autocalls.seedLeads(1, 3);
		const result = await scene.autocalls({
			items: [{ phone: '+15092000002' }],
			parameters: { ...get, findBy: 'phone' },
		});
		expect(result.items.map(({ json }) => json.leadId)).toEqual([2]);
	});

	it.each(['../me', '1/../2', 'abc', '1.5', '-1'])(
		'rejects the lead ID %j before it reaches a path',
		async (leadId) => {
			for (const operation of ['get', 'update', 'delete', 'disable']) {
				const result = await scene.autocalls({
					items: [{}],
					parameters: {
						operation,
						findBy: 'id',
						leadId,
						updateFields: { status: 'completed' },
						campaign: { __rl: true, mode: 'list', value: '' },
					},
				});
				expect(errorText(result)).toMatch(/is not an ID/);
			}
			expect(scene.world.requests).toHaveLength(0);
		},
	);
});
