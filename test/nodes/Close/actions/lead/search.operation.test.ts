import type { IDataObject } from 'n8n-workflow';
import { closeStatuses } from '../../../../../sandbox';
import { errorText } from '../../../../support/results';
import { status, useClose } from '../../fixtures';

const { sandbox, close, requests } = useClose();

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

	/** As Close exports the filters of a list. */
	const exported = (more: IDataObject) => ({
		limit: null,
		query: {
			negate: false,
			type: 'and',
			queries: [
				{ negate: false, object_type: 'lead', type: 'object_type' },
				{ negate: false, type: 'and', queries: [] },
			],
		},
		results_limit: null,
		sort: [],
		...more,
	});
	const byDate = (direction: string, field_name = 'date_created') => [
		{ direction, field: { field_name, object_type: 'lead', type: 'regular_field' } },
	];
	const pasted = async (query: IDataObject, more: IDataObject = {}, options: IDataObject = {}) =>
		await close({
			items: [{}],
			parameters: { operation: 'search', searchBy: 'query', query: JSON.stringify(query), ...more },
			options,
		});

	it.each<[string, IDataObject, IDataObject, string[]]>([
		['as it is', exported({}), {}, ['3', '2', '1']],
		['with its limit', exported({ results_limit: 2 }), {}, ['3', '2']],
		["with the node's limit, if that is less", exported({ results_limit: 2 }), { limit: 1 }, ['3']],
		['with its order', exported({ sort: byDate('asc') }), {}, ['1', '2', '3']],
	])('takes the filters that Close exports, %s', async (_what, query, more, numbers) => {
		sandbox.world.close.seedLeads(3);
		const found = (await pasted(query, { returnAll: more.limit === undefined, ...more })).items;
		expect(found.map(({ json }) => json.name)).toEqual(numbers.map((one) => `Seed Lead ${one}`));
	});

	it.each<[IDataObject, IDataObject, RegExp]>([
		[exported({ sort: byDate('asc', 'name') }), {}, /sort of the query is not by date of creation/],
		[exported({ sort: [...byDate('asc'), ...byDate('desc')] }), {}, /sort of the query is not by/],
		[exported({ sort: byDate('asc') }), { sort: 'desc' }, /Sort and the sort of the query differ/],
		[exported({ limit: 50 }), {}, /cannot use limit/],
		[exported({ _fields: { lead: ['id'] }, cursor: 'a' }), {}, /cannot use _fields, cursor/],
		[exported({ results_limit: 'many' }), {}, /results_limit.+"many" is not a whole number/],
		[
			exported({
				query: { type: 'and', queries: [{ type: 'object_type', object_type: 'contact' }] },
			}),
			{},
			/finds contact, not leads/,
		],
		[{ queries: [] }, {}, /not a query of Close/],
	])('refuses %j with %j', async (query, options, message) => {
		expect(errorText(await pasted(query, {}, options))).toMatch(message);
		expect(requests()).toHaveLength(0);
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
