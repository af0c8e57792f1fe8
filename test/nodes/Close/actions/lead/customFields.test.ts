import type { IDataObject } from 'n8n-workflow';
import { closeFields, closeUsers } from '../../../../../sandbox';
import { onError } from '../../../../support/fixtures';
import { errorText, outcomesOf } from '../../../../support/results';
import { mapped, people, useClose } from '../../fixtures';

const { sandbox, close, requests, requestsTo, createRequests, storedLeads } = useClose();
const SCHEMA = '/custom_field_schema/lead/';

/** Custom fields mapped from columns, with the fields as the editor stored them. */
const automatic = (schema: IDataObject[] = []) => ({
	mappingMode: 'autoMapInputData',
	value: null,
	schema,
});
const custom = (field: { id: string }) => `custom.${field.id}`;

describe('Close: custom fields of an account', () => {
	it('are read once a run, and only where the node uses them', async () => {
		const customFields = mapped({ [closeFields.text.id]: 'x' });
		await close({ items: people(3), parameters: { customFields } });
		expect(requestsTo('GET', SCHEMA)).toHaveLength(1);
		expect(requests()[0]).toMatchObject({ method: 'GET', path: SCHEMA });
		await close({ items: people(3) });
		expect(requestsTo('GET', SCHEMA)).toHaveLength(1);
	});

	it('include shared ones and old ones, by name and by ID', async () => {
		const { sharedText, sharedChoice, old } = closeFields;
		const item = {
			...people(1)[0],
			[sharedText.name]: 'West',
			[sharedChoice.id]: 'B',
			'Old Key': 7,
		};
		const result = await close({ items: [item], parameters: { customFields: automatic() } });
		expect(errorText(result)).toBe(' ');
		expect(createRequests()[0]?.body).toMatchObject({
			[custom(sharedText)]: 'West',
			[custom(sharedChoice)]: 'B',
			[custom(old)]: '7',
		});
	});

	it('that no longer exist are an error before anything is sent, with the name of the field', async () => {
		const gone = { id: 'cf_gone', displayName: 'Plan', type: 'string' };
		const stored = { ...mapped({ cf_gone: 'gold' }), schema: [gone] };
		const results = [
			errorText(await close({ items: people(2), parameters: { customFields: stored } })),
			errorText(
				await close({
					items: [{ ...people(1)[0], Plan: 'gold' }],
					parameters: { customFields: automatic([gone]) },
				}),
			),
			errorText(
				await close({
					items: [{ ...people(1)[0], lcf_gone: 'gold' }],
					parameters: { customFields: automatic() },
				}),
			),
		];
		expect(results[0]).toMatch(/Close has no custom field "Plan" \(cf_gone\)/);
		expect(results[1]).toMatch(/Close has no custom field "Plan" \(cf_gone\)/);
		expect(results[2]).toMatch(/Close has no custom field lcf_gone/);
		expect(createRequests()).toHaveLength(0);
	});

	it('leave other columns alone, also those of a field that the mapper removed', async () => {
		const { text } = closeFields;
		const removed = { id: text.id, displayName: text.name, type: 'string', removed: true };
		const item = { ...people(1)[0], [text.name]: 'x', Remarks: 'nothing to Close' };
		const result = await close({
			items: [item],
			parameters: { customFields: automatic([removed]) },
		});
		expect(outcomesOf(result)).toEqual({ created: 1 });
		expect(storedLeads()[0]?.custom).toEqual({});
	});

	it('keep the columns of the name that they had when they were mapped', async () => {
		const { text } = closeFields;
		const before = { id: text.id, displayName: 'Customer No.', type: 'string' };
		const item = { ...people(1)[0], 'Customer No.': 'x' };
		await close({ items: [item], parameters: { customFields: automatic([before]) } });
		expect(storedLeads()[0]?.custom).toEqual({ [text.id]: 'x' });
	});

	it('with one name are an error, not a guess', async () => {
		const twin = { ...closeFields.text, id: 'cf_twin', name: closeFields.sharedText.name };
		sandbox.world.close.customFields.push(twin);
		const parameters = { customFields: automatic() };
		const item = { ...people(1)[0], [twin.name]: 'x' };
		expect(errorText(await close({ items: [item], parameters }))).toMatch(
			/2 custom fields of Close have the name "Region"/,
		);
		const byId = { ...people(1)[0], cf_twin: 'x' };
		expect(outcomesOf(await close({ items: [byId], parameters }))).toEqual({ created: 1 });
	});

	it('that cannot be read send nothing', async () => {
		sandbox.world.faults.add({ kind: 'status', status: 500, path: SCHEMA });
		const customFields = mapped({ [closeFields.text.id]: 'x' });
		const result = await close({
			items: people(2),
			parameters: { customFields },
			options: { giveUpAfter: 0 },
			settings: onError.continue,
		});
		expect(outcomesOf(result)).toEqual({ notSent: 2 });
		expect(createRequests()).toHaveLength(0);
	});
});

