import {
	contactHas,
	createdWithin,
	leadHas,
	leadsWhere,
	statusIs,
} from '../../../../nodes/Close/lead/searchQuery';

test('a search asks for leads that match all conditions', () => {
	const name = leadHas('name', 'Bluth Company');
	const status = statusIs('stat_1');
	expect(leadsWhere([name, status])).toEqual({
		type: 'and',
		queries: [{ type: 'object_type', object_type: 'lead' }, name, status],
	});
});

test('texts match consecutive words', () => {
	expect(leadHas('name', 'Bluth Company')).toEqual({
		type: 'field_condition',
		field: { type: 'regular_field', object_type: 'lead', field_name: 'name' },
		condition: { type: 'text', mode: 'phrase', value: 'Bluth Company' },
	});
});

test('an email is a record of a contact of the lead', () => {
	expect(contactHas('email', 'a@b.co')).toMatchObject({
		type: 'has_related',
		this_object_type: 'lead',
		related_object_type: 'contact',
		related_query: {
			this_object_type: 'contact',
			related_object_type: 'contact_email',
			related_query: { condition: { value: 'a@b.co' } },
		},
	});
});

test.each([
	[0, 1000, { on_or_after: '1970-01-01T00:00:00.000Z', before: '1970-01-01T00:00:01.000Z' }],
	[undefined, 1000, { before: '1970-01-01T00:00:01.000Z' }],
	[1000, undefined, { on_or_after: '1970-01-01T00:00:01.000Z' }],
])('created from %s to %s', (from, before, bounds) => {
	const range = Object.entries(bounds).map(([key, value]) => [key, { type: 'fixed_utc', value }]);
	expect(createdWithin(from, before).condition).toStrictEqual({
		type: 'moment_range',
		...Object.fromEntries(range),
	});
});
