import type { IDataObject } from 'n8n-workflow';
import { leads, onError, phoneOf } from '../../../../support/fixtures';
import { errorText, outcomesOf } from '../../../../support/results';
import { useSandbox } from '../../../../support/sandbox';

const scene = useSandbox();

describe('Aktify: Create Lead', () => {
	const bodies = () => scene.requests('aktify').map(({ body }) => body);
	const everyField = {
		phoneNumber: '(509) 555-1234',
		state: 'California',
		zipCode: '90210',
		additionalFields: {
			email: 'someone@example.com',
			externalCreated: '2022-11-15T21:04:28-06:00',
			externalLeadId: 'myCustomLeadId',
			firstName: 'John',
			lastName: 'Smith',
			source: 'myCustomSource',
			link: 'https://www.aktify.com',
		},
		customFieldsMode: 'define',
		customFields: {
			field: [
				{ name: 'customField1', value: 'value1' },
				{ name: 'customField2', value: '={{ 7 }}' },
				{ name: 'customField3', value: '={{ true }}' },
			],
		},
	};

	it('sends every field of the API page in the spelling of Aktify', async () => {
		const result = await scene.aktify({ items: [{}], parameters: everyField });
		expect(bodies()).toEqual([
			{
				phoneNumber: '+15095551234',
				region: 'CA',
				zipCode: '90210',
				email: 'someone@example.com',
				externalCreated: '2022-11-15T21:04:28-0600',
				externalLeadId: 'myCustomLeadId',
				firstName: 'John',
				lastName: 'Smith',
				source: 'myCustomSource',
				link: 'https://www.aktify.com',
				metadata: { customField1: 'value1', customField2: '7', customField3: 'true' },
			},
		]);
		expect(scene.requests('aktify')[0]).toMatchObject({
			method: 'POST',
			path: '/api/v1/leads',
			headers: { 'content-type': 'application/json', 'x-api-key': '***' },
			status: 201,
		});
		expect(result.items[0]?.json).toEqual({
			outcome: 'created',
			phoneNumber: '+15095551234',
			leadId: 'myCustomLeadId',
			link: 'https://www.aktify.com',
			itemIndex: 0,
			state: 'CA',
			accepted: [
				'phoneNumber',
				'region',
				'zipCode',
				'email',
				'firstName',
				'lastName',
				'link',
				'source',
				'externalLeadId',
				'externalCreated',
				'metadata.customField1',
				'metadata.customField2',
				'metadata.customField3',
			],
			notAccepted: [],
		});
	});

	it('names what was sent and is not in the reply', async () => {
		for (const field of ['source', 'externalCreated', 'metadata.customField2']) {
			scene.world.aktify.ignoredFields.add(field);
		}
		const result = await scene.aktify({ items: [{}], parameters: everyField });
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'created',
			accepted: expect.not.arrayContaining(['source']),
			notAccepted: ['source', 'externalCreated', 'metadata.customField2'],
		});
	});

	it('outputs the state that Aktify found by the ZIP code', async () => {
		scene.world.aktify.regionByZip.set('90210', 'CA');
		const result = await scene.aktify({
			items: [{ phone: phoneOf(0), zip: '90210' }],
			parameters: { zipCode: '={{ $json.zip }}' },
		});
		expect(result.items[0]?.json).toMatchObject({ state: 'CA', notAccepted: [] });
	});

	/** Runs `everyField`, answered with this reply. */
	async function answeredWith(body: IDataObject, options: IDataObject = {}) {
		scene.world.faults.add({ vendor: 'aktify', kind: 'status', status: 201, body });
		return await scene.aktify({ items: [{}], parameters: everyField, options });
	}
	const spelledOtherwise = {
		phoneNumber: '+1 509 555 1234',
		region: 'California',
		zipCode: '90210-0000',
		email: 'Someone@Example.com',
		externalCreated: '2022-11-16T03:04:28.000Z',
		externalLeadId: 'myCustomLeadId',
		firstName: 'JOHN',
		lastName: 'Smith ',
		source: 'mycustomsource',
		link: 'https://link.akti.fyi/a1b2',
		metadata: { customField1: 'value1', customField2: 7, customField3: 'TRUE' },
	};

	it('accepts other spellings of what was sent', async () => {
		const result = await answeredWith(spelledOtherwise);
		expect(result.items[0]?.json).toMatchObject({
			notAccepted: [],
			state: 'CA',
			link: 'https://link.akti.fyi/a1b2',
		});
	});

	it('does not take other values for what was sent', async () => {
		const result = await answeredWith({
			...spelledOtherwise,
			region: 'NY',
			zipCode: '10001',
			email: 'other@example.com',
			externalCreated: '2022-11-16T03:04:29Z',
			externalLeadId: 'MYCUSTOMLEADID',
			firstName: null,
			link: '',
			metadata: 'none',
		});
		expect(result.items[0]?.json).toMatchObject({
			state: 'NY',
			accepted: ['phoneNumber', 'lastName', 'source'],
			notAccepted: [
				'region',
				'zipCode',
				'email',
				'firstName',
				'link',
				'externalLeadId',
				'externalCreated',
				'metadata.customField1',
				'metadata.customField2',
				'metadata.customField3',
			],
		});
		expect(result.items[0]?.json).not.toHaveProperty('link');
	});

	it('outputs the reply when Simplify is off', async () => {
		const reply = { ...spelledOtherwise, more: [1, { a: null }] };
		const result = await answeredWith(reply, { simplify: false });
		expect(result.items[0]?.json).toEqual({
			outcome: 'created',
			phoneNumber: '+15095551234',
			leadId: 'myCustomLeadId',
			raw: reply,
			itemIndex: 0,
		});
	});

	it('says nothing of acceptance where there is no reply about the lead', async () => {
		await scene.aktify({ items: leads(1) });
		const result = await scene.aktify({ items: leads(1), options: { simplify: false } });
		const [item] = result.items;
		expect(item?.json).toMatchObject({
			outcome: 'duplicate',
			phoneNumber: phoneOf(0),
			leadId: 'L0',
			matchedBy: expect.any(String),
		});
		for (const name of ['accepted', 'notAccepted', 'raw']) {
			expect(item?.json).not.toHaveProperty(name);
		}
	});

	it.each(['(336) 555-0143 5', '206-555-0143 (2)', '2065550143-2', '33655501435'])(
		'refuses %s, which has a digit too many, instead of sending it to another country',
		async (phoneNumber) => {
			for (const phoneCheck of ['possible', 'valid']) {
				const result = await scene.aktify({
					items: [{}],
					parameters: { ...everyField, phoneNumber },
					options: { phoneCheck },
				});
				expect(errorText(result)).toMatch(/too many digits for a number in the United States/);
			}
			expect(scene.world.requests).toHaveLength(0);
		},
	);

	it('returns a shortened link', async () => {
		const result = await scene.aktify({
			items: [{}],
			parameters: {
				...everyField,
				additionalFields: { linkToShorten: 'https://example.com/offer' },
			},
		});
		expect(bodies()[0]).toMatchObject({ linkToShorten: 'https://example.com/offer' });
		expect(result.items[0]?.json).toMatchObject({
			link: expect.stringMatching(/shortlink/),
			accepted: expect.arrayContaining(['linkToShorten']),
			notAccepted: [],
		});
	});

	it.each([
		['2022-11-15T21:04:28-0600', '2022-11-15T21:04:28-0600'],
		['2022-11-15T21:04:28Z', '2022-11-15T21:04:28+0000'],
		['20221115T210428,5+0530', '2022-11-15T21:04:28+0530'],
		['2022-W46-2', '2022-11-15T00:00:00-0500'],
		['2022-319', '2022-11-15T00:00:00-0500'],
		[1668567868, '2022-11-15T22:04:28-0500'],
	])('sends Created At %j as %s', async (externalCreated, sent) => {
		const result = await scene.aktify({
			items: [{ ...leads(1)[0], at: externalCreated }],
			parameters: { additionalFields: { externalCreated: '={{ $json.at }}' } },
		});
		expect(outcomesOf(result)).toEqual({ created: 1 });
		expect(bodies()[0]).toMatchObject({ externalCreated: sent });
	});

	it.each([
		[2134, '02134'],
		['90210-1234', '90210-1234'],
		[' 90210 ', '90210'],
	])('sends ZIP code %j as %s', async (zip, sent) => {
		await scene.aktify({
			items: [{ phone: phoneOf(0), zip }],
			parameters: { zipCode: '={{ $json.zip }}' },
		});
		expect(bodies()[0]).toEqual({ phoneNumber: phoneOf(0), zipCode: sent });
	});

	it.each([
		[{ state: '' }, /State and ZIP Code are both empty/],
		[{ state: 'XX' }, /"XX" is not a US state/],
		[{ state: 'Ontario', zip: '90210' }, /"Ontario" is not a US state.*or leave State empty/s],
		[
			{ at: '11/01/2025' },
			/Created At: "11\/01\/2025" can be month.*set Date Format under Options/s,
		],
		[{ zip: '123456' }, /"123456" is not a US ZIP code/],
		[{ link: 'https://a.example', short: 'https://b.example' }, /both filled in/],
		[{ at: 'yesterday' }, /Created At/],
		[{ phone: '' }, /Phone Number/],
		[{ phone: '+1 206 555 01' }, /Phone Number/],
	])('rejects %j before anything is sent', async (change: IDataObject, expected) => {
		const result = await scene.aktify({
			items: [{ ...leads(1)[0], ...change }],
			parameters: {
				zipCode: '={{ $json.zip }}',
				additionalFields: {
					link: '={{ $json.link }}',
					linkToShorten: '={{ $json.short }}',
					externalCreated: '={{ $json.at }}',
				},
			},
		});
		expect(errorText(result)).toMatch(expected);
		expect(scene.world.requests).toHaveLength(0);
	});

	it.each([
		['monthDayYear', '2025-11-01T00:00:00-0400'],
		['dayMonthYear', '2025-01-11T00:00:00-0500'],
	])('reads 11/01/2025 by the Date Format %s', async (dateFormat, externalCreated) => {
		await scene.aktify({
			items: [{ phone: phoneOf(0), state: 'Calif.', at: '11/01/2025' }],
			parameters: { additionalFields: { externalCreated: '={{ $json.at }}' } },
			options: { dateFormat },
		});
		expect(bodies()).toEqual([{ phoneNumber: phoneOf(0), region: 'CA', externalCreated }]);
	});

	it('maps unmapped columns to metadata, as text', async () => {
		await scene.aktify({
			items: [{ ...leads(1)[0], score: 7, vip: true, gone: null, tags: ['a'] }],
			parameters: { customFieldsMode: 'auto' },
		});
		expect(bodies()[0]).toMatchObject({
			metadata: { name: 'Person 0', score: '7', vip: 'true', tags: '["a"]' },
		});
	});

	it('reports an existing lead as duplicate or error', async () => {
		await scene.aktify({ items: leads(2) });
		const duplicates = await scene.aktify({ items: leads(3) });
		expect(outcomesOf(duplicates)).toEqual({ duplicate: 2, created: 1 });
		const strict = await scene.aktify({
			items: leads(3),
			options: { ifAlreadyThere: 'error' },
			settings: onError.branch,
		});
		expect(outcomesOf(strict)).toEqual({ refused: 3 });
		expect(strict.errors[0]?.json.error).toMatch(/already/);
	});

	it('sends names, emoji, line breaks and formulas unchanged', async () => {
		const firstName = '=HYPERLINK("x") Zoë 👩‍🚀 "quoted"\nO\'Neil';
		await scene.aktify({
			items: [{ ...leads(1)[0], first: firstName }],
			parameters: { additionalFields: { firstName: '={{ $json.first }}' } },
		});
		expect(bodies()[0]).toMatchObject({ firstName });
	});

	it('applies Phone Validation and Default Country', async () => {
		const uk = { items: [{ phone: '07400 123456', state: 'CA' }] };
		expect((await scene.aktify(uk)).error).toBeDefined();
		await scene.aktify({ ...uk, options: { defaultCountry: 'GB' } });
		expect(bodies()).toEqual([{ phoneNumber: '+447400123456', region: 'CA' }]);
		const odd = { items: [{ phone: '+1 (555) 555-1234', state: 'CA' }] };
		expect((await scene.aktify({ ...odd, options: { phoneCheck: 'valid' } })).error).toBeDefined();
		expect(
			(await scene.aktify({ ...odd, options: { phoneCheck: 'possible' } })).error,
		).toBeUndefined();
	});

	it('removes an extension from the number and outputs it separately', async () => {
		const result = await scene.aktify({ items: [{ phone: '(206) 200-0000 x12', state: 'CA' }] });
		expect(bodies()[0]).toMatchObject({ phoneNumber: '+12062000000' });
		expect(result.items[0]?.json).toMatchObject({
			phoneNumber: '+12062000000',
			phoneExtension: '12',
		});
	});
});