describe('Close: values of custom fields', () => {
	const { choice, choices, user, contact } = closeFields;
	const create = async (value: IDataObject) =>
		await close({
			items: people(1),
			parameters: { customFields: mapped(value) },
			settings: onError.continue,
		});

	it.each<[string | string[], string[]]>([
		['Food, Drinks', ['Food, Drinks']],
		['IT, Cars', ['IT', 'Cars']],
		['["Food, Drinks", "IT"]', ['Food, Drinks', 'IT']],
		[['Food, Drinks'], ['Food, Drinks']],
	])('the choices in %j are %j', async (value, expected) => {
		await create({ [choices.id]: value });
		expect(createRequests()[0]?.body).toMatchObject({ [custom(choices)]: expected });
	});

	it.each<[string, IDataObject]>([
		[
			'"Newspaper" is not a choice. The choices: Website, Referral, Event',
			{ [choice.id]: 'Newspaper' },
		],
		[
			'"Boats" is not a choice. The choices: Apparel, Cars, Cosmetics, "Food, Drinks", IT',
			{ [choices.id]: 'IT, Boats' },
		],
		['"Food" is not a choice', { [choices.id]: 'Food, Drinks, IT' }],
		['"lead_1" is not an ID', { [contact.id]: 'lead_1' }],
	])('are refused before anything is sent: %s', async (message, value) => {
		const result = await create(value);
		expect(outcomesOf(result)).toEqual({ notSent: 1 });
		expect(String(result.items[0]?.json.error)).toContain(message);
		expect(createRequests()).toHaveLength(0);
	});

	it('name a user by ID or by name', async () => {
		await create({ [user.id]: closeUsers.ada.id });
		await close({
			items: people(2).slice(1),
			parameters: { customFields: mapped({ [user.id]: 'Ben Boyd' }) },
		});
		expect(storedLeads().map(({ custom: values }) => values[user.id])).toEqual([
			closeUsers.ada.id,
			closeUsers.ben.id,
		]);
	});

	it('set a contact of the lead', async () => {
		const [lead] = sandbox.world.close.seedLeads(1);
		const id = lead?.contacts[0]?.id ?? '';
		const parameters = {
			operation: 'update',
			leadId: lead?.id,
			customFields: mapped({ [contact.id]: id }),
		};
		expect(outcomesOf(await close({ items: [{}], parameters }))).toEqual({ updated: 1 });
		expect(storedLeads()[0]?.custom[contact.id]).toBe(id);
	});

	it('are checked where Update adds, removes or clears them', async () => {
		const [lead] = sandbox.world.close.seedLeads(1);
		const update = async (more: IDataObject) =>
			errorText(
				await close({
					items: [{}],
					parameters: { operation: 'update', leadId: lead?.id, ...more },
				}),
			);
		const change = (fieldId: string, value: string) => ({
			multiValueChanges: { change: [{ fieldId, do: 'add', value }] },
		});
		expect(await update(change(choices.id, 'Boats'))).toMatch(/"Boats" is not a choice/);
		expect(await update(change(choice.id, 'Event'))).toMatch(/Source has one value only/);
		expect(await update(change('cf_gone', 'x'))).toMatch(/Close has no custom field cf_gone/);
		expect(await update({ clear: ['lcf_gone'] })).toMatch(/Close has no custom field lcf_gone/);
		expect(requestsTo('PUT', `/lead/${lead?.id ?? ''}/`)).toHaveLength(0);
		expect(await update({ clear: [closeFields.old.id] })).toBe(' ');
	});
});

