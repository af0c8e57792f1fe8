import { createLead, leadById } from '../../../../nodes/Close/lead/lead';
import { dedupeKeysOf } from '../../../../nodes/Close/lead/leadKeys';
import type { MatchKey } from '../../../../nodes/Close/lead/leadKeys';
import {
	findAfterLostResponse,
	findAny,
	findFirst,
	search,
} from '../../../../nodes/Close/lead/matching';
import type { FoundLead } from '../../../../nodes/Close/lead/matching';
import { getOwn } from '../../../../nodes/shared/values/json';
import { fakeClient } from '../../../support/fakes';

const keyed = (by: 'email' | 'phone', values: string[]): MatchKey => ({
	by,
	values,
	keys: values.map((value) => `${by} ${value}`),
});
const email = (...values: string[]) => keyed('email', values);
const phone = (...values: string[]) => keyed('phone', values);
const custom = (value: string): MatchKey => ({
	by: 'customField',
	fieldId: 'cf_1',
	value,
	condition: { type: 'text', mode: 'exact_value', value },
});
const name = (value: string): MatchKey => ({ by: 'name', value });

const leadOf = (id: string, more: object = {}) => ({
	id,
	date_created: '2026-01-01T00:00:00Z',
	...more,
});
const withEmail = (id: string, address: string) =>
	leadOf(id, { contacts: [{ emails: [{ email: address }], phones: [] }] });

/** Answers every search with `found`, and the list of leads with `listed`, newest first. */
function close({ found = [], listed = [] }: { found?: object[]; listed?: object[] }) {
	return fakeClient(({ path }) =>
		path.includes('search')
			? { body: { data: found, cursor: null, count: { total: found.length } } }
			: { body: { data: listed, has_more: false } },
	);
}

/** Answers searches page by page. */
function paged(found: object[]) {
	return fakeClient(({ body }) => {
		const start = Number(getOwn(body, 'cursor') ?? 0);
		const end = start + Number(getOwn(body, '_limit'));
		const cursor = end < found.length ? String(end) : null;
		return { body: { data: found.slice(start, end), cursor, count: { total: found.length } } };
	});
}

const idsOf = (leads: FoundLead[]) => leads.map(({ lead }) => lead.id);

describe('dedupe keys', () => {
	it.each([
		[email('a@b.co', 'c@d.co'), ['email a@b.co', 'email c@d.co']],
		[phone('+1509'), ['phone +1509']],
		[name('Bluth Company'), ['name bluth company']],
		[{ by: 'url', value: 'HTTPS://Example.com/' } as const, ['url example.com']],
		[{ by: 'leadId', value: 'lead_1' } as const, ['leadId lead_1']],
		[custom('Key'), ['cf_1 Key']],
	])('of %j', (key, keys) => {
		expect(dedupeKeysOf(key)).toEqual(keys);
	});
});

