import { LruMap } from '../../../../nodes/shared/values/LruMap';

describe('LruMap', () => {
	it('evicts the least recently used entry beyond its size', () => {
		const map = new LruMap<string, number>(2);
		map.set('a', 1);
		map.set('b', 2);
		map.get('a');
		map.set('c', 3);
		expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3]);
	});

	it('counts setting a stored key again as a use, and evicts nothing for it', () => {
		const map = new LruMap<string, number>(2);
		map.set('a', 1);
		map.set('b', 2);
		map.set('a', 3);
		expect([map.get('b'), map.get('a')]).toEqual([2, 3]);
		map.set('c', 4);
		expect(map.get('b')).toBeUndefined();
	});

	it('creates a missing value once', () => {
		const map = new LruMap<string, object>(2);
		const first = map.getOrCreate('a', () => ({}));
		expect(map.getOrCreate('a', () => ({}))).toBe(first);
	});
});
