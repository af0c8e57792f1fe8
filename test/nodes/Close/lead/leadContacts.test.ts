import type { IDataObject } from 'n8n-workflow';
import type { FaultRule } from '../../../../sandbox';
import { onError, phoneOf } from '../../../support/fixtures';
import { errorText, outcomesOf } from '../../../support/results';
import { people, useClose } from '../fixtures';

const { sandbox, close, requestsTo, createRequests, storedLeads, ledger } = useClose();

const contactReads = () => requestsTo('GET', '/contact/');
const upsertBy = (...by: string[]) => ({
	operation: 'upsert',
	matchBy: { key: by.map((name) => ({ by: name })) },
});

/** A lead of a company: only one of these people has the primary number, only one the primary email. */
function seedTeam() {
	const [lead] = sandbox.world.close.seedLeads(1);
	if (lead === undefined) throw new Error('No lead was made');
	const none = { title: null, emails: [], phones: [], urls: [] };
	const at = Date.now();
	for (const details of [
		{ ...none, name: 'Ann Lee', phones: [{ phone: phoneOf(1), type: 'office' }] },
		{ ...none, name: 'Bob Ray', emails: [{ email: 'bob@acme.example', type: 'office' }] },
		{
			...none,
			name: 'Cy Fox',
			phones: [
				{ phone: '+12062009998', type: 'office' },
				{ phone: phoneOf(3), type: 'mobile' },
			],
			emails: [{ email: 'cy@acme.example', type: 'office' }],
		},
	]) {
		sandbox.world.close.addContact(lead, details, lead.createdBy, at);
	}
	for (const first of lead.contacts.slice(0, 1)) sandbox.world.close.dropContact(first, at);
	Object.assign(lead, { name: 'Acme', writtenAt: 0 });
	return lead;
}

