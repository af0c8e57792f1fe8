import { leads, onError, phoneOf } from '../../../../support/fixtures';
import { errorText, outcomesOf } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';

const scene = useSandbox();

describe('Aktify: End Contact', () => {
	const disable = { parameters: { operation: 'disable' } };

	it('ends contact in batches of 50, also for numbers that were never posted', async () => {
		await scene.aktify({ items: leads(60) });
		const result = await scene.aktify({ ...disable, items: leads(120) });
		expect(outcomesOf(result)).toEqual({ disabled: 120 });
		const lists = scene.requests('aktify').filter(({ path }) => path.endsWith('/end-contact'));
		const sizes = lists.map(({ body }) =>
			typeof body === 'object' && body !== null && 'phoneNumberList' in body
				? body.phoneNumberList
				: [],
		);
		expect(lists[0]).toMatchObject({
			method: 'POST',
			path: '/api/v1/leads/end-contact',
			headers: { 'content-type': 'application/json', 'x-api-key': '***' },
			body: { phoneNumberList: expect.arrayContaining([phoneOf(0)]) },
		});
		expect(sizes.map((list) => (Array.isArray(list) ? list.length : 0))).toEqual([50, 50, 20]);
		expect(scene.world.ledger('aktify').disabled).toBe(60);
	});

	it.each(['(336) 555-0143 5', '206-555-0143 (2)', '33655501435'])(
		'blocks no number of another country for %s',
		async (phone) => {
			const result = await scene.aktify({ ...disable, items: [{ phone }] });
			expect(errorText(result)).toMatch(/too many digits for a number in the United States/);
			expect(scene.world.requests).toHaveLength(0);
		},
	);

	it('isolates a malformed number that makes the vendor reject a batch', async () => {
		const items = leads(50).map((lead, i) => (i === 31 ? { ...lead, phone: 'nobody' } : lead));
		const result = await scene.aktify({
			...disable,
			items,
			options: { phoneCheck: 'off' },
			settings: onError.branch,
		});
		expect(outcomesOf(result)).toEqual({ disabled: 49, refused: 1 });
		expect(result.errors[0]?.json).toMatchObject({ id: 'L31' });
	});

	it('matches the E.164 numbers of the reply to numbers in other formats', async () => {
		const items = [{ phone: '(206) 200-0000' }, { phone: '206.200.0001' }];
		const result = await scene.aktify({ ...disable, items, options: { phoneCheck: 'off' } });
		expect(outcomesOf(result)).toEqual({ disabled: 2 });
	});

	it('reports a number that Aktify fails to end, and what to do', async () => {
		scene.world.aktify.failEndContact(phoneOf(1), 99);
		const result = await scene.aktify({ ...disable, items: leads(3), settings: onError.branch });
		expect(outcomesOf(result)).toEqual({ disabled: 2, refused: 1 });
		expect(JSON.stringify(result.errors[0]?.json)).toMatch(
			/could not end contact.*run this item again/,
		);
	});
});
