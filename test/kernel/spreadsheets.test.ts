import type { IDataObject } from 'n8n-workflow';
import { closeFields } from '../../sandbox';
import { asObjects, getOwn } from '../../nodes/shared/values/json';
import { leads, onError, phoneOf } from '../support/fixtures';
import { errorText, outcomesOf, pairs } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

/** The bodies that a vendor received, lists flattened. */
const bodies = (vendor: 'squadVoice' | 'aktify' | 'autocalls' | 'close') =>
	scene.requests(vendor).flatMap(({ body }) => (Array.isArray(body) ? body : [body]));

/** One lead with other columns: what n8n's items hold is not always JSON. */
const leadWith = (columns: object): IDataObject => Object.assign({}, leads(1)[0], columns);

const ISO = '2026-07-02T00:00:00.000Z';

describe('Dates as a spreadsheet has them', () => {
	it.each([46205, '46205', '46205.0', 46205.5868, '46205,5868'])(
		'%j is 2 July 2026',
		async (when) => {
			const items = [leadWith({ when })];
			const ebrDate = '={{ $json.when }}';
			await scene.squadVoice({ items, parameters: { additionalFields: { ebrDate } } });
			await scene.aktify({ items, parameters: { additionalFields: { externalCreated: ebrDate } } });
			expect(bodies('squadVoice')).toMatchObject([
				{ ebr_datetime: expect.stringMatching(/^2026-07-02T(04:00|18:05):00Z$/) },
			]);
			expect(bodies('aktify')).toMatchObject([
				{ externalCreated: expect.stringMatching(/^2026-07-02T(00:00|14:05):00-0400$/) },
			]);
		},
	);

	it.each([46, 12345, 99999999, '1e5', '4.62E+04', '07/02/2026', true])(
		'%j stops the node before anything is sent',
		async (when) => {
			const result = await scene.squadVoice({
				items: [leadWith({ when })],
				parameters: { additionalFields: { ebrDate: '={{ $json.when }}' } },
			});
			expect(errorText(result)).toMatch(/EBR Date:? .+ (date|Date Format).+Write/);
			expect(scene.world.requests).toHaveLength(0);
		},
	);

	it.each([' ', '\u00A0', '\u200B', []])('an optional date of %j is empty', async (when) => {
		const items = [leadWith({ when })];
		const ebrDate = '={{ $json.when }}';
		await scene.squadVoice({ items, parameters: { additionalFields: { ebrDate } } });
		await scene.aktify({ items, parameters: { additionalFields: { externalCreated: ebrDate } } });
		expect(JSON.stringify([bodies('squadVoice'), bodies('aktify')])).not.toMatch(
			/ebr_datetime|externalCreated/,
		);
		expect(scene.world.ledger('squadVoice').held).toBe(1);
		expect(scene.world.ledger('aktify').held).toBe(1);
	});

	it('filters of Get Many read them as well', async () => {
		const items = [{ from: 46205, until: '46206.5' }];
		const span = { createdFrom: '={{ $json.from }}', createdUntil: '={{ $json.until }}' };
		const filters = { processedAfter: span.createdFrom, processedBefore: span.createdUntil };
		const getAll = { operation: 'getAll', returnAll: false, limit: 1 };
		await scene.squadVoice({ items, parameters: { ...getAll, filters } });
		expect(scene.requests('squadVoice')[0]?.query).toMatchObject({
			processed_after: String(Date.parse('2026-07-02T00:00:00-04:00')),
			processed_before: String(Date.parse('2026-07-03T12:00:00-04:00')),
		});
		await scene.autocalls({ items, parameters: { ...getAll, filters: span } });
		expect(scene.requests('autocalls')[0]?.query).toMatchObject({
			date_from: '2026-07-02',
			date_to: '2026-07-03',
		});
		await scene.close({
			items,
			parameters: { ...getAll, operation: 'search', searchBy: 'filters', filters: span },
		});
		expect(JSON.stringify(bodies('close'))).toContain('"2026-07-02T04:00:00.000Z"');
	});

	it("are read for Close's custom fields", async () => {
		const { date, datetime } = closeFields;
		await scene.close({
			items: [{ name: 'Ada', when: 46205 }],
			parameters: {
				contacts: {},
				name: '={{ $json.name }}',
				customFields: {
					mappingMode: 'defineBelow',
					value: { [date.id]: '={{ $json.when }}', [datetime.id]: '={{ $json.when }}' },
					schema: [
						{ id: date.id, displayName: `${date.name} (YYYY-MM-DD)`, type: 'string' },
						{ id: datetime.id, displayName: datetime.name, type: 'dateTime' },
					],
				},
			},
		});
		expect(scene.requests('close').at(-1)?.body).toMatchObject({
			[`custom.${date.id}`]: '2026-07-02',
			[`custom.${datetime.id}`]: '2026-07-02T04:00:00Z',
		});
	});
});

