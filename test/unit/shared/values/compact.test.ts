import { compact } from '../../../../nodes/shared/values/compact';

it('drops what is undefined, and nothing else, in order', () => {
	const compacted = compact({ b: undefined, z: null, a: 0, c: '', d: false });
	expect(compacted).toStrictEqual({ z: null, a: 0, c: '', d: false });
	expect(Object.keys(compacted)).toEqual(['z', 'a', 'c', 'd']);
});

it('returns a copy', () => {
	const values = { a: 1 };
	expect(compact(values)).not.toBe(values);
});
