import { leads, onError, phoneOf } from '../support/fixtures';
import { outcomesOf } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

describe('Deduplication', () => {
	it('sends a lead once, and links each duplicate to the item it repeats', async () => {
		const spellings = ['+12062000000', '(206) 200-0000', '206.200.0000 ext. 4', '1-206-200-0000'];
		const items = [
			...spellings.map((phone) => ({ phone, state: 'CA', id: 'a' })),
			...leads(3).slice(1),
		];
		const result = await scene.aktify({ items });
		expect(scene.requests('aktify')).toHaveLength(3);
		expect(result.items.map(({ json }) => [json.outcome, json.duplicateOf])).toEqual([
			['created', undefined],
			['duplicate', 0],
			['duplicate', 0],
			['duplicate', 0],
			['created', undefined],
			['created', undefined],
		]);
	});

	it('shows which value matched, whose lead it is, and which columns differ', async () => {
		const [row] = leads(1);
		const items = [
			{ ...row, note: 'a' },
			{ ...row, note: 'b', phone: '(206) 200-0000' },
			{ ...row, name: 'Another', phone: phoneOf(9) },
		];
		const [, same, other] = (await scene.squadVoice({ items })).items;
		expect(same?.json).toMatchObject({ matchedBy: 'lead ID L0', duplicateOfId: 'L0', note: 'b' });
		expect(Object.keys(same?.json ?? {}).indexOf('note')).toBeGreaterThan(
			Object.keys(same?.json ?? {}).indexOf('itemIndex'),
		);
		expect(other?.json).toMatchObject({
			phoneNumber: phoneOf(9),
			duplicateOf: 0,
			note: 'Differs from item 0: phone, name',
		});
	});

	it.each(['squadVoice', 'aktify', 'autocalls', 'close'] as const)(
		'shows the value and the ID of the lead in every duplicate at %s',
		async (vendor) => {
			const parameters =
				vendor === 'aktify' ? { additionalFields: { externalLeadId: '={{ $json.id }}' } } : {};
			const items = [...leads(1), ...leads(1)];
			const { items: out } = await scene[vendor]({ items, parameters });
			const [first, second] = out;
			expect(second?.json).toMatchObject({
				outcome: 'duplicate',
				duplicateOf: 0,
				duplicateOfId: first?.json.leadId,
				leadId: first?.json.leadId,
				phoneNumber: phoneOf(0),
				matchedBy: expect.stringContaining(vendor === 'squadVoice' ? 'lead ID L0' : phoneOf(0)),
			});
			expect(second?.json).not.toHaveProperty('note');
			expect(first?.json.leadId).toBeDefined();
		},
	);

	it.each(['aktify', 'autocalls', 'close'] as const)(
		'shows the row of a lead that %s had before, and the value that matched',
		async (vendor) => {
			await scene[vendor]({ items: leads(1) });
			const items = [{ ...leads(1)[0], id: 'mine' }];
			const { items: out } = await scene[vendor]({ items });
			expect(out[0]?.json).toMatchObject({
				...items[0],
				outcome: 'duplicate',
				matchedBy: expect.stringContaining(phoneOf(0)),
			});
		},
	);

	it('treats the same lead ID in two campaigns as two leads', async () => {
		const items = [
			{ ...leads(1)[0], campaign: '0PT711' },
			{ ...leads(1)[0], campaign: '0PT711' },
			{ ...leads(1)[0], campaign: 'INDIA1' },
		];
		const result = await scene.squadVoice({
			items,
			parameters: { campaign: { __rl: true, mode: 'id', value: '={{ $json.campaign }}' } },
			settings: onError.continue,
		});
		expect(scene.requests('squadVoice')).toHaveLength(2);
		expect(outcomesOf(result)).toMatchObject({ created: 1, duplicate: 1 });
	});

	it('sends a duplicate when the first one was rejected', async () => {
		scene.world.faults.add({ kind: 'status', status: 400, nth: 1 });
		const items = [leads(1)[0] ?? {}, leads(1)[0] ?? {}, leads(1)[0] ?? {}];
		const result = await scene.aktify({ items, settings: onError.continue });
		expect(outcomesOf(result)).toEqual({ refused: 1, created: 1, duplicate: 1 });
		expect(result.items[2]?.json.duplicateOf).toBe(1);
		expect(scene.world.aktify.find('one', phoneOf(0))).toBeDefined();
		expect(scene.world.ledger('aktify')).toMatchObject({ held: 1, doubled: 0 });
	});

	it('reports an invalid duplicate without affecting the valid one', async () => {
		const items = [
			{ id: 'a', phone: phoneOf(0), state: 'XX' },
			{ id: 'a', phone: phoneOf(0), state: 'CA' },
		];
		const result = await scene.aktify({ items, settings: onError.continue });
		expect(outcomesOf(result)).toEqual({ notSent: 1, created: 1 });
	});

	it('reports a duplicate of a lead with unknown outcome as unknown', async () => {
		const post = { vendor: 'aktify', method: 'POST' } as const;
		scene.world.faults.add({ ...post, kind: 'resetAfter', nth: 1 });
		scene.world.faults.add({ ...post, kind: 'status', status: 404, nth: 2 });
		const items = [...leads(1), ...leads(1)];
		const result = await scene.aktify({ items, settings: onError.continue });
		expect(outcomesOf(result)).toEqual({ unknown: 2 });
		expect(result.items[1]?.json.error).toBe(
			'Not sent: duplicates item 0, whose outcome is unknown',
		);
		expect(scene.world.ledger('aktify')).toMatchObject({ held: 1, doubled: 0 });
	});

	it('sends a lead that shares a key with a duplicate only', async () => {
		const items = [
			{ name: 'Ann', phone: phoneOf(0), email: 'office@example.com' },
			{ name: 'Bob', phone: phoneOf(1), email: 'office@example.com' },
			{ name: 'Cid', phone: phoneOf(1), email: 'cid@example.com' },
		];
		const result = await scene.close({ items, options: { samePerson: 'sharedValue' } });
		expect(result.items.map(({ json }) => [json.outcome, json.duplicateOf])).toEqual([
			['created', undefined],
			['duplicate', 0],
			['created', undefined],
		]);
		expect(scene.world.ledger('close')).toMatchObject({ held: 2, doubled: 0 });
	});

	it('previews the request of every duplicate', async () => {
		const items = ['office@example.com', 'office@example.com', 'cid@example.com'].map(
			(email, index) => ({ name: 'A', phone: phoneOf(Math.min(index, 1)), email }),
		);
		const result = await scene.close({ items, options: { previewOnly: true } });
		expect(outcomesOf(result)).toEqual({ preview: 2, duplicate: 1 });
		expect(scene.requests('close')).toHaveLength(0);
	});
});