describe('IDs that have lost digits', () => {
	const DAMAGED = [
		'1.23457E+12',
		'crm-1.23457E+12',
		'1,23457E+12',
		'1E+12',
		9912140633506420,
		'#N/A',
	];

	it.each(DAMAGED)('SquadVoice: Lead ID %j is refused in every row', async (id) => {
		const items = leads(3).map((lead) => ({ ...lead, id }));
		const result = await scene.squadVoice({ items, settings: onError.branch });
		expect(outcomesOf(result)).toEqual({ notSent: 3 });
		expect(JSON.stringify(result.errors)).toMatch(
			/Lead ID: .+(Excel has shortened|too large|not an ID)/,
		);
		expect(scene.world.requests).toHaveLength(0);
	});

	it.each(['get', 'disable'])('SquadVoice: %s refuses them as well', async (operation) => {
		for (const id of DAMAGED) {
			const result = await scene.squadVoice({
				items: [leadWith({ id })],
				parameters: { operation },
			});
			expect(errorText(result)).toMatch(/Lead ID: /);
		}
		expect(scene.world.requests).toHaveLength(0);
	});

	it.each(DAMAGED)('a campaign %j is refused', async (campaign) => {
		const items = [leadWith({ campaign })];
		const parameters = {
			campaign: { __rl: true, mode: 'id', value: '={{ $json.campaign }}' },
			findBy: 'id',
			leadId: '={{ $json.campaign }}',
		};
		expect(errorText(await scene.squadVoice({ items, parameters }))).toMatch(/Campaign: /);
		expect(errorText(await scene.autocalls({ items, parameters }))).toMatch(/Campaign: /);
		expect(
			errorText(
				await scene.autocalls({ items, parameters: { ...parameters, operation: 'delete' } }),
			),
		).toMatch(/Lead ID: /);
		expect(scene.world.requests).toHaveLength(0);
	});

	it.each(DAMAGED)('Aktify: External Lead ID %j is refused', async (id) => {
		const result = await scene.aktify({ items: [leadWith({ id })] });
		expect(errorText(result)).toMatch(/External Lead ID: /);
		expect(scene.world.requests).toHaveLength(0);
	});

	it.each(DAMAGED)('Close: a key %j is refused', async (id) => {
		const key = (by: string) => ({
			matchBy: { key: [{ by, fieldId: closeFields.text.id, value: '={{ $json.id }}' }] },
		});
		for (const by of ['customField', 'leadId']) {
			const parameters = { operation: 'upsert', ...key(by) };
			const result = await scene.close({ items: [leadWith({ id })], parameters });
			expect(errorText(result)).toMatch(/Match By: /);
		}
		const parameters = { operation: 'get', leadId: '={{ $json.id }}' };
		expect(errorText(await scene.close({ items: [leadWith({ id })], parameters }))).toMatch(
			/Lead ID: /,
		);
		const isWrite = ({ method }: { method: string }) => method !== 'GET';
		expect(scene.world.requests.filter(isWrite)).toHaveLength(0);
	});

	it('whole numbers with decimals are read, and IDs that only look like numbers stay', async () => {
		const ids = ['12345.0', '1e5', '00042', 12, '00042a'];
		const items = leads(ids.length).map((lead, index) => ({ ...lead, id: ids[index] }));
		await scene.squadVoice({ items });
		expect(bodies('squadVoice').map((body) => getOwn(body, 'lead_id'))).toEqual([
			'12345',
			'1e5',
			'00042',
			12,
			'00042a',
		]);
	});
});