describe('search', () => {
	it('returns only exact matches of what the search found', async () => {
		const found = [withEmail('lead_1', 'A@b.co'), withEmail('lead_2', 'xa@b.co')];
		const { client } = close({ found });
		expect(idsOf(await search(client, [email('a@b.co')]))).toEqual(['lead_1']);
	});

	it.each([
		[phone('+15095551234'), { contacts: [{ phones: [{ phone: '+15095551234' }] }] }, true],
		[phone('+15095551234'), { contacts: [{ phones: [{ phone: '+15095551235' }] }] }, false],
		[name('bluth company'), { name: 'Bluth Company' }, true],
		[name('Bluth'), { name: 'Bluth Company' }, false],
		[{ by: 'url', value: 'example.com' } as const, { url: 'https://EXAMPLE.com/' }, true],
		[custom('a'), { 'custom.cf_1': ['b', 'a'] }, true],
		[custom('a'), { 'custom.cf_1': 'A' }, false],
		[custom('a'), { custom: { cf_1: 'a' } }, true],
		[custom('7.5'), { 'custom.cf_1': 7.5 }, true],
		[custom('2026-03-10T12:00:00Z'), { 'custom.cf_1': '2026-03-10T13:00:00.000000+01:00' }, true],
		[custom('2026-03-10T12:00:00Z'), { 'custom.cf_1': '2026-03-10T12:00:01+00:00' }, false],
	])('%j in %j: %s', async (key, lead, expected) => {
		const { client } = close({ found: [leadOf('lead_1', lead)] });
		expect(await search(client, [key])).toHaveLength(expected ? 1 : 0);
	});

	it('asks for the custom field by name, and stops where the reply does not have it', async () => {
		const { client, requests } = close({ found: [leadOf('lead_1', { 'custom.cf_2': 'a' })] });
		await expect(search(client, [custom('a')])).rejects.toThrow(
			'Close finds lead_1 by the custom field cf_1, but does not show its value',
		);
		const [{ body } = { body: undefined }] = requests;
		expect(getOwn(getOwn(body, '_fields'), 'lead')).toContain('custom.cf_1');
	});

	it('sends nothing without keys', async () => {
		const { client, requests } = close({});
		expect(await search(client, [])).toEqual([]);
		expect(requests).toEqual([]);
	});

	it('goes on where many leads resemble the one', async () => {
		const found = Array.from({ length: 2_000 }, (_, index) =>
			leadOf(`lead_${index}`, { name: index === 1_500 ? 'Acme' : `Acme ${index}` }),
		);
		const { client, requests } = paged(found);
		expect(idsOf(await search(client, [name('acme')]))).toEqual(['lead_1500']);
		expect(requests).toHaveLength(20);
	});

	it('refuses where more leads resemble it than it reads', async () => {
		const found = Array.from({ length: 10_000 }, (_, index) =>
			leadOf(`lead_${index}`, { name: `Acme ${index}` }),
		);
		const { client } = paged(found);
		await expect(search(client, [name('Acme')])).rejects.toThrow(
			'Close finds 10,000 leads or more for "name Acme"',
		);
	});
});

test('findFirst tries the keys in order, and stops at the first that finds a lead', async () => {
	const found = [leadOf('lead_1', { name: 'Bluth', contact_ids: [] })];
	const { client, requests } = close({ found });
	const keys = [email('a@b.co'), name('Bluth'), phone('+1509')];
	expect(idsOf(await findFirst(client, keys, search))).toEqual(['lead_1']);
	expect(requests).toHaveLength(2);
});

test('leadById reads one lead; 404 means that there is none', async () => {
	const known = fakeClient(() => ({ body: { id: 'lead_1' } }));
	expect(await leadById(known.client, 'lead_1')).toEqual({ id: 'lead_1' });
	const unknown = fakeClient(() => ({ status: 404, body: { error: 'not found' } }));
	expect(await leadById(unknown.client, 'lead_1')).toBeUndefined();
});

