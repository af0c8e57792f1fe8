import { withContacts } from '../../../../nodes/Close/lead/leadContacts';
import { getOwn } from '../../../../nodes/shared/values/json';
import { fakeClient, type FakeResponse } from '../../../support/fakes';

const contact = (id: string, lead_id = 'lead_1') => ({ id, lead_id, name: `Name of ${id}` });
const ids = (lead: unknown) => {
	const contacts: unknown = getOwn(lead, 'contacts');
	return Array.isArray(contacts) ? contacts.map((one) => getOwn(one, 'id')) : undefined;
};

/** Answers the list of contacts, and the lead itself. */
function close(list: FakeResponse, lead: FakeResponse = { status: 404 }) {
	return fakeClient(({ path }) => (path[0] === 'contact' ? list : lead));
}
const listOf = (...data: object[]) => ({ body: { data, has_more: false } });

describe('the contacts of a lead', () => {
	it.each<[string, object]>([
		['all that it names', { contacts: [contact('cont_1')], contact_ids: ['cont_1'] }],
		['some, and it names none', { contacts: [contact('cont_1')] }],
		['none, as it says', { contact_ids: [] }],
		['none', { contacts: [] }],
	])('cost no request where the lead has %s', async (_what, lead) => {
		const { client, requests } = close(listOf());
		expect(await withContacts(client, { id: 'lead_1', ...lead })).toMatchObject(lead);
		expect(requests).toEqual([]);
	});

	it.each<[string, object]>([
		['none', { contact_ids: ['cont_1', 'cont_2'] }],
		['null', { contacts: null, contact_ids: ['cont_1', 'cont_2'] }],
		['an empty list', { contacts: [], contact_ids: ['cont_1', 'cont_2'] }],
		['too few', { contacts: [contact('cont_1')], contact_ids: ['cont_1', 'cont_2'] }],
	])('are read where the lead has %s, in its own order', async (_what, lead) => {
		const { client, requests } = close(listOf(contact('cont_2'), contact('cont_1')));
		expect(ids(await withContacts(client, { id: 'lead_1', ...lead }))).toEqual([
			'cont_1',
			'cont_2',
		]);
		expect(requests).toMatchObject([
			{ method: 'GET', path: ['contact'], query: { lead_id: 'lead_1', _limit: 100, _skip: 0 } },
		]);
	});

	it('are those of this lead only, even if Close lists those of others', async () => {
		const { client } = close(listOf(contact('cont_9', 'lead_9'), contact('cont_1')));
		expect(ids(await withContacts(client, { id: 'lead_1' }))).toEqual(['cont_1']);
	});

	it('are read page by page', async () => {
		const all = Array.from({ length: 230 }, (_, index) => contact(`cont_${index}`));
		const { client } = fakeClient(({ query }) => {
			const [skip, limit] = [Number(getOwn(query, '_skip')), Number(getOwn(query, '_limit'))];
			const data = all.slice(skip, skip + limit);
			return { body: { data, has_more: skip + limit < all.length } };
		});
		expect(ids(await withContacts(client, { id: 'lead_1' }))).toHaveLength(230);
	});

	it('are read again once the lead names another one', async () => {
		let listed = [contact('cont_1')];
		const { client, requests } = fakeClient(() => listOf(...listed));
		const read = async (...contact_ids: string[]) =>
			ids(await withContacts(client, { id: 'lead_1', contact_ids }));
		expect(await read('cont_1')).toEqual(['cont_1']);
		expect(await read('cont_1')).toEqual(['cont_1']);
		expect(requests).toHaveLength(1);
		listed = [contact('cont_1'), contact('cont_2')];
		expect(await read('cont_1', 'cont_2')).toEqual(['cont_1', 'cont_2']);
		expect(requests).toHaveLength(2);
	});

	it.each([400, 404])('of a lead that is gone: undefined, after a %i', async (status) => {
		const { client } = close({ status });
		expect(await withContacts(client, { id: 'lead_1', contact_ids: ['cont_1'] })).toBeUndefined();
	});

	it('may be fewer by now than search still shows', async () => {
		const current = { id: 'lead_1', contact_ids: ['cont_1'] };
		const { client } = close(listOf(contact('cont_1')), { body: current });
		const lead = { id: 'lead_1', contact_ids: ['cont_1', 'cont_2'] };
		expect(ids(await withContacts(client, lead))).toEqual(['cont_1']);
	});

	it.each<[string, FakeResponse]>([
		['shows too few', listOf(contact('cont_1'))],
		['shows none', listOf()],
	])('cannot be read where Close %s of those that the lead names', async (_what, list) => {
		const lead = { id: 'lead_1', contact_ids: ['cont_1', 'cont_2'] };
		const { client } = close(list, { body: lead });
		await expect(withContacts(client, lead)).rejects.toThrow(
			'Close does not show the contacts of lead lead_1',
		);
	});
});
