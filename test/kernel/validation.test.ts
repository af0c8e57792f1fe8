import { leads, onError } from '../support/fixtures';
import { outcomesOf, pairs } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

const withBad = (count: number, bad: number[]) =>
	leads(count).map((lead, index) => (bad.includes(index) ? { ...lead, phone: 'no number' } : lead));

describe('Validation before the first request', () => {
	it('sends nothing and names the one invalid item among 1,000 with On Error = Stop', async () => {
		const result = await scene.squadVoice({ items: withBad(1000, [617]) });
		expect(scene.world.requests).toHaveLength(0);
		expect(result.error?.message).toMatch(/Phone Number.*\[item 617, L617\]/);
		expect(result.error?.description).toMatch(/Nothing was sent/);
		expect(result.error?.context).toMatchObject({ itemIndex: 617 });
	});

	it('groups invalid items by the reason, lists ten and counts the others with On Error = Stop', async () => {
		const bad = Array.from({ length: 23 }, (_, index) => index * 40);
		const result = await scene.squadVoice({ items: withBad(1000, bad) });
		expect(scene.world.requests).toHaveLength(0);
		expect(result.error?.message).toBe('Nothing was sent: 23 of 1000 items have problems');
		const listed = bad.slice(0, 10).map((index) => `${index} (L${index})`);
		expect(result.error?.description).toBe(
			`Phone Number is not a phone number: it contains letters: items ${listed.join(', ')} and 13 more. ` +
				'Example: +1 509-555-1234. Items count from 0, so item 0 is the first row. ' +
				'Fix these rows, or set Settings > On Error to Continue to send the other 977',
		);
	});

	it('asks for the column when nearly all items fail in one field', async () => {
		const items = leads(60).map((lead) => ({ ...lead, phone: lead.name }));
		const result = await scene.squadVoice({ items });
		expect(result.error?.message).toBe('Nothing was sent: 60 of 60 items have problems');
		expect(result.error?.description).toBe(
			'Phone Number is not a phone number: it contains letters in all 60 items: is the right column in this field? Fix these rows',
		);
	});

	it.each([
		['squadVoice', {}, 'L1'],
		['aktify', {}, 'L1'],
		['aktify', { additionalFields: {} }, 'not a number'],
		['autocalls', {}, 'not a number'],
		['close', {}, 'Person 1'],
	] as const)('names items by what identifies them (%s, %j)', async (vendor, parameters, name) => {
		const items = leads(2).map((lead, index) =>
			index === 1 ? { ...lead, phone: 'not a number' } : lead,
		);
		const result = await scene[vendor]({ items, parameters, options: { defaultCountry: 'US' } });
		expect(result.error?.message).toContain(`[item 1, ${name}]`);
	});

	it('reports invalid items and sends the others with On Error = Continue', async () => {
		const bad = [0, 5, 999];
		const result = await scene.squadVoice({ items: withBad(1000, bad), settings: onError.branch });
		expect(pairs(result.errors)).toEqual(bad);
		expect(outcomesOf(result)).toEqual({ created: 997, notSent: 3 });
		expect(scene.world.ledger('squadVoice').held).toBe(997);
	});

	it('reports an expression that fails on the item it fails for', async () => {
		const items = leads(3).map((lead, index) => (index === 1 ? { ...lead, name: null } : lead));
		const result = await scene.squadVoice({
			items,
			parameters: { contactName: '={{ $json.name.toUpperCase() }}' },
			settings: onError.branch,
		});
		expect(pairs(result.errors)).toEqual([1]);
		expect(scene.world.ledger('squadVoice').held).toBe(2);
	});

	it('does nothing without items', async () => {
		const result = await scene.squadVoice({ items: [] });
		expect(result.error).toBeUndefined();
		expect(scene.world.requests).toHaveLength(0);
	});

	it.each([
		['a base URL that is not https', 'http://example.com', /https/],
		[
			'a base URL with a login in it',
			'https://user:secret-marker@example.com',
			/a host and an optional path/,
		],
		['a base URL that is none', 'squadvoice', /not a URL/],
	])('rejects %s', async (_, baseUrl, message) => {
		const result = await scene.squadVoice({ items: leads(1), credentials: { baseUrl } });
		expect(result.error?.message).toMatch(message);
		expect(JSON.stringify(result.error)).not.toContain('secret-marker');
	});
});