describe('after a lost response', () => {
	it('finds the lead by search', async () => {
		const { client, requests } = close({ found: [withEmail('lead_1', 'a@b.co')] });
		expect(await findAfterLostResponse(client, [email('a@b.co')])).toHaveLength(1);
		expect(requests).toHaveLength(1);
	});

	it('finds a lead that search does not show yet at the top of the list', async () => {
		const listed = [withEmail('lead_2', 'x@y.co'), withEmail('lead_1', 'a@b.co')];
		const { client } = close({ listed });
		const leads = await findAfterLostResponse(client, [email('a@b.co')]);
		expect(leads).toMatchObject([{ lead: { id: 'lead_1' }, matchedBy: 'email a@b.co' }]);
	});

	it('knows that there is none after the whole list', async () => {
		const { client } = close({ listed: [withEmail('lead_2', 'x@y.co')] });
		expect(await findAfterLostResponse(client, [email('a@b.co')])).toEqual([]);
	});

	it('is unknown without any key', async () => {
		const { client, requests } = close({});
		expect(await findAfterLostResponse(client, [])).toBe('unknown');
		expect(requests).toEqual([]);
	});

	/**
	 * An endless list, newest first, with a number of seconds between leads. Leads that are created while it
	 * is read push others to the next page.
	 */
	const endless = (secondsApart: number, createdMeanwhile = 0) =>
		fakeClient(({ path, query }) => {
			if (path.includes('search')) return { body: { data: [], cursor: null } };
			const skipped = Number(getOwn(query, '_skip'));
			const skip = skipped === 0 ? 0 : skipped - createdMeanwhile;
			const data = Array.from({ length: Number(getOwn(query, '_limit')) }, (_, index) => {
				const age = (skip + index) * secondsApart * 1000;
				return leadOf(`lead_${skip + index}`, {
					contact_ids: [],
					date_created: new Date(Date.parse('2026-01-01T00:00:00Z') - age).toISOString(),
				});
			});
			return { body: { data, has_more: true } };
		});

	it('reads the list back to what search surely shows', async () => {
		const { client, requests } = endless(1);
		expect(await findAfterLostResponse(client, [email('a@b.co')])).toEqual([]);
		expect(requests).toHaveLength(2);
	});

	it('reads each lead once when new leads push others to the next page', async () => {
		const { client } = endless(0.5, 10);
		expect(await findAfterLostResponse(client, [email('a@b.co')])).toEqual([]);
	});

	it('is unknown where the list does not reach back far enough', async () => {
		const { client } = endless(0);
		expect(await findAfterLostResponse(client, [email('a@b.co')])).toBe('unknown');
	});

	it('is unknown where the list is not newest first', async () => {
		const { client } = endless(-1);
		expect(await findAfterLostResponse(client, [email('a@b.co')])).toBe('unknown');
	});
});

describe('leads that search does not show yet', () => {
	const ann = withEmail('lead_1', 'a@b.co');

	it('are found at the top of the list, which is read once for many leads', async () => {
		const { client, requests } = close({ listed: [ann] });
		expect(idsOf(await findAny(client, [email('a@b.co')]))).toEqual(['lead_1']);
		await Promise.all([1, 2, 3].map(async (n) => await findAny(client, [email(`${n}@b.co`)])));
		expect(requests.filter(({ path }) => !path.includes('search'))).toHaveLength(1);
	});

	it('are counted once, with those that search shows', async () => {
		const { client } = close({ found: [ann], listed: [ann] });
		expect(await findAny(client, [email('a@b.co')])).toHaveLength(1);
	});

	it('are those that this process created, if Close still has them', async () => {
		let isDeleted = false;
		const { client } = fakeClient(({ path, method }) => {
			if (path.includes('search')) return { body: { data: [], cursor: null } };
			if (method === 'POST') return { body: { id: 'lead_1' } };
			if (!path.includes('lead_1')) return { body: { data: [], has_more: false } };
			return isDeleted ? { status: 404 } : { body: ann };
		});
		const contacts = [{ emails: [{ email: 'A@b.co' }] }];
		await createLead(client, { contacts });
		expect(idsOf(await findAny(client, [email('a@b.co')]))).toEqual(['lead_1']);
		expect(await findAny(client, [email('x@b.co')])).toEqual([]);
		isDeleted = true;
		expect(await findAny(client, [email('a@b.co')])).toEqual([]);
	});

	it('are not those of another account', async () => {
		const answer = { body: { data: [], has_more: false, ...ann } };
		const first = fakeClient(() => answer);
		await createLead(first.client, { contacts: [{ emails: [{ email: 'a@b.co' }] }] });
		const other = fakeClient(() => answer, { accountKey: 'another account' });
		expect(await findAny(other.client, [email('a@b.co')])).toEqual([]);
		expect(await findAny(first.client, [email('a@b.co')])).toHaveLength(1);
	});
});
