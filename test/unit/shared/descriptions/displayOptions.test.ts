import { showFor } from '../../../../nodes/shared/descriptions/displayOptions';

const field = { displayName: 'A', name: 'a', type: 'string', default: '' } as const;

test('fields show for their operations only, and keep their own conditions', () => {
	const conditional = {
		...field,
		displayOptions: { show: { mode: ['x'] }, hide: { other: [true] } },
	};
	expect(showFor('lead', ['get', 'update'], [field, conditional])).toEqual([
		{ ...field, displayOptions: { show: { resource: ['lead'], operation: ['get', 'update'] } } },
		{
			...field,
			displayOptions: {
				show: { mode: ['x'], resource: ['lead'], operation: ['get', 'update'] },
				hide: { other: [true] },
			},
		},
	]);
});

test('a shared field is not changed', () => {
	showFor('lead', ['get'], [field]);
	expect(field).not.toHaveProperty('displayOptions');
});
