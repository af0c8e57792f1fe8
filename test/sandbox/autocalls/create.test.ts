import { autocallsAccounts } from '../../../sandbox';
import { bearer, send, useSandbox } from '../helpers';

const sandbox = useSandbox();
const { one, two } = autocallsAccounts;
const json = { accept: 'application/json' };

const moment = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
const lead = { phone_number: '+15095551234', campaign_id: 1 };

async function create(body: unknown, key: string = one.key) {
	const url = `${sandbox().url}/autocalls/user/lead`;
	return await send(url, { json: body, headers: { ...bearer(key), ...json } });
}

const held = () => sandbox().world.autocalls.leads.size;

describe('Autocalls: create a lead', () => {
	it('answers as the Autocalls API page shows', async () => {
		const variables = { customer_name: 'John Doe', age: 41, tags: ['a'] };
		const contact = { phone_number: '+15095551235', variables: { customer_name: 'Jane Doe' } };
		const body = {
			...lead,
			variables,
			secondary_contacts: [contact, { phone_number: '+4420123' }],
		};
		const reply = await create(body);
		const stamps = { status: 'created', created_at: moment, updated_at: moment };
		expect([reply.status, reply.json]).toEqual([
			200,
			{
				message: 'Lead created successfully',
				data: {
					id: 1,
					...lead,
					variables,
					...stamps,
					campaign: { id: 1, name: 'Spring Outreach' },
					secondary_contacts: [
						{ id: 2, ...contact, ...stamps },
						{ id: 3, phone_number: '+4420123', variables: {}, ...stamps },
					],
				},
			},
		]);
		expect(sandbox().world.requests).toMatchObject([{ vendor: 'autocalls', effect: true }]);
		expect(sandbox().world.autocalls.leads.get(2)).toMatchObject({ mainId: 1 });
		expect(sandbox().world.autocalls.find(1, '+15095551235')).toBeUndefined();
		expect(sandbox().world.ledger('autocalls')).toMatchObject({ held: 1, secondary: 2 });
	});

	it('accepts a minimal lead, numbers as text, null and unknown fields', async () => {
		const reply = await create({
			phone_number: ' +1234567890 ',
			campaign_id: '2',
			variables: null,
			allow_dupplicate: 0,
			secondary_contacts: null,
			colour: 'red',
		});
		expect([reply.status, reply.json]).toMatchObject([
			200,
			{ data: { phone_number: '+1234567890', campaign_id: 2, variables: {} } },
		]);
	});

	it.each([
		['a missing phone_number', { phone_number: undefined }, 'phone_number'],
		['an empty phone_number', { phone_number: '' }, 'phone_number'],
		['a numeric phone_number', { phone_number: 15095551234 }, 'phone_number'],
		['a missing campaign_id', { campaign_id: undefined }, 'campaign_id'],
		['a campaign_id that is not a number', { campaign_id: 'one' }, 'campaign_id'],
		['a fractional campaign_id', { campaign_id: 1.5 }, 'campaign_id'],
		['variables as text', { variables: 'x' }, 'variables'],
		['variables as a list', { variables: ['x'] }, 'variables'],
		['allow_dupplicate as text', { allow_dupplicate: 'true' }, 'allow_dupplicate'],
		['secondary contacts that are not a list', { secondary_contacts: {} }, 'secondary_contacts'],
		[
			'more than ten secondary contacts',
			{ secondary_contacts: Array.from({ length: 11 }, () => ({ phone_number: '+15095559999' })) },
			'secondary_contacts',
		],
		[
			'a secondary contact without a phone_number',
			{ secondary_contacts: [{}] },
			'secondary_contacts.0.phone_number',
		],
		[
			'a secondary contact with invalid variables',
			{ secondary_contacts: [{ phone_number: '+4420123', variables: 1 }] },
			'secondary_contacts.0.variables',
		],
		[
			'secondary contacts in an SMS campaign',
			{ campaign_id: 3, secondary_contacts: [{ phone_number: '+15095551235' }] },
			'secondary_contacts',
		],
	])('rejects %s', async (_what, change, field) => {
		const reply = await create({ ...lead, ...change });
		expect([reply.status, reply.json]).toEqual([
			422,
			{ message: 'Validation failed', errors: { [field]: [expect.any(String)] } },
		]);
		expect(held()).toBe(0);
		expect(sandbox().world.requests).toMatchObject([{ effect: false }]);
	});

	it('names every invalid field, even when the body is not JSON', async () => {
		const both = { phone_number: [expect.any(String)], campaign_id: [expect.any(String)] };
		expect((await create([lead])).json).toMatchObject({ errors: both });
		const url = `${sandbox().url}/autocalls/user/lead`;
		const headers = { ...bearer(one.key), ...json, 'content-type': 'application/json' };
		const broken = await send(url, { text: '{', headers });
		expect([broken.status, broken.json]).toMatchObject([422, { errors: both }]);
	});

	it.each(['5095551234', '15095551234', '+1 509 555 1234', '+0123456789', '+123456', 'text'])(
		'rejects the phone number %s',
		async (phone) => {
			const main = await create({ ...lead, phone_number: phone });
			const second = await create({ ...lead, secondary_contacts: [{ phone_number: phone }] });
			const rejected = [422, { message: 'Invalid phone number' }];
			expect([main.status, main.json]).toEqual(rejected);
			expect([second.status, second.json]).toEqual(rejected);
			expect(held()).toBe(0);
		},
	);

	it('answers 404 for an unknown campaign, or one of another account', async () => {
		const unknown = [404, { message: 'Campaign not found' }];
		for (const campaign of [0, 31, 101]) {
			const reply = await create({ ...lead, campaign_id: campaign });
			expect([reply.status, reply.json]).toEqual(unknown);
		}
		expect((await create({ ...lead, campaign_id: 101 }, two.key)).status).toBe(200);
		expect((await create(lead, two.key)).status).toBe(404);
	});
});

