import type { IDataObject } from 'n8n-workflow';
import { closeFields, closeStatuses } from '../../../../../sandbox';
import type { FaultKind } from '../../../../../sandbox';
import { onError, phoneOf } from '../../../../support/fixtures';
import { errorText, outcomesOf, pairs } from '../../../../support/results';
import { mapped, people, status, useClose } from '../../fixtures';

const { sandbox, close, requests, createRequests, storedLeads, ledger } = useClose();

describe('Close: Create Lead', () => {
	it('maps every field to the name that Close uses', async () => {
		const result = await close({
			items: [{}],
			parameters: {
				name: 'Bluth Company',
				status: status(closeStatuses.qualified.id),
				additionalFields: { description: 'Best. Show. Ever.', url: 'https://bluth.example' },
				addresses: {
					address: [
						{
							label: 'business',
							address1: '747 Howard St',
							address2: 'Room 3',
							city: 'San Francisco',
							state: 'CA',
							zipCode: '94103',
							country: 'US',
						},
					],
				},
				contacts: {
					contact: [
						{
							name: 'Gob',
							title: 'Sr. Vice President',
							emails: { email: [{ email: 'gob@example.com', type: 'office' }] },
							phones: {
								phone: [
									{ phone: '(800) 444-5555 x7', type: 'office' },
									{ phone: '+1 206 200 0001', type: 'mobile' },
								],
							},
							urls: { url: [{ url: 'https://gob.example', type: 'url' }] },
						},
						{ name: '', phones: { phone: [{ phone: '' }] } },
					],
				},
				customFields: mapped(
					{
						[closeFields.text.id]: 'customer-1',
						[closeFields.number.id]: '7',
						[closeFields.choice.id]: 'Website',
						[closeFields.choices.id]: '["IT", "Cars"]',
						[closeFields.date.id]: '2026-12-01',
					},
					{ [closeFields.number.id]: 'number', [closeFields.choices.id]: 'array' },
				),
			},
			options: { defaultCountry: 'US' },
		});
		expect(errorText(result)).toBe(' ');
		expect(createRequests().map(({ body }) => body)).toEqual([
			{
				name: 'Bluth Company',
				status_id: closeStatuses.qualified.id,
				description: 'Best. Show. Ever.',
				url: 'https://bluth.example',
				addresses: [
					{
						label: 'business',
						address_1: '747 Howard St',
						address_2: 'Room 3',
						city: 'San Francisco',
						state: 'CA',
						zipcode: '94103',
						country: 'US',
					},
				],
				[`custom.${closeFields.text.id}`]: 'customer-1',
				[`custom.${closeFields.number.id}`]: 7,
				[`custom.${closeFields.choice.id}`]: 'Website',
				[`custom.${closeFields.choices.id}`]: ['IT', 'Cars'],
				[`custom.${closeFields.date.id}`]: '2026-12-01',
				contacts: [
					{
						name: 'Gob',
						title: 'Sr. Vice President',
						emails: [{ email: 'gob@example.com', type: 'office' }],
						phones: [
							{ phone: '+18004445555', type: 'office' },
							{ phone: '+12062000001', type: 'mobile' },
						],
						urls: [{ url: 'https://gob.example', type: 'url' }],
					},
				],
			},
		]);
		expect(result.items[0]?.json).toEqual({
			outcome: 'created',
			leadId: storedLeads()[0]?.id,
			name: 'Bluth Company',
			contactName: 'Gob',
			phoneNumber: '+18004445555',
			phoneExtension: '7',
			email: 'gob@example.com',
			leadStatus: 'Qualified',
			statusId: closeStatuses.qualified.id,
			url: 'https://bluth.example',
			customFields: {
				[closeFields.text.id]: 'customer-1',
				[closeFields.number.id]: 7,
				[closeFields.choice.id]: 'Website',
				[closeFields.choices.id]: ['IT', 'Cars'],
				[closeFields.date.id]: '2026-12-01',
			},
			createdAt: expect.any(String),
			updatedAt: expect.any(String),
			itemIndex: 0,
		});
		expect(Object.keys(result.items[0]?.json ?? {}).slice(0, 6)).toEqual([
			'outcome',
			'name',
			'phoneNumber',
			'email',
			'contactName',
			'leadId',
		]);
	});

	it('maps columns named after custom fields automatically', async () => {
		const schema = [
			{ id: closeFields.text.id, displayName: 'External ID', type: 'string' },
			{ id: closeFields.number.id, displayName: '# of users', type: 'number' },
		];
		await close({
			items: [{ ...people(1)[0], 'External ID': 'x', [closeFields.number.id]: 3, other: 1 }],
			parameters: { customFields: { mappingMode: 'autoMapInputData', value: null, schema } },
		});
		expect(createRequests()[0]?.body).toMatchObject({
			[`custom.${closeFields.text.id}`]: 'x',
			[`custom.${closeFields.number.id}`]: 3,
		});
	});

	it.each([
		[{ name: '', phone: '', city: 'Orange' }, /Contact Name, Phone Number, Email and More Contacts are all empty/],
		[{ phone: '+1 206 555 01' }, /Phone Number of a contact/],
		[{ phone: '206 200 0000' }, /Phone Number of a contact/],
		[{ email: 'nobody' }, /"nobody" is not an email address/],
	])('rejects %j before anything is sent', async (change: IDataObject, expected) => {
		const result = await close({ items: [{ ...people(1)[0], ...change }] });
		expect(errorText(result)).toMatch(expected);
		expect(requests()).toHaveLength(0);
	});

	it('skips an empty row', async () => {
		const items = [{ ...people(1)[0], name: '', phone: '' }];
		expect(outcomesOf(await close({ items }))).toEqual({ skipped: 1 });
		expect(requests()).toHaveLength(0);
	});

	it('reports an existing lead as duplicate or error, or creates it again', async () => {
		await close({ items: people(2) });
		const duplicates = await close({ items: people(3) });
		expect(outcomesOf(duplicates)).toEqual({ duplicate: 2, created: 1 });
		expect(duplicates.items[0]?.json.leadId).toBe(
			storedLeads().find(({ name }) => name === 'Person 0')?.id,
		);
		const strict = await close({
			items: people(1),
			options: { ifAlreadyThere: 'error' },
			settings: onError.branch,
		});
		expect(outcomesOf(strict)).toEqual({ refused: 1 });
		const again = await close({ items: people(1), options: { ifAlreadyThere: 'create' } });
		expect(outcomesOf(again)).toEqual({ created: 1 });
		expect(ledger()).toMatchObject({ held: 4, doubled: 1 });
	});

	it('returns the lead as Close sent it with Simplify off, also after a lost response', async () => {
		sandbox.world.faults.add({ kind: 'resetAfter', method: 'POST', path: '/lead/', nth: 2 });
		const parameters = { addresses: { address: [{ city: 'Reno' }] } };
		const result = await close({
			items: people(2),
			parameters,
			options: { simplify: false, requestsAtOnce: 1 },
		});
		expect(result.items).toHaveLength(2);
		for (const [index, { json }] of result.items.entries()) {
			const lead = storedLeads()[index];
			expect(json).toMatchObject({
				outcome: 'created',
				raw: {
					id: lead?.id,
					html_url: expect.stringContaining('https://app.close.com/lead/'),
					contact_ids: lead?.contacts.map(({ id }) => id),
					addresses: [expect.objectContaining({ city: 'Reno' })],
				},
			});
			expect(json).not.toHaveProperty('leadId');
		}
	});

	it('does not treat a similar name as a duplicate', async () => {
		await close({ items: [{ name: 'Acme Inc' }] });
		const result = await close({ items: [{ name: 'Acme' }, { name: 'ACME inc' }] });
		expect(result.items.map(({ json }) => json.outcome)).toEqual(['created', 'duplicate']);
	});

	it('treats items of one person as one lead while search lags behind', async () => {
		sandbox.world.close.indexLagMs = 60_000;
		const items = [
			{ name: 'A', phone: phoneOf(1) },
			{ name: 'B', phone: phoneOf(2), email: 'b@example.com' },
			{ name: 'B', phone: phoneOf(3), email: 'B@example.com' },
			{ name: 'A', phone: phoneOf(1), email: 'd@example.com' },
			{ name: 'A', email: 'd@example.com' },
		];
		const result = await close({ items });
		expect(result.items.map(({ json }) => [json.outcome, json.duplicateOf])).toEqual([
			['created', undefined],
			['created', undefined],
			['duplicate', 1],
			['duplicate', 0],
			// It is like the item before, which was not sent, and like none that Close has.
			['created', undefined],
		]);
		expect(pairs(result.items)).toEqual([0, 1, 2, 3, 4]);
		expect(ledger()).toMatchObject({ held: 3, doubled: 0 });
	});

	it('reports field errors by field, on the item they belong to', async () => {
		const items = [...people(3), { name: 'Bad', phone: phoneOf(9), email: 'a@b.c' }];
		const result = await close({
			items,
			parameters: {
				customFields: mapped({ [closeFields.user.id]: '={{ $json.email ? "Nobody" : "" }}' }),
			},
			settings: onError.continue,
		});
		expect(outcomesOf(result)).toEqual({ created: 3, refused: 1 });
		const output = JSON.stringify(result.items[3]?.json);
		expect(output).toContain(`custom.${closeFields.user.id}: Object does not exist.`);
		expect(output).toContain('contacts.1.emails.1.email: Invalid email address.');
		expect(output).toContain('See the field named above');
	});

	it('explains HTTP 402 as a limit of the plan', async () => {
		sandbox.world.close.planLimitReached = true;
		const result = await close({ items: people(1) });
		expect(errorText(result)).toMatch(/HTTP 402.*plan of your Close organization/);
	});

	it('shows the request and sends nothing with Preview Only', async () => {
		const result = await close({ items: people(2), options: { previewOnly: true } });
		expect(outcomesOf(result)).toEqual({ preview: 2 });
		expect(result.items[0]?.json.request).toMatchObject({
			method: 'POST',
			url: `${sandbox.url}/close/lead/`,
			body: { name: 'Person 0' },
		});
		expect(requests()).toHaveLength(0);
	});
});

