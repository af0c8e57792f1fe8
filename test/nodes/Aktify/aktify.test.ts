import type { IDataObject } from 'n8n-workflow';
import { leads, onError, phoneOf } from '../../support/fixtures';
import { outcomesOf } from '../../support/results';
import { useSandbox } from '../../support/sandbox';

const scene = useSandbox();
const bodies = () => scene.requests('aktify').map(({ body }) => body);
const words = (result: Awaited<ReturnType<typeof scene.aktify>>) =>
	[result.error?.message, result.error?.description].join(' ');

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

describe('Create', () => {
	test("sends every field of seed 002, in the vendor's spelling", async () => {
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
		expect(scene.requests('aktify')[0]?.status).toBe(201);
		expect(result.items[0]?.json).toEqual({
			outcome: 'created',
			phoneNumber: '+15095551234',
			leadId: 'myCustomLeadId',
			link: 'https://www.aktify.com',
		});
	});

	test('a link to shorten comes back shortened', async () => {
		const result = await scene.aktify({
			items: [{}],
			parameters: {
				...everyField,
				additionalFields: { linkToShorten: 'https://example.com/offer' },
			},
		});
		expect(bodies()[0]).toMatchObject({ linkToShorten: 'https://example.com/offer' });
		expect(result.items[0]?.json.link).toMatch(/shortlink|short/);
	});

	test.each([
		['2022-11-15T21:04:28-0600', '2022-11-15T21:04:28-0600'],
		['2022-11-15T21:04:28Z', '2022-11-15T21:04:28+0000'],
		['20221115T210428,5+0530', '2022-11-15T21:04:28+0530'],
		['2022-W46-2', '2022-11-15T00:00:00-0500'],
		['2022-319', '2022-11-15T00:00:00-0500'],
		[1668567868, '2022-11-15T22:04:28-0500'],
	])('Created At %j is sent as %s', async (externalCreated, sent) => {
		const result = await scene.aktify({
			items: [{ ...leads(1)[0], at: externalCreated }],
			parameters: { additionalFields: { externalCreated: '={{ $json.at }}' } },
		});
		expect(outcomesOf(result)).toEqual({ created: 1 });
		expect(bodies()[0]).toMatchObject({ externalCreated: sent });
	});

	test.each([
		[2134, '02134'],
		['90210-1234', '90210-1234'],
		[' 90210 ', '90210'],
	])('ZIP code %j is sent as %s', async (zip, sent) => {
		await scene.aktify({
			items: [{ phone: phoneOf(0), zip }],
			parameters: { zipCode: '={{ $json.zip }}' },
		});
		expect(bodies()[0]).toEqual({ phoneNumber: phoneOf(0), zipCode: sent });
	});

	test.each([
		[{ state: '' }, /State and ZIP Code are both empty/],
		[{ state: 'XX' }, /"XX" is not a US state/],
		[{ zip: '123456' }, /"123456" is not a US ZIP code/],
		[{ link: 'https://a.example', short: 'https://b.example' }, /both filled in/],
		[{ at: 'yesterday' }, /Created At/],
		[{ phone: '' }, /Phone Number/],
		[{ phone: '+1 206 555 01' }, /Phone Number/],
	])('%j is told before anything is sent', async (change: IDataObject, expected) => {
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
		expect(words(result)).toMatch(expected);
		expect(scene.world.requests).toHaveLength(0);
	});

	test('all other input columns become metadata, as texts', async () => {
		await scene.aktify({
			items: [{ ...leads(1)[0], score: 7, vip: true, gone: null, tags: ['a'] }],
			parameters: { customFieldsMode: 'auto' },
		});
		expect(bodies()[0]).toMatchObject({
			metadata: { name: 'Person 0', score: '7', vip: 'true', tags: '["a"]' },
		});
	});

	test('a lead that is there already: a duplicate, or a failure, as the user chose', async () => {
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

	test('names, emoji, line breaks and formulas arrive as they were', async () => {
		const firstName = '=HYPERLINK("x") Zoë 👩‍🚀 "quoted"\nO\'Neil';
		await scene.aktify({
			items: [{ ...leads(1)[0], first: firstName }],
			parameters: { additionalFields: { firstName: '={{ $json.first }}' } },
		});
		expect(bodies()[0]).toMatchObject({ firstName });
	});

	test("Phone Check and Default Country are the user's choice", async () => {
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

	test('an extension is left out of the number and told', async () => {
		const result = await scene.aktify({ items: [{ phone: '(206) 200-0000 x12', state: 'CA' }] });
		expect(bodies()[0]).toMatchObject({ phoneNumber: '+12062000000' });
		expect(result.items[0]?.json).toMatchObject({
			phoneNumber: '+12062000000',
			phoneExtension: '12',
		});
	});
});

describe('End Contact', () => {
	const disable = { parameters: { operation: 'disable' } };

	test('lists of 50; numbers that were never posted count as ended', async () => {
		await scene.aktify({ items: leads(60) });
		const result = await scene.aktify({ ...disable, items: leads(120) });
		expect(outcomesOf(result)).toEqual({ disabled: 120 });
		const lists = scene.requests('aktify').filter(({ path }) => path.endsWith('/end-contact'));
		const sizes = lists.map(({ body }) =>
			typeof body === 'object' && body !== null && 'phoneNumberList' in body
				? body.phoneNumberList
				: [],
		);
		expect(sizes.map((list) => (Array.isArray(list) ? list.length : 0))).toEqual([50, 50, 20]);
		expect(scene.world.ledger('aktify').disabled).toBe(60);
	});

	test('a badly formed number in a list stands alone at the end', async () => {
		const items = leads(50).map((lead, i) => (i === 31 ? { ...lead, phone: 'nobody' } : lead));
		const result = await scene.aktify({
			...disable,
			items,
			options: { phoneCheck: 'off' },
			settings: onError.branch,
		});
		expect(outcomesOf(result)).toEqual({ disabled: 49, refused: 1 });
		expect(result.errors[0]?.json).toMatchObject({ id: 'L31' });
	});

	test('with the check off, the reply in E.164 is still mapped to numbers in other spellings', async () => {
		const items = [{ phone: '(206) 200-0000' }, { phone: '206.200.0001' }];
		const result = await scene.aktify({ ...disable, items, options: { phoneCheck: 'off' } });
		expect(outcomesOf(result)).toEqual({ disabled: 2 });
	});

	test('a number that stays among the failures is told, with what to do', async () => {
		scene.world.aktify.failEndContact(phoneOf(1), 99);
		const result = await scene.aktify({ ...disable, items: leads(3), settings: onError.branch });
		expect(outcomesOf(result)).toEqual({ disabled: 2, refused: 1 });
		expect(JSON.stringify(result.errors[0]?.json)).toMatch(
			/could not end contact.*run this item again/,
		);
	});
});

test('there is no Get: the node says so', async () => {
	const result = await scene.aktify({ items: leads(1), parameters: { operation: 'get' } });
	expect(words(result)).toMatch(/does not exist in this node/);
});

describe('error codes of seed 002 reach the user as words that help', () => {
	test.each([
		[400, /A required field is missing/],
		[401, /Open the credential/],
		[403, /Open the credential/],
		[409, /If Lead Exists/],
		[429, /Give Up After/],
		[500, /Look the lead up|Run the items again/],
	])('%i', async (status, expected) => {
		scene.world.faults.add({ kind: 'status', status, body: { message: 'In the vendor words' } });
		const result = await scene.aktify({
			items: leads(1),
			options: { giveUpAfter: 0.2, ifAlreadyThere: 'error' },
		});
		expect(words(result)).toMatch(expected);
	});
});