describe('Autocalls: duplicates', () => {
	it('rejects a number that its campaign already has, and accepts it in another campaign', async () => {
		expect((await create(lead)).status).toBe(200);
		for (const flag of [undefined, false]) {
			const again = await create({ ...lead, allow_dupplicate: flag });
			expect([again.status, again.json]).toEqual([
				422,
				{
					message: 'Lead already exists in this campaign',
					errors: { phone_number: [expect.any(String)] },
				},
			]);
		}
		expect((await create({ ...lead, campaign_id: 2 })).status).toBe(200);
		const ledger = { held: 2, doubled: 0, disabled: 0, secondary: 0, allowedDuplicates: 0 };
		expect(sandbox().world.ledger('autocalls')).toEqual(ledger);
	});

	it('creates another lead with allow_dupplicate', async () => {
		await create(lead);
		const again = await create({ ...lead, allow_dupplicate: true });
		expect([again.status, again.json]).toMatchObject([200, { data: { id: 2 } }]);
		expect(sandbox().world.ledger('autocalls')).toMatchObject({
			held: 2,
			doubled: 0,
			allowedDuplicates: 1,
		});
		expect(sandbox().world.autocalls.find(1, lead.phone_number)?.id).toBe(1);
	});

	it('counts accepted duplicates by number, deleted or not', async () => {
		const { autocalls } = sandbox().world;
		autocalls.rejectDuplicates = false;
		for (let times = 0; times < 3; times++) expect((await create(lead)).status).toBe(200);
		await create({ ...lead, campaign_id: 2 });
		expect(sandbox().world.ledger('autocalls')).toMatchObject({ held: 4, doubled: 1 });
		for (const id of [1, 2, 3]) {
			const url = `${sandbox().url}/autocalls/user/leads/${id}`;
			await send(url, { method: 'DELETE', headers: { ...bearer(one.key), ...json } });
		}
		expect(sandbox().world.ledger('autocalls')).toMatchObject({ held: 1, doubled: 1 });
		sandbox().world.reset();
		expect(autocalls.rejectDuplicates).toBe(true);
		expect(sandbox().world.ledger('autocalls')).toMatchObject({ held: 0, doubled: 0 });
		expect((await create(lead)).json).toMatchObject({ data: { id: 1 } });
	});

	it('accepts a deleted number again, and the number of a secondary contact', async () => {
		const contact = { phone_number: '+15095559999' };
		await create({ ...lead, secondary_contacts: [contact] });
		expect((await create({ ...lead, ...contact })).status).toBe(200);
		const url = `${sandbox().url}/autocalls/user/leads/1`;
		await send(url, { method: 'DELETE', headers: { ...bearer(one.key), ...json } });
		expect((await create(lead)).status).toBe(200);
		expect(sandbox().world.ledger('autocalls')).toMatchObject({ held: 2, doubled: 0 });
	});
});
