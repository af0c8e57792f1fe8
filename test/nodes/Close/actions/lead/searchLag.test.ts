import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { closeAccounts, closeAuthorization, closeFields } from '../../../../../sandbox';
import { phoneOf } from '../../../../support/fixtures';
import { errorText, outcomesOf } from '../../../../support/results';
import { mapped, people, useClose } from '../../fixtures';

const { sandbox, close, requestsTo, createRequests, storedLeads, ledger } = useClose();

const lists = () => requestsTo('GET', '/lead/');

/** Calls Close as another process does. */
async function elsewhere(method: string, path: string, json?: object): Promise<void> {
	const response = await fetch(`${sandbox.url}/close${path}`, {
		method,
		headers: {
			authorization: closeAuthorization(closeAccounts.two.key),
			'content-type': 'application/json',
		},
		body: json && JSON.stringify(json),
	});
	expect(response.status).toBeLessThan(300);
}

describe('Close: leads that search does not show yet', () => {
	beforeEach(() => {
		sandbox.world.close.indexLagMs = 60_000;
	});

	it('a second run does not create again what the first one created', async () => {
		expect(outcomesOf(await close({ items: people(5) }))).toEqual({ created: 5 });
		const second = await close({ items: people(6) });
		expect(outcomesOf(second)).toEqual({ duplicate: 5, created: 1 });
		expect(ledger()).toMatchObject({ held: 6, doubled: 0 });
	});

	it('a second run updates what the first one created', async () => {
		const parameters = { operation: 'upsert', matchBy: { key: [{ by: 'phone' }] } };
		expect(outcomesOf(await close({ items: people(3), parameters }))).toEqual({ created: 3 });
		expect(outcomesOf(await close({ items: people(3), parameters }))).toEqual({ updated: 3 });
		expect(ledger()).toMatchObject({ held: 3, doubled: 0 });
	});

	it('a second run finds by custom field, URL and name what the first one created', async () => {
		const fieldId = closeFields.text.id;
		const scene = (key: IDataObject) => ({
			items: [{ name: 'Ann' }],
			parameters: {
				operation: 'upsert',
				additionalFields: { url: 'https://acme.example' },
				customFields: mapped({ [fieldId]: 'customer-1' }),
				matchBy: { key: [key] },
			},
		});
		await close(scene({ by: 'name' }));
		const keys = [
			{ by: 'name' },
			{ by: 'url' },
			{ by: 'customField', fieldId, value: 'customer-1' },
		];
		for (const key of keys) expect(outcomesOf(await close(scene(key)))).toEqual({ updated: 1 });
	});

	it('finds what another process created', async () => {
		const contacts = [{ name: 'Person 1', phones: [{ phone: phoneOf(1), type: 'mobile' }] }];
		await elsewhere('POST', '/lead/', { name: 'Person 1', contacts });
		expect(outcomesOf(await close({ items: people(3) }))).toEqual({ created: 2, duplicate: 1 });
		expect(ledger()).toMatchObject({ held: 3, doubled: 0 });
	});

	it('creates again what was deleted meanwhile', async () => {
		await close({ items: people(1) });
		await elsewhere('DELETE', `/lead/${storedLeads()[0]?.id ?? ''}/`);
		expect(outcomesOf(await close({ items: people(1) }))).toEqual({ created: 1 });
	});

	it('reads the list some times in a run, not once for each lead', async () => {
		expect(outcomesOf(await close({ items: people(60) }))).toEqual({ created: 60 });
		expect(lists().length).toBeGreaterThan(0);
		expect(lists().length).toBeLessThan(5);
	});

	it('finds what another process created during the run', async () => {
		const items = people(40);
		const headers = { 'retry-after': '6' };
		const busy = { kind: 'status', status: 429, headers, method: 'POST', path: '/lead/' } as const;
		sandbox.world.faults.add({ ...busy, nth: 30 });
		const run = close({ items, options: { requestsAtOnce: 1 } });
		while (createRequests().length < 5) await sleep(1);
		const contacts = [{ name: 'Person 39', phones: [{ phone: phoneOf(39), type: 'mobile' }] }];
		await elsewhere('POST', '/lead/', { name: 'Person 39', contacts });
		expect(outcomesOf(await run)).toEqual({ created: 39, duplicate: 1 });
	});
});

describe('Close: many leads that resemble the one', () => {
	it('finds it among 1,500', async () => {
		const seeds = sandbox.world.close.seedLeads(1_500);
		seeds.forEach((lead, index) => Object.assign(lead, { name: `Acme ${index}`, contacts: [] }));
		Object.assign(seeds[1_400] ?? {}, { name: 'Acme' });
		const result = await close({ items: [{ name: 'ACME' }] });
		expect(outcomesOf(result)).toEqual({ duplicate: 1 });
		expect(result.items[0]?.json).toMatchObject({ leadId: seeds[1_400]?.id });
	});

	it('refuses where there are too many', async () => {
		const seeds = sandbox.world.close.seedLeads(10_000);
		seeds.forEach((lead, index) => Object.assign(lead, { name: `Acme ${index}`, contacts: [] }));
		const result = await close({ items: [{ name: 'Acme' }] });
		expect(errorText(result)).toMatch(/Close finds 10,000 leads or more for "name Acme"/);
		expect(createRequests()).toEqual([]);
	});
});

describe('Close: names without letters', () => {
	it.each(['123', '7-Eleven', '李', '№ 5'])('creates %s once', async (name) => {
		expect(outcomesOf(await close({ items: [{ name }] }))).toEqual({ created: 1 });
		expect(outcomesOf(await close({ items: [{ name }] }))).toEqual({ duplicate: 1 });
	});

	it.each(['???', '🎉', '- -', '…'])('cannot search for %s alone, and says so', async (name) => {
		const result = await close({ items: [{ name }] });
		expect(errorText(result)).toMatch(/^Name: ".+" has no letters or digits.*\[item 0, /);
		expect(createRequests()).toEqual([]);
		const options = { ifAlreadyThere: 'create' };
		expect(outcomesOf(await close({ items: [{ name }], options }))).toEqual({ created: 1 });
	});

	it.each(['???', '🎉'])('searches for %s by its phone number', async (name) => {
		const items = [{ name, phone: phoneOf(1) }];
		expect(outcomesOf(await close({ items }))).toEqual({ created: 1 });
		expect(outcomesOf(await close({ items }))).toEqual({ duplicate: 1 });
	});

	it('Search says so, too', async () => {
		const parameters = { operation: 'search', filters: { name: '???' } };
		const result = await close({ items: [{}], parameters });
		expect(errorText(result)).toMatch(/^Name: "\?\?\?" has no letters or digits/);
	});
});
