import { errorText, outcomesOf } from '../../../../support/results';
import { useClose } from '../../fixtures';

const { sandbox, close, requests, storedLeads } = useClose();

describe('Close: Delete Lead', () => {
	it('reports a missing lead as not found, or as deleted after a lost response', async () => {
		const [one, two] = sandbox.world.close.seedLeads(2);
		const parameters = { operation: 'delete', leadId: '={{ $json.id }}' };
		const result = await close({ items: [{ id: one?.id }, { id: 'lead_nobody' }], parameters });
		expect(outcomesOf(result)).toEqual({ deleted: 1, notFound: 1 });
		sandbox.world.faults.add({ kind: 'resetAfter', method: 'DELETE', nth: 1 });
		const lost = await close({ items: [{ id: two?.id }], parameters });
		expect(lost.items[0]?.json).toEqual({
			outcome: 'deleted',
			deleted: true,
			leadId: two?.id,
			itemIndex: 0,
			id: two?.id,
		});
		expect(storedLeads()).toHaveLength(0);
	});

	it.each([
		'lead_1/../../me',
		'../me',
		'cont_abc',
		'lead_',
		'lead_a b',
		'https://evil.example/lead_abc',
	])('rejects the forged ID %j before it reaches a path', async (leadId) => {
		const result = await close({ items: [{}], parameters: { operation: 'delete', leadId } });
		expect(errorText(result)).toMatch(/is not an ID/);
		expect(requests()).toHaveLength(0);
	});
});
