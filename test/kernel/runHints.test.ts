import type { IDataObject } from 'n8n-workflow';
import { processedStore } from '../support/engine';
import { leads, onError, phoneOf } from '../support/fixtures';
import { outcomesOf } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();
afterEach(() => processedStore.reset());

const messages = ({ hints }: { hints: Array<{ message: string }> }) =>
	hints.map(({ message }) => message);

describe('Waits', () => {
	it("names the vendor's limit", async () => {
		const result = await scene.squadVoice({ items: leads(110), options: { leadsPerRequest: 1 } });
		expect(outcomesOf(result)).toEqual({ created: 110 });
		expect(messages(result)[1]).toMatch(
			/^Waited [56]\d s for SquadVoice's limit \(100 requests a minute\)$/,
		);
	});

	it('names the limit that the user set', async () => {
		const options = { leadsPerRequest: 1, requestsPerMinute: 2 };
		const result = await scene.squadVoice({ items: leads(3), options });
		expect(messages(result)[1]).toMatch(/^Waited 6\d s for the option Requests per Minute \(2\)$/);
	});

	it('names a pause that the vendor asked for', async () => {
		const headers = { 'retry-after': '20' };
		scene.world.faults.add({ vendor: 'aktify', kind: 'status', status: 429, headers, nth: 1 });
		const result = await scene.aktify({ items: leads(2) });
		expect(messages(result)[1]).toMatch(/^Waited 2\d s for Aktify's rate limit$/);
	});

	it('names an outage', async () => {
		scene.world.faults.add({ vendor: 'aktify', kind: 'status', status: 500, nth: [1, 2, 3, 4] });
		const result = await scene.aktify({ items: leads(1) });
		expect(outcomesOf(result)).toEqual({ created: 1 });
		expect(messages(result)[1]).toMatch(/^Waited \d+ s while Aktify was unavailable$/);
	});

	it('are not mentioned where they were short', async () => {
		expect(messages(await scene.aktify({ items: leads(2) }))).toEqual(['Aktify: 2 created']);
	});
});

describe('Same Phone Number', () => {
	const twice = (): IDataObject[] =>
		leads(4).map((lead, index) => ({ ...lead, phone: phoneOf(index % 2) }));

	it('is counted where each lead ID is sent', async () => {
		const result = await scene.squadVoice({ items: twice() });
		expect(outcomesOf(result)).toEqual({ created: 4 });
		expect(messages(result)[1]).toBe(
			'2 phone numbers were sent under several lead IDs and may be called twice (see Same Phone Number)',
		);
	});

	it('is sent once on request, in this run and in the next', async () => {
		const options = { samePhoneNumber: 'sendOnce' };
		const scenario = { options, settings: onError.branch, credentialId: 'same' };
		const first = await scene.squadVoice({ ...scenario, items: twice() });
		expect(outcomesOf(first)).toEqual({ created: 2, duplicate: 2 });
		expect(first.items[2]?.json).toMatchObject({
			outcome: 'duplicate',
			leadId: 'L2',
			duplicateOf: 0,
			matchedBy: `phone number ${phoneOf(0)}`,
		});
		const other = { ...leads(1)[0], id: 'other' };
		expect(outcomesOf(await scene.squadVoice({ ...scenario, items: [other] }))).toEqual({
			duplicate: 1,
		});
		expect(scene.world.ledger('squadVoice').held).toBe(2);
	});

	it('does not take a lead ID for a number', async () => {
		const items = [leads(1)[0] ?? {}, { ...leads(2)[1], id: phoneOf(0) }];
		const result = await scene.squadVoice({ items, options: { samePhoneNumber: 'sendOnce' } });
		expect(outcomesOf(result)).toEqual({ created: 2 });
	});
});

describe('A campaign that calls no one', () => {
	it.each([
		[2, 'Campaign "Winback" is a draft: its leads are not called until you start it'],
		[4, /^Campaign ".+" is stopped: its leads are not called until you start it$/],
	])('is named after a run by hand (%i)', async (campaign, message) => {
		const result = await scene.autocalls({
			items: leads(3),
			parameters: { campaign: { mode: 'id', value: String(campaign) } },
			mode: 'manual',
		});
		expect(outcomesOf(result)).toEqual({ created: 3 });
		expect(messages(result)[1]).toMatch(message);
		expect(scene.requests('autocalls').filter(({ method }) => method === 'GET')).toHaveLength(1);
	});

	it('is not asked for in production, in a preview, or where nothing was created', async () => {
		await scene.autocalls({ items: leads(1) });
		await scene.autocalls({ items: leads(1), mode: 'manual' });
		await scene.autocalls({ items: leads(1), mode: 'manual', options: { previewOnly: true } });
		expect(scene.requests('autocalls').map(({ path }) => path)).not.toContain('/user/campaigns');
	});

	it.each([
		{ kind: 'status', status: 500 },
		{ kind: 'status', status: 401 },
		{ kind: 'status', status: 429, headers: { 'retry-after': '3600' } },
		{ kind: 'otherReply', body: { data: 'none' } },
		{ kind: 'resetBefore' },
	] as const)('never fails or delays the run (%j)', async (fault) => {
		scene.world.faults.add({ ...fault, vendor: 'autocalls', method: 'GET' });
		const before = Date.now();
		const result = await scene.autocalls({ items: leads(1), mode: 'manual' });
		expect(outcomesOf(result)).toEqual({ created: 1 });
		expect(messages(result)).toEqual(['Autocalls: 1 created']);
		expect(Date.now() - before).toBeLessThan(10_000);
	});
});

describe('A campaign that does not exist', () => {
	const campaign = (value: string) => ({ campaign: { mode: 'id', value } });
	const scenes: Array<['squadVoice' | 'autocalls', IDataObject, string]> = [
		['squadVoice', {}, 'SquadVoice has no campaign "WRONG1" for this credential'],
		[
			'squadVoice',
			{ operation: 'disable' },
			'SquadVoice has no campaign "WRONG1" for this credential',
		],
		['squadVoice', { operation: 'get' }, 'SquadVoice has no campaign "WRONG1" for this credential'],
		['autocalls', {}, 'Autocalls has no campaign 999 for this credential'],
	];

	it.each(scenes)('is named (%s, %j)', async (vendor, parameters, message) => {
		const id = campaign(vendor === 'squadVoice' ? 'WRONG1' : '999');
		const items = leads(2);
		const stopped = await scene[vendor]({ items, parameters: { ...parameters, ...id } });
		expect(stopped.error?.message).toContain(message);
		expect(stopped.error?.message).not.toContain('HTTP');
		expect(stopped.error?.description).not.toContain('Retry');
		const settings = onError.branch;
		const result = await scene[vendor]({ items, parameters: { ...parameters, ...id }, settings });
		expect(result.errors[0]?.json).toMatchObject({
			error: message,
			details: { httpCode: 404, vendorMessage: expect.any(String) },
		});
	});

	it('is not concluded from a 404 of something else', async () => {
		scene.world.faults.add({
			vendor: 'autocalls',
			kind: 'status',
			status: 404,
			body: { message: 'The route could not be found.' },
		});
		const result = await scene.autocalls({ items: leads(1) });
		expect(result.error?.message).toContain('refused the request (HTTP 404');
	});
});
