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
