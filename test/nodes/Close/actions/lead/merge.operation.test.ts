import { useClose } from '../../fixtures';

const { sandbox, close, requestsTo, storedLeads } = useClose();

describe('Close: Merge Leads', () => {
	it.each([undefined, 'resetAfter', 'resetBefore'] as const)(
		'merges the source into the destination once (fault: %s)',
		async (kind) => {
			const [source, destination] = sandbox.world.close.seedLeads(2);
			if (kind !== undefined) sandbox.world.faults.add({ kind, method: 'POST', nth: 1 });
			const result = await close({
				items: [{}],
				parameters: {
					operation: 'merge',
					sourceLeadId: source?.id,
					destinationLeadId: destination?.id,
				},
			});
			expect(requestsTo('POST', '/lead/merge/')[0]?.body).toEqual({
				source: source?.id,
				destination: destination?.id,
			});
			expect(result.items[0]?.json).toEqual({
				outcome: 'updated',
				leadId: destination?.id,
				mergedLeadId: source?.id,
				itemIndex: 0,
			});
			expect(storedLeads()).toHaveLength(1);
		},
	);

	it('takes both leads from locators', async () => {
		const [source, destination] = sandbox.world.close.seedLeads(2);
		const locator = (mode: string, value: unknown) => ({ __rl: true, mode, value });
		const result = await close({
			items: [{}],
			parameters: {
				operation: 'merge',
				sourceLeadId: locator('list', source?.id),
				destinationLeadId: locator('url', `https://app.close.com/lead/${destination?.id}/`),
			},
		});
		expect(result.items[0]?.json).toMatchObject({ outcome: 'updated', leadId: destination?.id });
	});
});