describe('Close: Match By → Custom Field', () => {
	const { text, number, date, datetime, choice, choices, user, old, hidden, contact } = closeFields;
	const match = async (field: { id: string }, value: unknown, more: IDataObject = {}) =>
		await close({
			items: [{ name: 'Changed' }],
			parameters: {
				operation: 'upsert',
				name: '={{ $json.name }}',
				contacts: {},
				ifFound: 'replace',
				matchBy: { key: [{ by: 'customField', fieldId: field.id, value }] },
				...more,
			},
			settings: onError.continue,
		});
	const stored: IDataObject = {
		[text.id]: 'key-1',
		[number.id]: 7.5,
		[date.id]: '2026-03-10',
		[datetime.id]: '2026-03-10T12:00:00+00:00',
		[choice.id]: 'Referral',
		[choices.id]: ['IT', 'Food, Drinks'],
		[user.id]: closeUsers.ada.id,
		[old.id]: 'O-1',
	};
	const cases: Array<[string, { id: string }, unknown, string]> = [
		['text', text, 'key-1', 'text'],
		['an old text', old, 'O-1', 'text'],
		['a number', number, '7.5', 'number_range'],
		['a date', date, '2026-03-10', 'moment_range'],
		['a time', datetime, '2026-03-10T13:00:00+01:00', 'moment_range'],
		['a choice', choice, 'Referral', 'term'],
		['one of several choices', choices, 'Food, Drinks', 'term'],
		['a user', user, closeUsers.ada.id, 'reference'],
	];

	it.each(cases)('finds a lead by %s', async (_what, field, value, type) => {
		sandbox.world.close.seedLeads(1, { custom: JSON.parse(JSON.stringify(stored)) });
		for (const customAsObject of [false, true]) {
			Object.assign(sandbox.world.close, { customAsObject });
			const result = await match(field, value);
			expect(errorText(result)).toBe(' ');
			expect(outcomesOf(result)).toEqual({ updated: 1 });
		}
		const [search] = requestsTo('POST', '/data/search/');
		expect(JSON.stringify(search?.body)).toContain(`"condition":{"type":"${type}"`);
		expect(search?.body).toMatchObject({
			_fields: { lead: expect.arrayContaining([custom(field)]) },
		});
	});

	it.each(cases)('creates a lead that differs by %s', async (_what, field, value) => {
		sandbox.world.close.seedLeads(1);
		expect(outcomesOf(await match(field, value))).toEqual({ created: 1 });
	});

	it.each<[{ id: string }, unknown, RegExp]>([
		[hidden, 'x', /cannot be searched by a field of the type hidden/],
		[contact, 'cont_1', /cannot be searched by a field of the type contact/],
		[number, 'seven', /"seven" is not a number/],
		[choice, 'Newspaper', /"Newspaper" is not a choice/],
		[user, 'Ada Archer', /"Ada Archer" is not an ID/],
		[date, 'soon', /Trial Due/],
		[text, '???', /has no letters or digits/],
		[{ id: 'cf_gone' }, 'x', /Close has no custom field cf_gone/],
		[{ id: 'Plan' }, 'x', /"Plan" is not an ID/],
	])('refuses what cannot be matched: %j %j', async (field, value, message) => {
		const result = await match(field, value);
		expect(outcomesOf(result)).toEqual({ notSent: 1 });
		expect(String(result.items[0]?.json.error)).toMatch(message);
		expect(createRequests()).toHaveLength(0);
	});

	it('keeps what Close has, in whichever form it shows it', async () => {
		sandbox.world.close.customAsObject = true;
		sandbox.world.close.seedLeads(1, { custom: { [text.id]: 'key-1', [old.id]: 'kept' } });
		const result = await match(text, 'key-1', {
			ifFound: 'fillEmpty',
			customFields: mapped({ [old.id]: 'other', [closeFields.sharedText.id]: 'West' }),
		});
		expect(result.items[0]?.json.changedFields).toEqual([custom(closeFields.sharedText)]);
		expect(storedLeads()[0]?.custom).toMatchObject({ [old.id]: 'kept' });
	});
});
