import type { IDataObject } from 'n8n-workflow';
import { searchLeads } from '../../../../nodes/Close/lead/search';
import type { LeadSearch } from '../../../../nodes/Close/lead/search';
import { asNumber, asObjects, asText, getOwn } from '../../../../nodes/shared/values/json';
import { fakeClient } from '../../../support/fakes';

const search = (more: Partial<LeadSearch> = {}): LeadSearch => ({
	conditions: [],
	order: 'asc',
	limit: Infinity,
	perPage: 100,
	...more,
});

/** Leads 0 to count - 1, one a second. */
const leadsOf = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		id: `lead_${index}`,
		date_created: new Date(index * 1000).toISOString(),
	}));

/** The bounds of the creation date in a query, in epoch milliseconds. */
function boundsOf(body: unknown): { from: number; before: number } {
	const condition = asObjects(getOwn(getOwn(body, 'query'), 'queries'))
		.map((query) => getOwn(query, 'condition'))
		.find((one) => getOwn(one, 'type') === 'moment_range');
	const epochOf = (key: string) =>
		Date.parse(asText(getOwn(getOwn(condition, key), 'value')) ?? '');
	return { from: epochOf('on_or_after') || -Infinity, before: epochOf('before') || Infinity };
}

/** Close's search over a list of leads: pages by cursor, which ends after `maxPerPass` leads. */
function closeSearch(leads: IDataObject[], { maxPerPass = 10_000, expiresAfter = Infinity } = {}) {
	let matching: IDataObject[] = [];
	return fakeClient(({ body }) => {
		const cursor = asNumber(getOwn(body, 'cursor')) ?? 0;
		if (cursor >= expiresAfter) return { status: 400, body: {} };
		if (cursor === 0) {
			const { from, before } = boundsOf(body);
			matching = leads.filter((lead) => {
				const created = Date.parse(asText(lead.date_created) ?? '');
				return created >= from && created < before;
			});
		}
		const end = Math.min(cursor + (asNumber(getOwn(body, '_limit')) ?? 0), maxPerPass);
		const hasMore = end < Math.min(matching.length, maxPerPass);
		return {
			body: {
				data: matching.slice(cursor, end),
				count: { total: matching.length },
				cursor: hasMore ? String(end) : null,
			},
		};
	});
}

const idsOf = (leads: object[]) => leads.map((lead) => getOwn(lead, 'id'));

test('all pages of one pass', async () => {
	const leads = leadsOf(250);
	const { client, requests } = closeSearch(leads);
	expect(idsOf(await searchLeads(client, search()))).toEqual(idsOf(leads));
	expect(requests).toHaveLength(3);
});

test('no more than the limit', async () => {
	const { client, requests } = closeSearch(leadsOf(250));
	expect(await searchLeads(client, search({ limit: 120 }))).toHaveLength(120);
	expect(requests).toHaveLength(2);
});

test.each([
	['the limit of one pass', { maxPerPass: 300 }],
	['an expired cursor', { expiresAfter: 200 }],
])('continues after %s, each lead once', async (_name, limits) => {
	const leads = leadsOf(1000);
	const { client } = closeSearch(leads, limits);
	const found = await searchLeads(client, search());
	expect(idsOf(found)).toEqual(idsOf(leads));
});

test('continues in descending order, too', async () => {
	const leads = leadsOf(700).reverse();
	const { client } = closeSearch(leads, { maxPerPass: 300 });
	expect(idsOf(await searchLeads(client, search({ order: 'desc' })))).toEqual(idsOf(leads));
});

test('stops where it cannot continue: more leads of one moment than one pass returns', async () => {
	const leads = leadsOf(500).map((lead) => ({ ...lead, date_created: '2026-01-01T00:00:00Z' }));
	const { client } = closeSearch(leads, { maxPerPass: 300 });
	await expect(searchLeads(client, search())).rejects.toThrow('Close returns at most 10,000 leads');
});
