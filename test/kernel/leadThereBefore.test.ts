import type { IDataObject } from 'n8n-workflow';
import { squadVoiceAccounts } from '../../sandbox';
import { leads, onError } from '../support/fixtures';
import { outcomesOf } from '../support/results';
import { useSandbox } from '../support/sandbox';

/** A create of which nothing arrives, and the lead was there before: what is found then is not taken for ours. */
const scene = useSandbox();
const lostBefore = (times = 1) =>
	scene.world.faults.add({ kind: 'resetBefore', method: 'POST', times });
const variables = (color: string) => ({
	customFieldsMode: 'define',
	customFields: { field: [{ name: 'color', value: color }] },
});

describe('Autocalls', () => {
	it('is a duplicate if the lead has other variables, with the data of the item', async () => {
		await scene.autocalls({ items: leads(1), parameters: variables('red') });
		lostBefore();
		const result = await scene.autocalls({ items: leads(1), parameters: variables('blue') });
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'duplicate',
			phoneNumber: '+12062000000',
			variables: { color: 'blue' },
			matchedBy: 'phone number +12062000000',
			leadId: expect.any(Number),
		});
	});

	it('is a duplicate if the lead has other secondary contacts', async () => {
		await scene.autocalls({ items: leads(1) });
		lostBefore();
		const secondaryContacts = { contact: [{ phoneNumber: '+12062000009' }] };
		const result = await scene.autocalls({ items: leads(1), parameters: { secondaryContacts } });
		expect(outcomesOf(result)).toEqual({ duplicate: 1 });
	});

	it('is an error with Report as Error', async () => {
		await scene.autocalls({ items: leads(1), parameters: variables('red') });
		lostBefore();
		const result = await scene.autocalls({
			items: leads(1),
			parameters: variables('blue'),
			options: { ifAlreadyThere: 'error' },
			settings: onError.continue,
		});
		expect(outcomesOf(result)).toEqual({ refused: 1 });
	});

	it('is a duplicate if the lead has variables and the item has none', async () => {
		await scene.autocalls({ items: leads(1), parameters: variables('red') });
		lostBefore();
		const result = await scene.autocalls({ items: leads(1) });
		expect(outcomesOf(result)).toEqual({ duplicate: 1 });
	});

	it('is created if only the reply was lost', async () => {
		scene.world.faults.add({ kind: 'resetAfter', method: 'POST', times: 1 });
		const result = await scene.autocalls({ items: leads(1), parameters: variables('blue') });
		expect(outcomesOf(result)).toEqual({ created: 1 });
	});
});

describe('SquadVoice', () => {
	it('v1: is a duplicate with a note if another person has the Lead ID', async () => {
		await scene.squadVoice({ items: leads(1) });
		lostBefore();
		const items = leads(1).map((lead) => ({ ...lead, name: 'Bob', phone: '+12062000009' }));
		const result = await scene.squadVoice({ items });
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'duplicate',
			phoneNumber: '+12062000009',
			note: expect.stringContaining('another number or name'),
			matchedBy: 'lead ID L0',
		});
	});

	it('v4: is unknown if the vendor says of every ID that it has it, as a maintenance page does', async () => {
		const { campaign, token } = squadVoiceAccounts.v4;
		lostBefore();
		const body = { message: 'down for maintenance' };
		scene.world.faults.add({ kind: 'status', status: 200, body, method: 'PATCH' });
		const result = await scene.squadVoice({
			parameters: { campaign: { __rl: true, mode: 'id', value: campaign } },
			credentials: { apiVersion: 'v4', accessToken: token },
			items: [{ id: 'L0', phone: '+919899550412', name: 'Ann' }],
			settings: onError.continue,
		});
		expect(outcomesOf(result)).toEqual({ unknown: 1 });
	});

	it('v4: asks without changing the lead that is there', async () => {
		const { campaign, token } = squadVoiceAccounts.v4;
		const scenario = {
			parameters: { campaign: { __rl: true, mode: 'id', value: campaign } },
			credentials: { apiVersion: 'v4', accessToken: token },
		};
		const item: IDataObject = { id: 'L0', phone: '+919899550412', name: 'Ann' };
		await scene.squadVoice({ ...scenario, items: [item] });
		lostBefore();
		await scene.squadVoice({ ...scenario, items: [{ ...item, name: 'Bob' }] });
		const names = [...scene.world.squadVoice.leads.values()].map(({ contactName }) => contactName);
		expect(names).toEqual(['Ann']);
	});
});

describe('Close', () => {
	const ann = { name: 'Ann', phone: '+12062000000', email: 'ann@x.yz' };

	it('is a duplicate if the lead has only a part of the contacts', async () => {
		await scene.close({ items: [ann] });
		// The search before the create does not see the lead yet.
		scene.world.faults.add({
			kind: 'status',
			status: 200,
			body: { data: [] },
			path: 'search',
			nth: 1,
		});
		scene.world.faults.add({ kind: 'resetBefore', method: 'POST', path: /lead\/$/, nth: 1 });
		const result = await scene.close({ items: [{ ...ann, email: 'ann@home.yz' }] });
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'duplicate',
			email: 'ann@home.yz',
			matchedBy: 'phone number +12062000000 and name',
		});
	});

	it('is created if only the reply was lost', async () => {
		scene.world.faults.add({ kind: 'resetAfter', method: 'POST', path: /lead\/$/, nth: 1 });
		const result = await scene.close({ items: [ann] });
		expect(outcomesOf(result)).toEqual({ created: 1 });
	});
});

describe('Aktify', () => {
	it('is created with a note: it cannot be asked since when it has the number', async () => {
		await scene.aktify({ items: leads(1) });
		lostBefore();
		const result = await scene.aktify({ items: leads(1) });
		expect(result.items[0]?.json).toMatchObject({
			outcome: 'created',
			note: expect.stringContaining('it may be from before'),
		});
	});
});