describe('Invisible characters', () => {
	it.each(['\u200B', '\uFEFF', '\u00A0', '\uFE0F', '\u00AD', '\u202A', '\u200E', '\u2060'])(
		'%j is cleaned in every text',
		async (hidden) => {
			const dirty = (text: string) => `${hidden}${text}${hidden}`;
			const columns = {
				id: dirty('L1'),
				phone: dirty(phoneOf(1)),
				name: dirty('Ada'),
				state: dirty('WA'),
				zip: dirty('98101'),
				email: dirty('ada@example.com'),
			};
			const items = [columns];
			await scene.squadVoice({
				items,
				parameters: {
					campaign: { __rl: true, mode: 'id', value: dirty('0PT711') },
					customFieldsMode: 'define',
					customFields: { field: [{ name: dirty('source'), value: '={{ $json.email }}' }] },
				},
			});
			await scene.aktify({
				items,
				parameters: {
					zipCode: '={{ $json.zip }}',
					additionalFields: {
						externalLeadId: '={{ $json.id }}',
						email: '={{ $json.email }}',
						firstName: '={{ $json.name }}',
					},
				},
			});
			await scene.close({ items, parameters: { name: '={{ $json.name }}' } });
			expect(bodies('squadVoice')).toEqual([
				{
					lead_id: 'L1',
					phone_number: phoneOf(1).slice(1),
					contact_name: 'Ada',
					state_code: 'WA',
					source: 'ada@example.com',
				},
			]);
			expect(bodies('aktify')).toEqual([
				{
					phoneNumber: phoneOf(1),
					region: 'WA',
					zipCode: '98101',
					email: 'ada@example.com',
					firstName: 'Ada',
					externalLeadId: 'L1',
				},
			]);
			expect(JSON.stringify(bodies('close').at(-1))).not.toContain(hidden);
			expect(scene.world.ledger('squadVoice').held).toBe(1);
		},
	);

	it('a text of nothing else is empty', async () => {
		const items = [{ ...leads(1)[0], name: '\u200B \uFEFF' }];
		expect(errorText(await scene.squadVoice({ items }))).toMatch(/Contact Name is empty/);
	});

	it('emoji, line breaks and joiners inside words stay', async () => {
		const text = 'Zoë \u{1F468}\u200D\u{1F469}\u200D\u{1F467} \u2764\uFE0F می\u200Cخواهم क्\u200Dष';
		await scene.squadVoice({ items: [{ ...leads(1)[0], name: text }] });
		expect(bodies('squadVoice')).toMatchObject([{ contact_name: text }]);
		const lead = [...scene.world.close.leads.values()][0]?.id ?? 'lead_none';
		const note = `${text}\r\nsecond line\u200B\n\nlast`;
		await scene.close({
			items: [{ note, lead }],
			parameters: { resource: 'note', leadId: '={{ $json.lead }}', note: '={{ $json.note }}' },
		});
		expect(bodies('close')).toMatchObject([{ note: `${text}\r\nsecond line\n\nlast` }]);
	});
});

describe('Dates that are no text', () => {
	it('are sent in ISO 8601 from every column and field', async () => {
		const items = [leadWith({ when: new Date(ISO) })];
		const field = [{ name: 'again', value: '={{ $json.when }}' }];
		const custom = { customFieldsMode: 'define', customFields: { field } };
		await scene.squadVoice({ items, parameters: { customFieldsMode: 'auto' } });
		await scene.aktify({ items, parameters: custom });
		await scene.autocalls({ items, parameters: custom });
		expect(bodies('squadVoice')).toMatchObject([{ when: ISO }]);
		expect(bodies('aktify')).toMatchObject([{ metadata: { again: ISO } }]);
		expect(bodies('autocalls')).toMatchObject([{ variables: { again: ISO } }]);
	});

	it("may also be luxon's", async () => {
		await scene.autocalls({
			items: leads(1),
			parameters: {
				customFieldsMode: 'define',
				customFields: {
					field: [{ name: 'at', value: `={{ DateTime.fromISO('${ISO}').toUTC() }}` }],
				},
			},
		});
		expect(bodies('autocalls')).toMatchObject([{ variables: { at: ISO } }]);
	});
});

describe('ZIP codes without their zeros', () => {
	it.each([
		[2139, '02139'],
		['2139', '02139'],
		['02139.0', '02139'],
		['="02139"', '02139'],
		[21391234, '02139-1234'],
		[[2139], '02139'],
		['\u200B2139\u00A0', '02139'],
	])('%j is %s', async (zip, expected) => {
		const items = [{ ...leads(1)[0], zip }];
		await scene.aktify({ items, parameters: { zipCode: '={{ $json.zip }}' } });
		const address = [
			{ city: 'Cambridge', country: 'US', zipCode: '={{ $json.zip }}' },
			{ city: 'Cambridge', state: 'MA', zipCode: '={{ $json.zip }}' },
			{ city: 'Elsewhere', country: 'DK', zipCode: '2139' },
		];
		await scene.close({ items, parameters: { addresses: { address } } });
		expect(bodies('aktify')).toMatchObject([{ zipCode: expected }]);
		const sent = getOwn(bodies('close').at(-1), 'addresses');
		expect(asObjects(sent).map(({ zipcode }) => zipcode)).toEqual([expected, expected, '2139']);
	});

	it('impossible ones are refused', async () => {
		for (const zip of [12, '0', '99999', 'K1A 0B1', '2.139E+03']) {
			const items = [{ ...leads(1)[0], zip }];
			const address = [{ country: 'US', zipCode: '={{ $json.zip }}' }];
			expect(
				errorText(await scene.aktify({ items, parameters: { zipCode: '={{ $json.zip }}' } })),
			).toMatch(/ZIP Code: ".+" is not a US ZIP code/);
			expect(
				errorText(await scene.close({ items, parameters: { addresses: { address } } })),
			).toMatch(/ZIP Code: ".+" is not a US ZIP code/);
		}
		expect(scene.world.requests).toHaveLength(0);
	});
});

