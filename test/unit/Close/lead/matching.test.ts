import {
	dedupeKeysOf,
	findAfterLostResponse,
	findAny,
	findFirst,
	leadById,
} from '../../../../nodes/Close/lead/matching';
import type { MatchKey } from '../../../../nodes/Close/lead/matching';
import { getOwn } from '../../../../nodes/shared/values/json';
import { fakeClient } from '../../../support/fakes';

const email = (...values: string[]): MatchKey => ({ by: 'email', values });
const phone = (...values: string[]): MatchKey => ({ by: 'phone', values });
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

describe('dedupe keys', () => {
	it.each([
		[email('a@b.co', 'c@d.co'), ['email a@b.co', 'email c@d.co']],
		[phone('+1509'), ['phone +1509']],
		[name('Bluth Company'), ['name bluth company']],
		[{ by: 'url', value: 'HTTPS://Example.com/' } as const, ['url example.com']],
		[{ by: 'leadId', value: 'lead_1' } as const, ['leadId lead_1']],
		[{ by: 'customField', fieldId: 'cf_1', value: 'Key' } as const, ['cf_1 Key']],
	])('of %j', (key, keys) => {
		expect(dedupeKeysOf(key)).toEqual(keys);
	});
});

describe('findAny', () => {
	it('returns only exact matches of what the search found', async () => {
		const found = [withEmail('lead_1', 'A@b.co'), withEmail('lead_2', 'xa@b.co')];
		const { client } = close({ found });
		expect((await findAny(client, [email('a@b.co')])).map(({ id }) => id)).toEqual(['lead_1']);
	});

	it.each([
		[phone('+1 509-555-1234'), { contacts: [{ phones: [{ phone: '+15095551234' }] }] }, true],
		[phone('+15095551234'), { contacts: [{ phones: [{ phone: '+15095551235' }] }] }, false],
		[name('bluth company'), { name: 'Bluth Company' }, true],
		[name('Bluth'), { name: 'Bluth Company' }, false],
		[{ by: 'url', value: 'example.com' } as const, { url: 'https://EXAMPLE.com/' }, true],
		[
			{ by: 'customField', fieldId: 'cf_1', value: 'a' } as const,
			{ 'custom.cf_1': ['b', 'a'] },
			true,
		],
		[{ by: 'customField', fieldId: 'cf_1', value: 'a' } as const, { 'custom.cf_1': 'A' }, false],
	])('%j in %j: %s', async (key, lead, expected) => {
		const { client } = close({ found: [leadOf('lead_1', lead)] });
		expect(await findAny(client, [key])).toHaveLength(expected ? 1 : 0);
	});

	it('sends nothing without keys', async () => {
		const { client, requests } = close({});
		expect(await findAny(client, [])).toEqual([]);
		expect(requests).toEqual([]);
	});
});

test('findFirst tries the keys in order, and stops at the first that finds a lead', async () => {
	const found = [leadOf('lead_1', { name: 'Bluth' })];
	const { client, requests } = close({ found });
	const leads = await findFirst(client, [email('a@b.co'), name('Bluth'), phone('+1509')]);
	expect(leads.map(({ id }) => id)).toEqual(['lead_1']);
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
		expect(leads).toEqual([expect.objectContaining({ id: 'lead_1' })]);
	});

	it('knows that there is none after the whole list', async () => {
		const { client } = close({ listed: [withEmail('lead_2', 'x@y.co')] });
		expect(await findAfterLostResponse(client, [email('a@b.co')])).toEqual([]);
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
