import { isRecord } from '../../sandbox/lib/guards';
import { squadVoiceAccounts } from '../../sandbox';
import { campaign, useAktifyTrigger } from '../support/triggers/aktify';
import { useAutocallsTrigger } from '../support/triggers/autocalls';
import { useCloseTrigger } from '../support/triggers/close';
import { processedStore } from '../support/engine';
import { leads, onError } from '../support/fixtures';
import { useSquadVoiceTrigger } from '../support/triggers/squadVoice';
import { post } from '../support/triggers/ActiveTrigger';
import type { ActiveTrigger } from '../support/triggers/ActiveTrigger';
import { missingFrom, recordedContract, together } from './contract';
import type { Contract } from './contract';
import { byOrigin, keysOf, STORED, withoutHash } from './storedState';

const { scene, activate, anHourLater, emitted, missed, settled } = useCloseTrigger();
const { openForCalls, openForStatuses, setWebhook, webhookOf } = useAutocallsTrigger(scene);
const { open: openPolling, process, squad } = useSquadVoiceTrigger(scene);
const { activate: activateAktify } = useAktifyTrigger(scene);

const oneByOne = { leadsPerRequest: 1, requestsAtOnce: 1, requestsPerMinute: 0 };
const EVENT_HASH_LENGTH = 11;
const seen: Contract[] = [];
const observe = (section: string, facts: string[]) =>
	seen.push({ [`${STORED}${section}`]: [...new Set(facts)].sort() });

/** What the trigger has in the workflow's static data, under its own node. */
function storedBy(trigger: ActiveTrigger): unknown {
	const data: unknown = JSON.parse(trigger.stored);
	return isRecord(data) ? data['node:Trigger'] : undefined;
}

/** The stored hashes of seen events, of which there has to be one at least. */
function hashesIn(trigger: ActiveTrigger, key: string): string {
	const stored = storedBy(trigger);
	const state = isRecord(stored) ? stored[key] : undefined;
	return String(isRecord(state) ? state.seen : '');
}

describe('stored state', () => {
	afterEach(() => processedStore.reset());

	it('of the Close Trigger', async () => {
		const active = await activate();
		emitted({ action: 'created', leadId: 'lead_1', data: { contacts: [] } });
		await settled();
		// n8n stores the static data together with an execution only.
		missed(1);
		await anHourLater(active);
		observe('closeTrigger', keysOf(storedBy(active)));
		expect(hashesIn(active, 'leadDispatch')).toHaveLength(2 * EVENT_HASH_LENGTH);
	});

	it('of the Autocalls Trigger, for calls and for lead statuses', async () => {
		const calls = await openForCalls();
		await calls.activate();
		const url = webhookOf(501) ?? '';
		setWebhook(501, 'https://crm.example.com/');
		await expect(calls.poll()).rejects.toThrow('crm.example.com');
		expect(await post(url, JSON.stringify({ id: 1, status: 'completed' }))).toBe(200);
		observe('autocallsTrigger › callEnded', keysOf(storedBy(calls)));

		scene.world.autocalls.seedLeads(1, 101);
		const statuses = await openForStatuses({ pollBudgetMs: 0 });
		await statuses.activate();
		const inFirstScan = keysOf(storedBy(statuses));
		await statuses.poll();
		scene.world.autocalls.clockSkewMs += 2_000;
		scene.world.autocalls.setStatus(101, 'completed');
		await statuses.poll();
		observe('autocallsTrigger › leadStatusChanged', [
			...inFirstScan,
			...keysOf(storedBy(statuses)),
		]);
		expect(hashesIn(statuses, 'leadDispatchPoll')).toHaveLength(EVENT_HASH_LENGTH);
	});

	it('of the SquadVoice Trigger, after a whole poll and after one that ran out of time', async () => {
		squad().seedLeads(squadVoiceAccounts.standard.campaign, 300);
		const active = await openPolling({ pollBudgetMs: 0 });
		await active.activate();
		process(1, 300, 500, 1000);
		const facts: string[] = [];
		for (let polls = 0; polls < 8; polls++) {
			await active.poll();
			facts.push(...keysOf(storedBy(active)));
		}
		observe('squadVoiceTrigger › polling', facts);
	});

	it('of the Aktify Trigger', async () => {
		const active = await activateAktify();
		scene.world.aktify.play(campaign, '+12062000000', 'lead.call_ended');
		await settled();
		observe('aktifyTrigger', keysOf(storedBy(active)));
	});

	it('of the run journal', async () => {
		scene.world.faults.add({ kind: 'resetAfter', method: 'POST', nth: 2 });
		scene.world.faults.add({ kind: 'status', status: 404, method: 'GET' });
		const { data } = await scene.squadVoice({
			items: leads(2),
			options: oneByOne,
			settings: onError.continue,
		});
		const { contextData } = data.executionData ?? {};
		observe('run journal', keysOf(contextData));
		expect(contextData).toMatchObject({ 'node:Node': { leadDispatch: { run: 'lead.create|0' } } });
	});

	it('of earlier runs in a loop', async () => {
		const { data } = await scene.aktify({ runs: [leads(2), leads(1)] });
		observe('earlier runs of a loop', keysOf(data.executionData?.contextData));
	});

	it('of remembered leads, sent and in doubt', async () => {
		scene.world.faults.add({ kind: 'resetAfter', method: 'POST', nth: 2 });
		scene.world.faults.add({ kind: 'status', status: 404, method: 'GET' });
		await scene.squadVoice({
			items: leads(2),
			options: { ...oneByOne, rememberSentLeads: 'node' },
			credentialId: 'credential',
			settings: onError.continue,
		});
		observe(
			'remembered leads',
			processedStore.values().map((value) => withoutHash(String(value))),
		);
	});

	it('has the keys that contract.json records (add a new key there by hand)', () => {
		const { stored: recorded } = byOrigin(recordedContract());
		const present = together(...seen);
		expect(missingFrom(recorded, present)).toEqual([]);
		expect(missingFrom(present, recorded)).toEqual([]);
	});
});