describe('Close: leads that come without their contacts', () => {
	beforeEach(() => {
		sandbox.world.close.omitsDeprecatedFields = true;
	});

	it.each<[string, IDataObject]>([
		['the number of the first contact', { name: 'Ann Lee', phone: phoneOf(1) }],
		['the second number of the last contact', { name: 'Cy Fox', phone: phoneOf(3) }],
		['the email of the last contact', { name: 'Cy Fox', email: 'CY@acme.example' }],
		[
			'the number and the email of one contact',
			{ name: 'C. F.', phone: phoneOf(3), email: 'cy@acme.example' },
		],
	])('are found by %s', async (_what, item) => {
		const lead = seedTeam();
		const created = await close({ items: [item] });
		expect(created.items.map(({ json }) => [json.outcome, json.leadId])).toEqual([
			['duplicate', lead.id],
		]);
		const updated = await close({ items: [item], parameters: upsertBy('phone', 'email') });
		expect(errorText(updated)).toBe(' ');
		expect(updated.items[0]?.json).toMatchObject({
			outcome: 'updated',
			leadId: lead.id,
			contactName: 'Ann Lee',
			phoneNumber: phoneOf(1),
			email: 'bob@acme.example',
		});
		expect(ledger()).toMatchObject({ held: 1, doubled: 0 });
	});

	it('are found before search shows them', async () => {
		Object.assign(seedTeam(), { writtenAt: Date.now() });
		sandbox.world.close.indexLagMs = 60_000;
		const items = [
			{ name: 'Cy Fox', phone: phoneOf(3) },
			{ name: 'Cy Fox', phone: phoneOf(4) },
		];
		expect(outcomesOf(await close({ items }))).toEqual({ duplicate: 1, created: 1 });
	});

	it('the primary number and email may be those of two people', async () => {
		seedTeam();
		const item = { name: 'Dee Poe', phone: phoneOf(1), email: 'bob@acme.example' };
		expect(outcomesOf(await close({ items: [item] }))).toEqual({ created: 1 });
	});

	it('where one value is enough, the primary ones decide without another request', async () => {
		seedTeam();
		const items = [
			{ name: 'X', phone: phoneOf(1) },
			{ name: 'Y', email: 'bob@acme.example' },
		];
		const result = await close({ items, options: { samePerson: 'sharedValue' } });
		expect(outcomesOf(result)).toEqual({ duplicate: 2 });
		expect(contactReads()).toHaveLength(0);
	});

	it('are read once in a run, not for each item, and not those that this process created', async () => {
		sandbox.world.close.indexLagMs = 60_000;
		const held = await close({ items: people(5) });
		expect(outcomesOf(held)).toEqual({ created: 5 });
		sandbox.world.close.seedLeads(4);
		const before = contactReads().length;
		const items = [...people(8), { name: 'Seed Person 2', phone: '+15092000002' }];
		expect(outcomesOf(await close({ items }))).toEqual({ duplicate: 6, created: 3 });
		expect(contactReads().length - before).toBeLessThanOrEqual(5);
		expect(ledger()).toMatchObject({ doubled: 0 });
	});

	it('Max Concurrent Requests counts for these as well', async () => {
		sandbox.world.close.seedLeads(6);
		sandbox.world.settings.latencyMs = 5;
		const parameters = { operation: 'search', limit: 6 };
		const result = await close({ items: [{}], parameters, options: { requestsAtOnce: 1 } });
		expect(result.items.map(({ json }) => json.contactName)).toEqual(
			expect.arrayContaining(['Seed Person 1', 'Seed Person 6']),
		);
		const times = contactReads().map(({ receivedAt }) => receivedAt);
		expect(times).toHaveLength(6);
		expect(times.slice(1).every((time, index) => time - (times[index] ?? 0) >= 4)).toBe(true);
	});

	const failures: Array<[string, Omit<FaultRule, 'method' | 'path'>]> = [
		['refused', { kind: 'status', status: 403 }],
		['not found', { kind: 'status', status: 404 }],
		['failing', { kind: 'status', status: 500 }],
		['cut off', { kind: 'resetBefore' }],
		[
			'incomplete',
			{ kind: 'otherReply', status: 200, body: { data: [{ id: 'cont_1' }], has_more: false } },
		],
		['empty', { kind: 'otherReply', status: 200, body: { data: [], has_more: false } }],
	];

	describe.each(failures)('whose contacts cannot be read: %s', (_how, fault) => {
		const item = { name: 'Cy Fox', phone: phoneOf(3) };
		const scene = { items: [item], options: { giveUpAfter: 2 }, settings: onError.continue };

		it.each([
			['Create', {}],
			['Create or Update', upsertBy('phone')],
		])('%s makes no second lead', async (_operation, parameters) => {
			seedTeam();
			sandbox.world.faults.add({ ...fault, method: 'GET', path: '/contact/' });
			const result = await close({ ...scene, parameters });
			expect(createRequests()).toHaveLength(0);
			expect(Object.keys(outcomesOf(result))).toEqual([
				expect.stringMatching(/^(notSent|refused)$/),
			]);
			expect(ledger()).toMatchObject({ held: 1, doubled: 0 });
		});

		it('after a lost response the outcome is unknown, and nothing is sent again', async () => {
			sandbox.world.faults.add({ kind: 'resetAfter', method: 'POST', path: '/lead/', nth: 1 });
			sandbox.world.faults.add({ ...fault, method: 'GET', path: '/contact/' });
			const contact = {
				name: '={{ $json.name }}',
				phones: { phone: [{ phone: phoneOf(1) }, { phone: '={{ $json.phone }}' }] },
			};
			const parameters = { name: 'Acme', contacts: { contact: [contact] } };
			expect(outcomesOf(await close({ ...scene, parameters }))).toEqual({ unknown: 1 });
			expect(createRequests()).toHaveLength(1);
		});
	});

	it('an error says what could not be read, and what to do', async () => {
		const lead = seedTeam();
		const body = { data: [], has_more: false };
		const empty = { kind: 'otherReply', status: 200, body } as const;
		sandbox.world.faults.add({ ...empty, method: 'GET', path: '/contact/' });
		const result = await close({
			items: [{ name: 'Cy Fox', phone: phoneOf(3) }],
			options: { giveUpAfter: 2 },
		});
		expect(errorText(result)).toContain(`Close does not show the contacts of lead ${lead.id}`);
	});

	it('a lead that is gone by now is no match', async () => {
		const { close: world } = sandbox.world;
		const lead = seedTeam();
		// Search still shows it.
		jest.spyOn(world, 'indexed').mockReturnValueOnce([lead]);
		world.dropLead(lead);
		const item = { name: 'Cy Fox', phone: phoneOf(3) };
		expect(outcomesOf(await close({ items: [item] }))).toEqual({ created: 1 });
	});

	it('a changed lead is updated, whether or not its contacts can be read for the output', async () => {
		const lead = seedTeam();
		sandbox.world.faults.add({ kind: 'status', status: 403, method: 'GET', path: '/contact/' });
		const result = await close({
			items: [{}],
			parameters: { operation: 'update', leadId: lead.id, updateFields: { description: 'new' } },
		});
		expect(result.items[0]?.json).toMatchObject({ outcome: 'updated', contactName: null });
		expect(storedLeads()[0]).toMatchObject({ description: 'new' });
	});
});

it('Close: contacts that come with the leads cost no request', async () => {
	seedTeam();
	sandbox.world.close.seedLeads(3);
	const items = [...people(5), { name: 'Cy Fox', phone: phoneOf(3) }];
	await close({ items });
	await close({ items, parameters: upsertBy('phone', 'email') });
	await close({ items: [{}], parameters: { operation: 'getAll', returnAll: true } });
	expect(contactReads()).toHaveLength(0);
});
