import {
	closeAccounts,
	closeAuthorization,
	closeFields,
	closeStatuses,
	closeUsers,
} from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import { send, useSandbox } from '../helpers';

const sandbox = useSandbox();
const headers = { authorization: closeAuthorization(closeAccounts.one.key) };

const lead = { type: 'object_type', object_type: 'lead' };
const all = { type: 'and', queries: [lead] };
const and = (...queries: unknown[]) => ({ type: 'and', queries: [lead, ...queries] });
const regular = (field_name: string, object_type = 'lead') => ({
	type: 'regular_field',
	object_type,
	field_name,
});
const custom = ({ id }: { id: string }) => ({ type: 'custom_field', custom_field_id: id });
const where = (field: unknown, condition: unknown) => ({
	type: 'field_condition',
	field,
	condition,
});
const text = (mode: string, value: string) => ({ type: 'text', mode, value });
const related = (
	this_object_type: string,
	related_object_type: string,
	related_query: unknown,
) => ({
	type: 'has_related',
	this_object_type,
	related_object_type,
	related_query,
});
const byContact = (query: unknown) => and(related('lead', 'contact', query));
const byPhone = (mode: string, value: string) =>
	byContact(
		related(
			'contact',
			'contact_phone',
			where(regular('phone', 'contact_phone'), text(mode, value)),
		),
	);
const byEmail = (mode: string, value: string) =>
	byContact(
		related(
			'contact',
			'contact_email',
			where(regular('email', 'contact_email'), text(mode, value)),
		),
	);
const moments = (on_or_after: unknown, before: unknown = null) => ({
	type: 'moment_range',
	on_or_after,
	before,
});
const day = (value: string, which = 'start') => ({ type: 'fixed_local_date', value, which });

async function post(path: string, json: unknown, more: Record<string, string> = {}) {
	const url = `${sandbox().url}/close${path}`;
	return await send(url, { json, headers: { ...headers, ...more } });
}

const search = async (json: unknown, more?: Record<string, string>) =>
	await post('/data/search/', json, more);

async function names(query: unknown, more?: Record<string, string>): Promise<unknown[]> {
	const { json, text: said } = await search({ query, _fields: { lead: ['name'] } }, more);
	if (!isRecord(json) || !Array.isArray(json.data)) throw new Error(said);
	return json.data.map((found: unknown) => (isRecord(found) ? found.name : found)).sort();
}

/** Three leads that differ in every searchable field. */
async function fill(): Promise<string[]> {
	const leads = [
		{
			name: 'Bluth Company',
			description: 'Best show ever',
			status_id: closeStatuses.qualified.id,
			contacts: [
				{ name: 'Gob', title: 'CEO', phones: [{ phone: '5095551234' }] },
				{ name: 'Buster', emails: [{ email: 'Buster@example.com' }] },
			],
			addresses: [{ city: 'San Francisco', country: 'US' }],
			[`custom.${closeFields.text.id}`]: 'x-1',
			[`custom.${closeFields.number.id}`]: 10,
			[`custom.${closeFields.date.id}`]: '2024-03-10',
			[`custom.${closeFields.datetime.id}`]: '2024-03-10T12:00:00Z',
			[`custom.${closeFields.choices.id}`]: ['IT', 'Cars'],
		},
		{
			name: 'Wayne Enterprises',
			contacts: [{ name: 'Bruce', phones: [{ phone: '+15095559999' }] }],
			[`custom.${closeFields.text.id}`]: 'x-2',
			[`custom.${closeFields.number.id}`]: 20,
			[`custom.${closeFields.user.id}`]: sandbox().world.close.users[0]?.id,
		},
		{ name: 'Empty' },
	];
	const ids: string[] = [];
	for (const json of leads) {
		const made = await post('/lead/', json);
		ids.push(isRecord(made.json) ? String(made.json.id) : '');
	}
	return ids;
}

const [bluth, wayne, empty] = ['Bluth Company', 'Wayne Enterprises', 'Empty'];

