import fc from 'fast-check';
import { hashEventId, SeenEvents } from '../../../../nodes/shared/trigger/SeenEvents';

const ids = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => `ev_${from + index}`);
const filled = (seen: SeenEvents, from: number, to: number) => {
	for (const id of ids(from, to)) seen.add(id);
	return seen;
};
const known = (seen: SeenEvents, of: string[]) => of.filter((id) => seen.has(id));

describe('hashEventId', () => {
	it('is 11 characters, the same for the same event', () => {
		fc.assert(
			fc.property(fc.string(), (id) => {
				return /^[\w-]{11}$/.test(hashEventId(id)) && hashEventId(id) === hashEventId(id);
			}),
		);
	});

	it('differs for 100,000 events', () => {
		expect(new Set(ids(1, 100_000).map(hashEventId)).size).toBe(100_000);
	});
});

describe('SeenEvents', () => {
	it('remembers the latest events, and no others', () => {
		fc.assert(
			fc.property(
				fc.array(fc.nat(40).map(String)),
				fc.integer({ min: 1, max: 20 }),
				(added, most) => {
					const seen = new SeenEvents(most);
					for (const id of added) if (!seen.has(id)) seen.add(id);
					const model: string[] = [];
					for (const id of added) {
						if (!model.includes(id)) model.push(id);
						if (model.length > most) model.shift();
					}
					const all = Array.from({ length: 41 }, (_, number) => String(number));
					expect(known(seen, all).sort()).toEqual([...model].sort());
				},
			),
		);
	});

	it('is the same after it was stored and loaded', () => {
		fc.assert(
			fc.property(fc.array(fc.string()), (added) => {
				const seen = new SeenEvents(30);
				for (const id of added) seen.add(id);
				const again = new SeenEvents(30, JSON.parse(JSON.stringify(seen)));
				expect(again.toJSON()).toBe(seen.toJSON());
				expect(known(again, added)).toEqual(known(seen, added));
			}),
		);
	});

	it('remembers more than it stores, and stores the newest in 11 bytes each', () => {
		const seen = filled(new SeenEvents(100, '', 20), 1, 150);
		expect(known(seen, ids(1, 150))).toEqual(ids(51, 150));
		expect(seen.toJSON()).toHaveLength(20 * 11);
		const again = new SeenEvents(100, seen.toJSON(), 20);
		expect(known(again, ids(1, 150))).toEqual(ids(131, 150));
	});

	it('takes events of another process as newer than its own, whose order does not change', () => {
		const seen = filled(new SeenEvents(5, '', 3), 10, 13);
		seen.merge(filled(new SeenEvents(5), 12, 15).toJSON());
		expect(known(seen, ids(1, 15))).toEqual(ids(11, 15));
		expect(known(new SeenEvents(5, seen.toJSON()), ids(1, 15))).toEqual(ids(13, 15));
		seen.add('ev_16');
		expect(known(seen, ids(1, 16))).toEqual(ids(12, 16));
	});

	it.each([2_000, 20_000])(
		'remembers and stores what another process stored, even with %i events of its own',
		(count) => {
			const seen = filled(new SeenEvents(20_000, '', 2_000), 1, count);
			seen.merge(filled(new SeenEvents(20_000, '', 2_000), 50_000, 50_000).toJSON());
			seen.add('ev_next');
			expect(seen.has('ev_50000')).toBe(true);
			expect(new SeenEvents(20_000, seen.toJSON()).has('ev_50000')).toBe(true);
		},
	);

	it('does not store a pending event, which is pending until it is added, released or over', () => {
		let isOver = false;
		const seen = new SeenEvents(5);
		for (const id of ids(1, 4)) seen.markPending(id, () => isOver);
		seen.add('ev_1');
		seen.release('ev_2');
		const pending = () => ids(1, 4).filter((id) => seen.isPending(id));
		expect([known(seen, ids(1, 4)), pending()]).toEqual([['ev_1'], ['ev_3', 'ev_4']]);
		expect(known(new SeenEvents(5, seen.toJSON()), ids(1, 4))).toEqual(['ev_1']);
		isOver = true;
		expect([known(seen, ids(1, 4)), pending()]).toEqual([['ev_1'], []]);
	});

	it('never exceeds its bounds, in any sequence of calls', () => {
		const step = fc.record({
			act: fc.constantFrom('add', 'markPending', 'release', 'merge'),
			id: fc.nat(60).map(String),
		});
		fc.assert(
			fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
				const seen = new SeenEvents(10, '', 6);
				const other = new SeenEvents(10);
				for (const { act, id } of steps) {
					if (act === 'add') seen.add(id);
					else if (act === 'markPending') seen.markPending(id, () => false);
					else if (act === 'release') seen.release(id);
					else {
						other.add(id);
						seen.merge(other.toJSON());
					}
					if (act === 'add') expect(seen.has(id)).toBe(true);
					if (act === 'release') expect(seen.isPending(id)).toBe(false);
					expect(seen.toJSON().length).toBeLessThanOrEqual(6 * 11);
					expect(
						known(
							seen,
							Array.from({ length: 61 }, (_, n) => String(n)),
						).length,
					).toBeLessThan(11);
				}
			}),
		);
	});

	it.each([undefined, null, 7, {}, ['AAAAAAAAAAA'], '', 'short'])(
		'is empty with %p stored',
		(stored) => {
			expect(new SeenEvents(5, stored).toJSON()).toBe('');
		},
	);
});
