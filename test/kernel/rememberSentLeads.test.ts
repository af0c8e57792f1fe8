import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import {
	aktifyAccounts,
	autocallsAccounts,
	closeAccounts,
	squadVoiceAccounts,
} from '../../sandbox';
import { processedStore } from '../support/engine';
import { leads, onError, phoneOf } from '../support/fixtures';
import { errorText, outcomesOf } from '../support/results';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();
afterEach(() => processedStore.reset());

const remembering = (options: IDataObject = {}): IDataObject => ({
	rememberSentLeads: 'node',
	phoneCheck: 'off',
	...options,
});
const created = (vendor: 'squadVoice' | 'aktify' | 'autocalls') =>
	scene.requests(vendor).filter(({ method, effect }) => method === 'POST' && effect).length;
const held = (vendor: 'squadVoice' | 'aktify' | 'autocalls') => scene.world.ledger(vendor);

describe('Remember Sent Leads', () => {
	it.each(['squadVoice', 'aktify', 'autocalls'] as const)(
		'sends nothing when the same list is run again (%s)',
		async (vendor) => {
			const scenario = {
				items: leads(30),
				options: remembering({ defaultCountry: 'US' }),
				settings: onError.branch,
				credentialId: 'same',
			};
			const first = await scene[vendor](scenario);
			const requests = scene.requests(vendor).length;
			const second = await scene[vendor](scenario);
			expect(outcomesOf(first)).toEqual({ created: 30 });
			expect(outcomesOf(second)).toEqual({ duplicate: 30 });
			expect(scene.requests(vendor)).toHaveLength(requests);
			expect(second.items[7]?.json).toMatchObject({
				outcome: 'duplicate',
				phoneNumber: expect.stringContaining(phoneOf(7).slice(2)),
				note: 'Sent by an earlier execution',
			});
			expect(held(vendor)).toMatchObject({ held: 30, doubled: 0 });
		},
	);

	it('asks for a lead in doubt when the store has dropped its oldest entry', async () => {
		const scenario = {
			items: leads(1),
			options: remembering({ defaultCountry: 'US' }),
			settings: onError.branch,
			credentialId: 'same',
		};
		scene.world.faults.add({ kind: 'resetAfter', method: 'POST', nth: 1 });
		scene.world.faults.add({ kind: 'status', status: 404, method: 'GET', times: 100 });
		const first = await scene.squadVoice(scenario);
		expect(outcomesOf(first)).toEqual({ unknown: 1 });
		processedStore.dropOldest();
		const again = await scene.squadVoice(scenario);
		expect(outcomesOf(again)).toEqual({ unknown: 1 });
		expect(held('squadVoice')).toMatchObject({ held: 1, doubled: 0 });
	});

	it('is on by default where neither the vendor nor a look-up recognizes a repeat', async () => {
		const scenario = { items: leads(3), credentialId: 'same' };
		const first = await scene.squadVoice(scenario);
		expect(outcomesOf(first)).toEqual({ created: 3 });
		expect(first.hints).toHaveLength(1);
		expect(outcomesOf(await scene.squadVoice(scenario))).toEqual({ duplicate: 3 });
		expect(held('squadVoice')).toMatchObject({ held: 3, doubled: 0 });
	});

	it('can be turned off, and then the run says what a second one does', async () => {
		const scenario = {
			items: leads(3),
			options: { rememberSentLeads: 'off' },
			credentialId: 'same',
		};
		await scene.squadVoice(scenario);
		const again = await scene.squadVoice(scenario);
		expect(outcomesOf(again)).toEqual({ created: 3 });
		expect(processedStore.calls).toBe(0);
		expect(again.hints.map(({ message }) => message)).toEqual([
			'SquadVoice: 3 created',
			'Running this again sends all leads again. Turn on Remember Sent Leads: it counts from the next run on',
		]);
		const preview = { ...scenario.options, previewOnly: true };
		expect((await scene.squadVoice({ ...scenario, options: preview })).hints).toHaveLength(1);
	});

	it('is off by default where the vendor recognizes a repeat', async () => {
		const first = await scene.aktify({ items: leads(3) });
		expect(first.hints).toHaveLength(1);
		expect(outcomesOf(await scene.aktify({ items: leads(3) }))).toEqual({ duplicate: 3 });
		expect(processedStore.calls).toBe(0);
	});

	it('stops before anything is sent if n8n cannot store the leads', async () => {
		processedStore.failsToRecord = true;
		const result = await scene.squadVoice({ items: leads(3) });
		processedStore.failsToRecord = false;
		expect(errorText(result)).toMatch(/could not store which leads are sent.*Save the workflow/);
		expect(scene.world.requests).toHaveLength(0);
	});

	it('says what a new run does after a run that stopped', async () => {
		const stopped = async (options: IDataObject) => {
			scene.world.faults.add({
				vendor: 'squadVoice',
				method: 'POST',
				kind: 'status',
				status: 400,
				nth: 2,
			});
			const result = await scene.squadVoice({
				items: leads(2),
				options: { leadsPerRequest: 1, requestsAtOnce: 1, ...options },
			});
			scene.world.reset();
			return errorText(result);
		};
		expect(await stopped({})).toMatch(
			/So far: 1 created, 1 refused.*In a new run, the leads that were sent come out as duplicates/,
		);
		expect(await stopped({ rememberSentLeads: 'off' })).toMatch(
			/A new run sends all leads again, also those that were sent/,
		);
	});

	it('resends leads that were rejected', async () => {
		scene.world.faults.add({
			vendor: 'autocalls',
			method: 'POST',
			kind: 'status',
			status: 422,
			nth: [2, 5],
		});
		const scenario = {
			items: leads(6),
			options: remembering({ requestsAtOnce: 1 }),
			settings: onError.branch,
			credentialId: 'same',
		};
		const first = await scene.autocalls(scenario);
		const requests = scene.requests('autocalls').length;
		const second = await scene.autocalls(scenario);
		// A rejected lead is known to be missing, so it is not looked up.
		const later = scene.requests('autocalls').slice(requests);
		expect(later.map(({ method }) => method)).toEqual(['POST', 'POST']);
		expect(outcomesOf(first)).toEqual({ created: 4, refused: 2 });
		expect(outcomesOf(second)).toEqual({ created: 2, duplicate: 4 });
		expect(held('autocalls')).toMatchObject({ held: 6, doubled: 0 });
	});

	it('looks up leads of an execution that died', async () => {
		const scenario = {
			items: leads(10),
			options: remembering(),
			settings: onError.branch,
			credentialId: 'same',
		};
		processedStore.diesBeforeRemoving = true;
		await scene.squadVoice(scenario);
		expect(held('squadVoice').held).toBe(10);
		processedStore.diesBeforeRemoving = false;

		const second = await scene.squadVoice({ ...scenario, items: leads(12) });
		const third = await scene.squadVoice({ ...scenario, items: leads(12) });
		expect(outcomesOf(second)).toEqual({ created: 12 });
		expect(outcomesOf(third)).toEqual({ duplicate: 12 });
		expect(created('squadVoice')).toBe(2);
		expect(held('squadVoice')).toMatchObject({ held: 12, doubled: 0 });
	});

	it('sends the leads that an execution did not reach before it died', async () => {
		const scenario = {
			items: leads(5),
			options: remembering({ requestsAtOnce: 1, giveUpAfter: 0 }),
			credentialId: 'same',
		};
		scene.world.faults.add({
			vendor: 'autocalls',
			method: 'POST',
			kind: 'status',
			status: 400,
			nth: 3,
		});
		processedStore.diesBeforeRemoving = true;
		await scene.autocalls(scenario);
		expect(held('autocalls').held).toBe(2);
		processedStore.diesBeforeRemoving = false;
		const second = await scene.autocalls(scenario);
		expect(outcomesOf(second)).toEqual({ created: 5 });
		expect(held('autocalls')).toMatchObject({ held: 5, doubled: 0 });
	});

	it('looks up leads that were in flight when an execution was cancelled', async () => {
		scene.world.settings.latencyMs = 300;
		const scenario = {
			items: leads(300),
			options: remembering({ requestsAtOnce: 1, requestsPerMinute: 0 }),
			credentialId: 'same',
		};
		await new Promise<void>((onNodeEnd) => {
			const cancelAmid = async (cancel: () => void) => {
				while (scene.requests('squadVoice').length < 2) await sleep(0);
				cancel();
			};
			void scene.squadVoice({
				...scenario,
				onStart: (cancel) => void cancelAmid(cancel),
				onNodeEnd,
			});
		});
		// The second list takes effect although its reply is never read.
		await sleep(500);
		scene.world.settings.latencyMs = 0;
		expect(held('squadVoice').held).toBe(200);
		const second = await scene.squadVoice(scenario);
		expect(outcomesOf(second)).toEqual({ created: 200, duplicate: 100 });
		expect(held('squadVoice')).toMatchObject({ held: 300, doubled: 0 });
	});

	it('remembers leads in doubt when a run stops before it reaches them', async () => {
		const scenario = {
			items: leads(10),
			options: remembering({ leadsPerRequest: 1, requestsAtOnce: 1 }),
			credentialId: 'same',
		};
		processedStore.diesBeforeRemoving = true;
		await scene.squadVoice(scenario);
		processedStore.diesBeforeRemoving = false;
		scene.world.faults.add({ vendor: 'squadVoice', method: 'GET', kind: 'status', status: 403 });
		const second = await scene.squadVoice(scenario);
		expect(second.error?.message).toContain('Outcome unknown');
		scene.world.faults.clear();
		const third = await scene.squadVoice(scenario);
		expect(outcomesOf(third)).toEqual({ created: 10 });
		expect(held('squadVoice')).toMatchObject({ held: 10, doubled: 0 });
	});

	it('remembers leads per node or per workflow, as configured', async () => {
		const scenario = (id: string, scope: string) => ({
			items: leads(3),
			options: remembering({ rememberSentLeads: scope }),
			settings: { id },
			credentialId: 'same',
		});
		await scene.squadVoice(scenario('one', 'node'));
		expect(outcomesOf(await scene.squadVoice(scenario('two', 'node')))).toEqual({ created: 3 });
		await scene.squadVoice(scenario('one', 'workflow'));
		expect(outcomesOf(await scene.squadVoice(scenario('two', 'workflow')))).toEqual({
			duplicate: 3,
		});
	});

	it('remembers leads per credential, which is a campaign at Aktify', async () => {
		const scenario = { items: leads(3), options: remembering() };
		await scene.aktify({ ...scenario, credentialId: 'one' });
		const other = await scene.aktify({ ...scenario, credentialId: 'two' });
		expect(outcomesOf(other)).toEqual({ duplicate: 3 });
		expect(other.items[0]?.json.note).toBeUndefined();
	});

	it('remembers leads per account when a credential is changed to another one', async () => {
		const scenario = { items: leads(3), options: remembering(), credentialId: 'same' };
		await scene.aktify(scenario);
		const second = await scene.aktify({
			...scenario,
			credentials: { apiKey: aktifyAccounts.two.key },
		});
		expect(outcomesOf(second)).toEqual({ created: 3 });
		expect(scene.world.aktify.find('two', phoneOf(0))).toBeDefined();
	});

	it.each([
		['autocalls', { apiKey: autocallsAccounts.two.key }],
		['close', { apiKey: closeAccounts.two.key }],
		['squadVoice', { accessToken: squadVoiceAccounts.india.token }],
		['squadVoice', { authentication: 'login', ...squadVoiceAccounts.login }],
	] as const)(
		'asks the vendor again when another account signs in (%s, %j)',
		async (vendor, to) => {
			const scenario = {
				items: leads(3),
				options: remembering({ defaultCountry: 'US' }),
				settings: onError.branch,
				credentialId: 'same',
			};
			const first = await scene[vendor](scenario);
			const requests = scene.requests(vendor).length;
			const second = await scene[vendor]({ ...scenario, credentials: to });
			expect(outcomesOf(first)).toEqual({ created: 3 });
			expect(scene.requests(vendor).length).toBeGreaterThan(requests);
			expect(second.items.filter(({ json }) => json.note !== undefined)).toEqual([]);
			// Back at the first account, its leads are still remembered.
			expect(outcomesOf(await scene[vendor](scenario))).toEqual({ duplicate: 3 });
		},
	);

	it('does not treat a lead as sent because it shares a key with a duplicate', async () => {
		const scenario = { options: remembering({ samePerson: 'sharedValue' }), credentialId: 'same' };
		const ann = { name: 'Ann', phone: phoneOf(0), email: 'office@example.com' };
		const first = await scene.close({
			...scenario,
			items: [ann, { ...ann, email: 'bob@example.com' }],
		});
		const second = await scene.close({
			...scenario,
			items: [{ name: 'Dee', phone: phoneOf(5), email: 'bob@example.com' }],
		});
		expect(outcomesOf(first)).toEqual({ created: 1, duplicate: 1 });
		expect(outcomesOf(second)).toEqual({ created: 1 });
	});

	it('does not treat a lead as sent because it shares a key with an earlier one', async () => {
		const scenario = { options: remembering({ samePerson: 'sharedValue' }), credentialId: 'same' };
		const cid = { name: 'Cid', phone: phoneOf(9), email: 'cid@example.com' };
		await scene.close({ ...scenario, items: [cid] });
		const ann = { name: 'Ann', phone: phoneOf(1), email: 'ann@example.com' };
		const items = [ann, { ...cid, phone: phoneOf(1) }, { ...cid, name: 'Again' }];
		const second = await scene.close({ ...scenario, items });
		expect(second.items.map(({ json }) => [json.outcome, json.note])).toEqual([
			['created', undefined],
			['duplicate', 'Sent by an earlier execution'],
			['duplicate', 'Sent by an earlier execution'],
		]);
		const third = await scene.close({ ...scenario, items });
		expect(outcomesOf(third)).toEqual({ duplicate: 3 });
	});

	it('remembers an existing lead of Close only by the key that matched', async () => {
		const scenario = { options: remembering({ samePerson: 'sharedValue' }), credentialId: 'same' };
		const ann = { name: 'Ann', phone: phoneOf(0), email: 'ann@example.com' };
		await scene.close({ items: [ann], options: { samePerson: 'sharedValue' } });
		const known = { ...ann, email: 'new@example.com' };
		expect(outcomesOf(await scene.close({ ...scenario, items: [known] }))).toEqual({
			duplicate: 1,
		});
		const other = { name: 'Bea', phone: phoneOf(3), email: 'new@example.com' };
		expect(outcomesOf(await scene.close({ ...scenario, items: [other] }))).toEqual({ created: 1 });
	});

	it('remembers nothing with Allow Duplicates', async () => {
		const scenario = {
			items: leads(2),
			parameters: { allowDuplicates: true },
			options: remembering(),
			credentialId: 'same',
		};
		await scene.autocalls(scenario);
		expect(outcomesOf(await scene.autocalls(scenario))).toEqual({ created: 2 });
		expect(processedStore.values()).toEqual([]);
	});

	it('stores neither phone numbers nor names', async () => {
		await scene.autocalls({ items: leads(2), options: remembering(), credentialId: 'same' });
		const stored = JSON.stringify(processedStore.values());
		expect(stored).not.toContain(phoneOf(0).slice(2));
		expect(processedStore.values()).toHaveLength(2);
	});

	it('reads and writes the store in chunks', async () => {
		const scenario = {
			items: leads(2500),
			options: remembering({ requestsPerMinute: 0, leadsPerRequest: 500 }),
			credentialId: 'same',
		};
		expect(outcomesOf(await scene.squadVoice(scenario))).toEqual({ created: 2500 });
		expect(processedStore.calls).toBe(6);
		expect(outcomesOf(await scene.squadVoice(scenario))).toEqual({ duplicate: 2500 });
		expect(created('squadVoice')).toBe(5);
	});
});
