import type { IDataObject } from 'n8n-workflow';
import { closeFields } from '../../../../../sandbox';
import type { FaultKind } from '../../../../../sandbox';
import { onError } from '../../../../support/fixtures';
import { errorText, outcomesOf, pairs } from '../../../../support/results';
import { mapped, people, useClose } from '../../fixtures';

const { sandbox, close, requests, storedLeads, ledger } = useClose();

describe('Close: Create or Update Lead', () => {
	const upsert = async (items: IDataObject[], parameters: IDataObject = {}, more: object = {}) =>
		await close({ items, parameters: { operation: 'upsert', ...parameters }, ...more });
	const keys = (...by: string[]) => ({ key: by.map((name) => ({ by: name })) });

	it('creates a missing lead, and fills only empty fields of an existing one', async () => {
		sandbox.world.close.seedLeads(1, { description: 'kept' });
		const result = await upsert(
			[
				{ name: 'Seed Person 1', phone: '+15092000001', email: 'other@example.com' },
				{ name: 'New', phone: '+15092000099' },
			],
			{
				matchBy: keys('email', 'phone'),
				additionalFields: { description: 'changed', url: 'https://filled.example' },
			},
		);
		expect(result.items.map(({ json }) => [json.outcome, json.changedFields])).toEqual([
			['updated', ['url']],
			['created', undefined],
		]);
		expect(storedLeads()[0]).toMatchObject({ name: 'Seed Lead 1', description: 'kept' });
		expect(ledger()).toMatchObject({ held: 2, doubled: 0 });
	});

	it('returns the lead as Close sent it with Simplify off', async () => {
		const [lead] = sandbox.world.close.seedLeads(1);
		const items = [
			{ name: 'Seed Person 1', phone: '+15092000001' },
			{ name: 'New', phone: '+15092000099' },
		];
		const parameters = {
			matchBy: keys('phone'),
			additionalFields: { url: 'https://filled.example' },
		};
		for (const changedFields of [['url'], []]) {
			const result = await upsert(items, parameters, { options: { simplify: false } });
			expect(result.items[0]?.json).toMatchObject({
				outcome: 'updated',
				raw: {
					id: lead?.id,
					html_url: expect.any(String),
					contact_ids: [expect.any(String)],
				},
				changedFields,
			});
			expect(result.items[1]?.json).toMatchObject({ raw: { id: storedLeads()[1]?.id } });
			expect(result.items[0]?.json).not.toHaveProperty('leadId');
		}
	});

	it('replaces fields of the lead found by each match key', async () => {
		const [lead] = sandbox.world.close.seedLeads(1, {
			url: 'http://acme.example/',
			custom: { [closeFields.text.id]: 'customer-1' },
		});
		const value = { [closeFields.text.id]: 'customer-1' };
		for (const key of [
			{ by: 'leadId', value: lead?.id },
			{ by: 'customField', fieldId: closeFields.text.id, value: value[closeFields.text.id] },
			{ by: 'url' },
			{ by: 'phone' },
			{ by: 'email' },
		]) {
			const result = await upsert(
				[{ name: `By ${key.by}`, phone: '+15092000001', email: 'SEED-1@example.com' }],
				{
					matchBy: { key: [key] },
					ifFound: 'replace',
					additionalFields: { url: 'https://ACME.example' },
				},
			);
			expect(errorText(result)).toBe(' ');
			expect(result.items[0]?.json).toMatchObject({ outcome: 'updated', name: `By ${key.by}` });
			Object.assign(storedLeads()[0] ?? {}, { url: 'http://acme.example/' });
		}
		const named = await upsert([{ name: 'by EMAIL' }], { matchBy: keys('name') });
		expect(named.items[0]?.json).toMatchObject({ outcome: 'updated', changedFields: [] });
		expect(storedLeads()).toHaveLength(1);
	});

	it('fails, updates the oldest, or updates all when several leads match', async () => {
		const double = [...sandbox.world.close.seedLeads(1), ...sandbox.world.close.seedLeads(1)];
		Object.assign(double[1] ?? {}, { createdAt: Date.now() + 1_000 });
		const item = { name: 'Seed Person 1', phone: '+15092000001' };
		const parameters = { matchBy: keys('phone'), ifFound: 'replace' };
		const failed = await upsert([item], parameters, { settings: onError.continue });
		expect(String(failed.items[0]?.json.error)).toMatch(/^2 leads match/);
		const first = await upsert([item], { ...parameters, ifSeveral: 'first' });
		expect(first.items.map(({ json }) => json.leadId)).toEqual([double[0]?.id]);
		const all = await upsert([item], { ...parameters, ifSeveral: 'all' });
		expect(all.items).toHaveLength(2);
		expect(pairs(all.items)).toEqual([0, 0]);
	});

	it('treats keys that differ in case as two leads, even after a lost response', async () => {
		sandbox.world.faults.add({ kind: 'resetBefore', method: 'POST', path: /\/lead\/$/, nth: 2 });
		const fieldId = closeFields.text.id;
		const result = await upsert(
			[
				{ name: 'Ann', key: '001A000001abcDE' },
				{ name: 'Bob', key: '001A000001abcdE' },
			],
			{
				name: '={{ $json.name }}',
				contacts: {},
				ifFound: 'replace',
				matchBy: { key: [{ by: 'customField', fieldId, value: '={{ $json.key }}' }] },
				customFields: mapped({ [fieldId]: '={{ $json.key }}' }),
			},
			{ options: { requestsAtOnce: 1 } },
		);
		expect(outcomesOf(result)).toEqual({ created: 2 });
		expect(storedLeads().map(({ name, custom }) => [name, custom])).toEqual([
			['Ann', { [fieldId]: '001A000001abcDE' }],
			['Bob', { [fieldId]: '001A000001abcdE' }],
		]);
	});

	it('rejects an item without a value for any match key', async () => {
		const result = await upsert([{ name: 'X' }], { matchBy: keys('email', 'phone') });
		expect(errorText(result)).toMatch(/None of the keys in Match By has a value/);
		expect(requests()).toHaveLength(0);
	});
});

describe('Close: Create or Update Lead after a lost response', () => {
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
		await close({
			items: people(3),
			parameters: { operation: 'upsert', matchBy: { key: [{ by: 'phone' }] } },
			options: short,
		});
		expect(ledger()).toMatchObject({ held: 3, doubled: 0 });
	});
});