describe('Lists and objects in a cell', () => {
	it('one entry is read', async () => {
		const [lead] = leads(1);
		const items = [Object.fromEntries(Object.entries(lead ?? {}).map(([k, v]) => [k, [v]]))];
		await scene.squadVoice({ items });
		await scene.aktify({ items });
		expect(bodies('squadVoice')).toMatchObject([
			{ lead_id: 'L0', contact_name: 'Person 0', state_code: 'CA' },
		]);
		expect(bodies('aktify')).toMatchObject([{ region: 'CA', externalLeadId: 'L0' }]);
	});

	it.each(['id', 'phone', 'name', 'state'])(
		'several in the column %s are refused',
		async (column) => {
			for (const [value, words] of [
				[['a', '', 'b', 'c'], /is a list of 3 values/],
				[{ value: 'a' }, /is an object/],
			] as const) {
				const result = await scene.squadVoice({ items: [{ ...leads(1)[0], [column]: value }] });
				expect(errorText(result)).toMatch(words);
			}
			expect(scene.world.requests).toHaveLength(0);
		},
	);

	it('no optional field is left out because of one', async () => {
		const items = [leadWith({ emails: ['a@example.com', 'b@example.com'] })];
		const email = '={{ $json.emails }}';
		expect(
			errorText(await scene.aktify({ items, parameters: { additionalFields: { email } } })),
		).toMatch(/Email is a list of 2 values/);
		expect(
			errorText(
				await scene.close({
					items,
					parameters: { contacts: { contact: [{ name: 'A', emails: { email: [{ email }] } }] } },
				}),
			),
		).toMatch(/Email of a contact is a list of 2 values/);
		expect(
			errorText(
				await scene.autocalls({
					items,
					parameters: { operation: 'update', leadId: '7', updateFields: { phoneNumber: email } },
				}),
			),
		).toMatch(/Phone Number is a list of 2 values/);
		expect(scene.world.requests).toHaveLength(0);
	});
});

describe('Empty rows', () => {
	it.each(['stop', 'continue', 'branch'] as const)(
		'are skipped, also at the end of a list that stops at a bad row (%s)',
		async (mode) => {
			const empty = [
				{ id: '', phone: ' ', name: '\u00A0', state: null },
				{ row_number: 4, id: [], phone: '\u200B' },
				// As n8n's Extract From File leaves out empty cells.
				{},
			];
			const items = [...leads(2), ...empty];
			const result = await scene.squadVoice({ items, settings: onError[mode] });
			expect(result.error).toBeUndefined();
			expect(pairs(result.items)).toEqual([0, 1, 2, 3, 4]);
			expect(outcomesOf(result)).toEqual({ created: 2, skipped: 3 });
			expect(result.items[3]?.json.note).toBe('The row is empty: all its columns are blank');
			expect(scene.world.ledger('squadVoice').held).toBe(2);
			expect(result.hints[0]?.message).toBe('SquadVoice: 2 created, 3 empty rows skipped');
		},
	);

	it('are skipped by the next node, too', async () => {
		const items = [{ outcome: 'skipped', note: 'The row is empty' }, ...leads(1)];
		expect(outcomesOf(await scene.squadVoice({ items }))).toEqual({ created: 1, skipped: 1 });
	});

	it('are not items without the columns that the node uses: their lead may come from elsewhere', async () => {
		for (const empty of [{ other: '' }, { id: '', other: 'x' }]) {
			const result = await scene.squadVoice({ items: [...leads(1), empty] });
			expect(errorText(result)).toMatch(/Phone Number is empty \[item 1\]/);
		}
		expect(scene.world.requests).toHaveLength(0);
	});

	it('are not what a node without columns has', async () => {
		const parameters = { leadId: '7', phoneNumber: ' ', contactName: 'A', state: 'CA' };
		const result = await scene.squadVoice({ items: [{}], parameters });
		expect(errorText(result)).toMatch(/Phone Number is empty/);
	});
});
