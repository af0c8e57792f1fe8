import type { IDataObject } from 'n8n-workflow';
import { closeStatuses } from '../../../../../sandbox';
import { status, useClose } from '../../fixtures';

const { sandbox, close } = useClose();

describe('Close: Search Leads', () => {
	it('finds leads by each filter and by a query', async () => {
		const [lead] = sandbox.world.close.seedLeads(20);
		const search = async (parameters: IDataObject) =>
			(await close({ items: [{}], parameters: { operation: 'search', ...parameters } })).items;
		for (const filters of [
			{ phoneNumber: '+1 509 200 0001' },
			{ email: 'seed-1@example.com' },
			{ name: 'seed lead 1' },
			{ contactName: 'Seed Person 1' },
		]) {
			const found = await search({ filters });
			expect(found.map(({ json }) => json.leadId)).toEqual([lead?.id]);
		}
		expect(await search({ status: status(closeStatuses.badFit.id) })).toHaveLength(0);
		expect(await search({ filters: { createdFrom: '2020-01-01' }, limit: 7 })).toHaveLength(7);
		expect(await search({ filters: { createdUntil: '2020-01-01' } })).toHaveLength(0);
		const query = JSON.stringify({ query: { type: 'and', queries: [] } });
		expect(await search({ searchBy: 'query', query })).toHaveLength(20);
		const pasted = `\uFEFF${query.replace(':', ':\u00A0')}\u200B`;
		expect(await search({ searchBy: 'query', query: pasted })).toHaveLength(20);
	});

	it('counts what it found in the summary', async () => {
		sandbox.world.close.seedLeads(3);
		const summaryOf = async (parameters: IDataObject, items: IDataObject[] = [{}]) =>
			(await close({ items, parameters })).hints.map(({ message }) => message);
		const search = { operation: 'search', filters: { name: 'nobody' } };
		expect(await summaryOf(search)).toEqual(['Close: 0 found']);
		expect(await summaryOf({ ...search, filters: {} })).toEqual(['Close: 3 found']);
		sandbox.world.close.reset();
		expect(await summaryOf({ operation: 'getAll' }, [{}, {}])).toEqual(['Close: 0 found']);
	});

	it.each(['asc', 'desc'])(
		'continues past the result limit and an expired cursor: %s',
		async (sort) => {
			sandbox.world.close.seedLeads(430);
			sandbox.world.close.searchMaximum = 150;
			const parameters = { operation: 'search', returnAll: true };
			const cut = await close({ items: [{}], parameters, options: { sort } });
			expect(new Set(cut.items.map(({ json }) => json.leadId)).size).toBe(430);
			expect(cut.items).toHaveLength(430);
			const names = cut.items.map(({ json }) => json.name);
			expect(names[0]).toBe(sort === 'asc' ? 'Seed Lead 1' : 'Seed Lead 430');
			sandbox.world.close.searchMaximum = 10_000;
			sandbox.world.close.cursorLifetimeMs = 0;
			const slow = await close({ items: [{}], parameters, options: { sort } });
			expect(slow.items.map(({ json }) => json.name)).toEqual(names);
		},
	);
});
