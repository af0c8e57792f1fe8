import { leads, onError } from '../support/fixtures';
import { outcomesOf, pairs } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

const withBad = (count: number, bad: number[]) =>
	leads(count).map((lead, index) => (bad.includes(index) ? { ...lead, phone: 'no number' } : lead));

test('On Error = Stop: one bad item among 1,000 sends nothing and is named', async () => {
	const result = await scene.squadVoice({ items: withBad(1000, [617]) });
	expect(scene.world.requests).toHaveLength(0);
	expect(result.error?.message).toMatch(/Phone Number.*\[item 617\]/);
	expect(result.error?.description).toMatch(/Nothing was sent/);
	expect(result.error?.context).toMatchObject({ itemIndex: 617 });
});

test('On Error = Stop: many bad items are listed, ten of them, and how many more', async () => {
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

test('On Error = Continue: the bad ones are told, the others are sent', async () => {
	const bad = [0, 5, 999];
	const result = await scene.squadVoice({ items: withBad(1000, bad), settings: onError.branch });
	expect(pairs(result.errors)).toEqual(bad);
	expect(outcomesOf(result)).toEqual({ created: 997, notSent: 3 });
	expect(scene.world.ledger('squadVoice').held).toBe(997);
});

test("an expression that fails for one item is that item's failure", async () => {
	const items = leads(3).map((lead, index) => (index === 1 ? { ...lead, name: null } : lead));
	const result = await scene.squadVoice({
		items,
		parameters: { contactName: '={{ $json.name.toUpperCase() }}' },
		settings: onError.branch,
	});
	expect(pairs(result.errors)).toEqual([1]);
	expect(scene.world.ledger('squadVoice').held).toBe(2);
});

test('no items: nothing happens', async () => {
	const result = await scene.squadVoice({ items: [] });
	expect(result.error).toBeUndefined();
	expect(scene.world.requests).toHaveLength(0);
});

test.each([
	['a base URL that is not https', 'http://example.com', /https/],
	['a base URL with a login in it', 'https://user:secret-marker@example.com', /host and a path/],
	['a base URL that is none', 'squadvoice', /not a URL/],
])('%s is refused before anything is sent', async (_, baseUrl, words) => {
	const result = await scene.squadVoice({ items: leads(1), credentials: { baseUrl } });
	expect(result.error?.message).toMatch(words);
	expect(JSON.stringify(result.error)).not.toContain('secret-marker');
});
