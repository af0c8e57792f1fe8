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
		expect(result.error?.message).toMatch(/Phone Number.*\[item 617\]/);
		expect(result.error?.description).toMatch(/Nothing was sent/);
		expect(result.error?.context).toMatchObject({ itemIndex: 617 });
	});

	it('lists ten invalid items and counts the others with On Error = Stop', async () => {
		const bad = Array.from({ length: 23 }, (_, index) => index * 40);
		const result = await scene.squadVoice({ items: withBad(1000, bad) });
		expect(scene.world.requests).toHaveLength(0);
		expect(result.error?.message).toContain('23 of 1000 items cannot be sent');
		const description = String(result.error?.description);
		for (const index of bad.slice(0, 10))
			expect(description).toContain(`Item ${index}: Phone Number`);
		expect(description).not.toContain(`Item ${bad[10]}:`);
		expect(description).toContain('and 13 more');
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