describe('Close: Create Lead after a lost response', () => {
	const short = { timeout: 0.3, giveUpAfter: 30 };
	const kinds: FaultKind[] = [
		'resetAfter',
		'stallAfter',
		'brokenJson',
		'cutOff',
		'resetBefore',
		'stallBefore',
	];
	const cases = kinds.flatMap((kind) => [0, 60_000].map((lag) => [kind, lag] as const));

	it.each(cases)('creates no second lead: %s, search %i ms behind', async (kind, lag) => {
		sandbox.world.close.indexLagMs = lag;
		sandbox.world.faults.add({ kind, method: 'POST', path: '/lead/', nth: 1, ms: 1500 });
		const result = await close({ items: people(3), options: short });
		expect(outcomesOf(result)).toEqual({ created: 3 });
		expect(ledger()).toMatchObject({ held: 3, doubled: 0 });
	});

	it('creates no second lead among 600 while search lags behind', async () => {
		sandbox.world.close.indexLagMs = 5_000;
		sandbox.world.faults.add({ kind: 'resetBefore', method: 'POST', path: '/lead/', every: 40 });
		sandbox.world.faults.add({ kind: 'resetAfter', method: 'POST', path: '/lead/', every: 57 });
		const result = await close({ items: people(600) });
		expect(outcomesOf(result)).toEqual({ created: 600 });
		expect(ledger()).toMatchObject({ held: 600, doubled: 0 });
	});

	it('sends only the remaining leads when a failed execution is retried', async () => {
		sandbox.world.close.indexLagMs = 60_000;
		sandbox.world.faults.add({
			kind: 'status',
			status: 400,
			body: { errors: ['Not now.'] },
			method: 'POST',
			path: '/lead/',
			nth: 2,
		});
		const scene = { items: people(3), options: { requestsAtOnce: 1 } };
		const failed = await close(scene);
		expect(errorText(failed)).toMatch(/Not now.*So far: 1 created/);
		const result = await close({ ...scene, retryOf: failed });
		expect(outcomesOf(result)).toEqual({ created: 3 });
		expect(ledger()).toMatchObject({ held: 3, doubled: 0 });
	});
});
