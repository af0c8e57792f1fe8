import { summarize } from '../../../../../nodes/shared/actions/outcome/outcome';

const many = <T>(count: number, value: T) => Array<T>(count).fill(value);

it('counts outcomes by kind, in a fixed order', () => {
	expect(
		summarize([
			...many(55, { kind: 'notSent', message: '' } as const),
			...many(884, { kind: 'created', data: {} } as const),
			...many(1, { kind: 'duplicate', data: {} } as const),
		]),
	).toBe('884 created, 1 duplicate, 55 not sent');
});

it('says that a preview sent nothing', () => {
	expect(
		summarize([
			{ kind: 'notSent', message: '' },
			{ kind: 'preview', data: {} },
		]),
	).toBe('nothing was sent: 1 previewed, 1 not sent');
});

const found = (count: number) => ({ kind: 'found' as const, data: many(count, {}) });

it.each([
	[[found(0)], '0 found'],
	[[found(0), found(0)], '0 found'],
	[[found(3), found(0), found(2)], '5 found'],
	[
		[
			{ kind: 'found' as const, data: {} },
			{ kind: 'notFound' as const, data: {} },
		],
		'1 found, 1 not found',
	],
])('counts what was found by record %#', (outcomes, summary) => {
	expect(summarize(outcomes)).toBe(summary);
});
