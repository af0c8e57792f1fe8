import { sleep } from 'n8n-workflow';
import { errorText } from '../../../../support/results';
import { useClose } from '../../fixtures';

const { sandbox, close, requests, requestsTo, storedLeads } = useClose();

describe('Close: Get Many Leads', () => {
	it.each([
		[{ limit: 5 }, 5, 1],
		[{ limit: 150 }, 150, 2],
		// Twice: Close does not report the number of leads, so a second pass shows whether one was missed.
		[{ returnAll: true }, 230, 6],
	])('returns each lead once, with %j', async (parameters, count, pages) => {
		sandbox.world.close.seedLeads(230);
		const result = await close({ items: [{}], parameters: { operation: 'getAll', ...parameters } });
		expect(result.items).toHaveLength(count);
		expect(new Set(result.items.map(({ json }) => json.leadId)).size).toBe(count);
		expect(requestsTo('GET', '/lead/')).toHaveLength(pages);
	});

	it('says how to go on where the list ends at a maximum of Close', async () => {
		sandbox.world.close.seedLeads(230);
		sandbox.world.close.skipMaximum = 150;
		const all = { operation: 'getAll', returnAll: true };
		const message = errorText(await close({ items: [{}], parameters: all }));
		expect(message).toMatch(/max_skip = 150.+Use Search without filters/);
		const some = { operation: 'getAll', limit: 200 };
		expect((await close({ items: [{}], parameters: some })).items).toHaveLength(200);
	});

	it('misses no lead when others are deleted while it reads', async () => {
		const all = sandbox.world.close.seedLeads(250);
		sandbox.world.settings.latencyMs = 30;
		const running = close({ items: [{}], parameters: { operation: 'getAll', returnAll: true } });
		while (requests().length < 2) await sleep(0);
		for (const lead of all.slice(-50)) sandbox.world.close.dropLead(lead);
		const found = (await running).items.map(({ json }) => json.leadId);
		expect(found).toEqual(expect.arrayContaining(storedLeads().map(({ id }) => id)));
		expect(new Set(found).size).toBe(found.length);
	});
});