describe('Close: search', () => {
	const status = (...object_ids: string[]) => ({
		type: 'reference',
		reference_type: 'status.lead',
		object_ids,
	});
	const after = (value: string) => moments({ type: 'fixed_utc', value });

	it.each<[string, unknown, unknown[]]>([
		['everything', and({ type: 'match_all' }), [bluth, empty, wayne]],
		['all leads', all, [bluth, empty, wayne]],
		['a phone exactly', byPhone('exact_value', '+15095551234'), [bluth]],
		['no phone in another spelling', byPhone('exact_value', '5095551234'), []],
		['no phone as a phrase', byPhone('phrase', '+1 5095551234'), []],
		['an e-mail exactly, in any case', byEmail('exact_value', 'buster@EXAMPLE.com'), [bluth]],
		['part of an e-mail as a phrase', byEmail('phrase', 'example.com'), [bluth]],
		[
			'a contact',
			byContact(where(regular('title', 'contact'), text('full_words', 'ceo'))),
			[bluth],
		],
		[
			'words in any order',
			and(where(regular('name'), text('full_words', 'company bluth'))),
			[bluth],
		],
		[
			'a phrase only in its order',
			and(where(regular('name'), text('phrase', 'company bluth'))),
			[],
		],
		[
			'the beginning of a word',
			and(where(regular('name'), text('beginning_of_words', 'ent'))),
			[wayne],
		],
		['no part of a name exactly', and(where(regular('name'), text('exact_value', 'bluth'))), []],
		['text in any field', and(text('full_words', 'ever show')), [bluth]],
		['a field with a value', and(where(regular('description'), { type: 'exists' })), [bluth]],
		['a status', and(where(regular('status_id'), status(closeStatuses.qualified.id))), [bluth]],
		[
			'any status but one',
			and({ ...where(regular('status_id'), status(closeStatuses.qualified.id)), negate: true }),
			[empty, wayne],
		],
		[
			'leads that match one of two queries',
			and({
				type: 'or',
				queries: [
					where(regular('name'), text('exact_value', 'empty')),
					where(custom(closeFields.text), text('exact_value', 'X-2')),
				],
			}),
			[empty, wayne],
		],
		['nothing for a negated query', and({ type: 'and', queries: [lead], negate: true }), []],
		[
			'a choice',
			and(where(custom(closeFields.choices), { type: 'term', values: ['Cars'] })),
			[bluth],
		],
		[
			'a number',
			and(where(custom(closeFields.number), { type: 'number_range', gt: 10, lte: 20 })),
			[wayne],
		],
		[
			'by the number of e-mails of a contact',
			byContact(where(regular('emails_count', 'contact'), { type: 'number_range', gte: 1 })),
			[bluth],
		],
		['a user', and(where(custom(closeFields.user), { type: 'exists' })), [wayne]],
		[
			'a certain user',
			and(
				where(custom(closeFields.user), {
					type: 'reference',
					reference_type: 'user_or_group',
					object_ids: [closeUsers.ada.id],
				}),
			),
			[wayne],
		],
		[
			'a date on or after a day',
			and(where(custom(closeFields.date), moments(day('2024-03-10')))),
			[bluth],
		],
		[
			'a date before a day',
			and(where(custom(closeFields.date), moments(null, day('2024-03-10')))),
			[],
		],
		[
			'a date up to the end of a day',
			and(where(custom(closeFields.date), moments(null, day('2024-03-10', 'end')))),
			[bluth],
		],
		['a time', and(where(custom(closeFields.datetime), after('2024-03-10T12:00:00Z'))), [bluth]],
		[
			'no time before a bound',
			and(where(custom(closeFields.datetime), after('2024-03-10T12:00:01'))),
			[],
		],
		[
			'by the time of creation',
			and(where(regular('date_created'), after('2024-01-01T00:00:00Z'))),
			[bluth, empty, wayne],
		],
		[
			'an address',
			and(
				related(
					'lead',
					'address',
					where(regular('location', 'address'), text('phrase', 'san francisco')),
				),
			),
			[bluth],
		],
		[
			'by a relation and back',
			byContact(related('contact', 'lead', where(regular('name'), text('full_words', 'wayne')))),
			[wayne],
		],
	])('finds %s', async (_what, query, found) => {
		await fill();
		expect(await names(query)).toEqual(found);
	});

	it('finds a lead by ID', async () => {
		const [, id = ''] = await fill();
		expect(await names(and({ type: 'id', value: id }))).toEqual([wayne]);
	});

	it("uses the client's UTC offset for local days", async () => {
		await fill();
		const query = and(where(custom(closeFields.datetime), moments(day('2024-03-11'))));
		expect(await names(query)).toEqual([]);
		expect(await names(query, { 'x-tz-offset': '13' })).toEqual([bluth]);
	});

	it('returns the ID and type, or the requested fields', async () => {
		const [first = ''] = await fill();
		const query = and({ type: 'id', value: first });
		const reply = await search({ query });
		expect([reply.status, reply.json]).toEqual([
			200,
			{ data: [{ __object_type: 'lead', id: first }], cursor: null },
		]);
		expect(sandbox().world.requests.at(-1)?.effect).toBe(false);
		const _fields = { lead: ['id', 'contacts', 'status_label'] };
		expect((await search({ query, _fields })).json).toEqual({
			data: [
				{
					__object_type: 'lead',
					id: first,
					status_label: 'Qualified',
					contacts: [expect.objectContaining({ name: 'Gob' }), expect.anything()],
				},
			],
			cursor: null,
		});
	});

	it('returns custom fields as keys, or as an object where not asked for by name', async () => {
		await fill();
		const { text: field } = closeFields;
		const query = and(where(regular('name'), text('exact_value', 'Wayne Enterprises')));
		const found = async (...lead: string[]) =>
			(await search({ query, _fields: { lead: ['id', ...lead] } })).json;
		const key = `custom.${field.id}`;
		expect(await found('custom')).toMatchObject({ data: [{ [key]: 'x-2' }] });
		sandbox().world.close.customAsObject = true;
		const asObject = await found('custom');
		expect(asObject).toMatchObject({ data: [{ custom: { [field.id]: 'x-2' } }] });
		expect(JSON.stringify(asObject)).not.toContain(key);
		expect(await found(key)).toMatchObject({ data: [{ [key]: 'x-2' }] });
	});

	const terms = { type: 'term', values: ['x'] };
	const named = (field_name: string, object_type?: string) =>
		and(where(regular(field_name, object_type), text('phrase', 'x')));
	it.each<[string, unknown]>([
		['a missing object type', { query: { type: 'and', queries: [] } }],
		['another object type', { query: { type: 'object_type', object_type: 'opportunity' } }],
		['an unknown query', { query: and({ type: 'everything' }) }],
		['an unknown field', { query: named('nonsense') }],
		['a field of another object', { query: named('title', 'contact') }],
		['an unknown custom field', { query: and(where(custom({ id: 'cf_x' }), { type: 'exists' })) }],
		['text without words', { query: and(where(regular('name'), text('phrase', '+'))) }],
		['an unknown mode', { query: and(where(regular('name'), text('fuzzy', 'x'))) }],
		[
			'a condition of the wrong type',
			{ query: and(where(regular('status_id'), text('phrase', 'x'))) },
		],
		[
			'a time for a local date',
			{ query: and(where(regular('date_created'), moments(day('2024-03-10T00:00:00Z')))) },
		],
		[
			'a local date without start or end',
			{ query: and(where(regular('date_created'), moments(day('2024-03-10', 'noon')))) },
		],
		['a term for a text', { query: and(where(custom(closeFields.text), terms)) }],
		['a term for a number', { query: and(where(custom(closeFields.number), terms)) }],
		[
			'a text for a choice',
			{ query: and(where(custom(closeFields.choice), text('exact_value', 'x'))) },
		],
		[
			'a text for a hidden field',
			{ query: and(where(custom(closeFields.hidden), text('exact_value', 'x'))) },
		],
		['an unknown relation', { query: and(related('lead', 'contact_phone', {})) }],
		['a relation of another object', { query: and(related('contact', 'contact_phone', {})) }],
		['a _limit that is too large', { query: all, _limit: 201 }],
		[
			'a sort by a reference',
			{ query: all, sort: [{ direction: 'asc', field: regular('status_id') }] },
		],
		['an unknown cursor', { query: all, cursor: 'nonsense' }],
	])('rejects %s', async (_what, json) => {
		const reply = await search(json);
		expect([reply.status, reply.json]).toEqual([
			400,
			{ errors: [expect.any(String)], 'field-errors': {} },
		]);
	});
});
