import type { Case, Contestant, SandboxSetup } from './case';
import { contestantNames as names } from '../report/contestantNames';
import { bareLoop, handOn } from '../contestants/bareLoop';
import * as httpRequest from '../contestants/httpRequest';
import { load } from '../contestants/load';
import * as ours from '../contestants/ours';
import * as peer from '../contestants/peer';
import * as plans from '../contestants/plans';
import { undici } from '../contestants/undici';
import { emptyPackage, packageFolder, root } from '../paths';
import { simulatedMinuteMs } from '../report/titles';

const closeStage = (latencyMs: number, more: Partial<SandboxSetup> = {}): SandboxSetup => ({
	vendor: 'close',
	latencyMs,
	...more,
});

/** Requests that Close's limit lets through in case b, each second. */
const perSecond = 20;

/** They know no limit, and stop at the first request that is refused. */
const endsEarly: ReadonlySet<string> = new Set([names.plain, names.bare, names.undici]);

const settled = { onError: 'continueRegularOutput' } as const;

const slow = (contestant: Contestant): Contestant => ({ ...contestant, slow: true });

/** Close creates with every contestant; batches of `care`. */
function closeContestants(care: httpRequest.Care): Contestant[] {
	return [
		{ name: names.ours, work: ours.closeCreate('duplicate') },
		{ name: names.oursNoSearch, work: ours.closeCreate('create') },
		slow({ name: names.peer, work: peer.closeCreate() }),
		{ name: names.plain, work: httpRequest.closeCreate() },
		{ name: names.careful, work: httpRequest.closeCreate(care) },
		{ name: names.bare, work: bareLoop(plans.closeCreate(false)) },
		{ name: names.bareSearch, work: bareLoop(plans.closeCreate(true)) },
		{ name: names.undici, work: undici(plans.closeCreate(false)) },
	];
}

const closeCases: Case[] = [
	{
		id: 'a',
		aim: 'create',
		items: 1_000,
		stage: closeStage(50),
		warmUp: 50,
		contestants: closeContestants(httpRequest.inBatches(10, 100)),
	},
	{
		id: 'b',
		aim: 'create',
		items: 1_000,
		stage: closeStage(50, {
			limit: {
				requests: perSecond,
				windowMs: 1_000,
				headers: 'rateLimitAndRetryAfter',
				announce: true,
			},
		}),
		warmUp: 10,
		contestants: closeContestants(httpRequest.inBatches(perSecond, 1_000))
			.filter(({ name }) => name !== names.bareSearch)
			// At the limit's pace every contestant that keeps to it takes long.
			.map((contestant) => (endsEarly.has(contestant.name) ? contestant : slow(contestant))),
	},
	{
		id: 'd',
		aim: 'create',
		items: 10_000,
		stage: closeStage(0),
		warmUp: 200,
		contestants: [
			{ name: names.oursNoSearch, work: ours.closeCreate('create') },
			{ name: names.oursMapped, work: ours.closeCreate('create', 'columns') },
			slow({ name: names.peer, work: peer.closeCreate() }),
			slow({ name: names.plain, work: httpRequest.closeCreate() }),
			{ name: names.bare, work: bareLoop(plans.closeCreate(false)) },
			{ name: names.undici, work: undici(plans.closeCreate(false)) },
			{ name: names.nothing, work: handOn, idle: true },
		],
	},
	{
		id: 'e',
		aim: 'read',
		items: 10_000,
		stage: closeStage(50, { held: 10_000 }),
		warmUp: 1,
		contestants: [
			{ name: names.ours, work: ours.closeGetAll },
			{ name: names.peer, work: peer.closeGetAll },
			{ name: names.plain, work: httpRequest.closeGetAll },
			{ name: names.bare, work: bareLoop(plans.closeGetAll) },
			{ name: names.undici, work: undici(plans.closeGetAll) },
		],
	},
	{
		id: 'i',
		aim: 'create',
		items: 1_000,
		stage: closeStage(5, {
			indexLagMs: 1_000,
			fault: { kind: 'resetAfter', vendor: 'close', probability: 0.05, seed: 7 },
		}),
		warmUp: 50,
		contestants: [
			{ name: names.ours, work: ours.closeCreate('duplicate') },
			{ name: names.oursNoSearch, work: ours.closeCreate('create') },
			{ name: names.peer, work: peer.closeCreate() },
			{ name: names.peerGoesOn, work: peer.closeCreate(settled) },
			{
				name: names.peerRetries,
				work: peer.closeCreate({ retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 }),
			},
			{ name: names.plain, work: httpRequest.closeCreate() },
			{ name: names.careful, work: httpRequest.closeCreate(httpRequest.inBatches(10, 100)) },
			{ name: names.bare, work: bareLoop(plans.closeCreate(false)) },
		],
	},
];

const squadVoiceStage = (latencyMs: number): SandboxSetup => ({ vendor: 'squadVoice', latencyMs });

const listCases: Case[] = [
	{
		id: 'c',
		aim: 'create',
		items: 10_000,
		stage: {
			...squadVoiceStage(50 / (60_000 / simulatedMinuteMs)),
			limit: {
				requests: 100,
				windowMs: simulatedMinuteMs,
				headers: 'retryAfterSeconds',
				announce: false,
			},
		},
		warmUp: 100,
		contestants: [
			{ name: names.ours, work: ours.squadVoiceCreate() },
			{ name: names.plain, work: httpRequest.squadVoiceCreate() },
			slow({
				name: names.careful,
				work: httpRequest.squadVoiceCreate(httpRequest.inBatches(100, simulatedMinuteMs)),
			}),
			{ name: names.bare, work: bareLoop(plans.squadVoiceCreate) },
			{ name: names.undici, work: undici(plans.squadVoiceCreate) },
		],
	},
	{
		id: 'f',
		aim: 'disable',
		items: 10_000,
		stage: { vendor: 'aktify', latencyMs: 50 },
		warmUp: 100,
		contestants: [
			{ name: names.ours, work: ours.aktifyDisable },
			{ name: names.plain, work: httpRequest.aktifyDisable() },
			{ name: names.bare, work: bareLoop(plans.aktifyDisable) },
			{ name: names.undici, work: undici(plans.aktifyDisable) },
		],
	},
];

/** The most items that HTTP Request is given in case g, where it makes a request of each. */
const mostAtOnce = 10_000;

const growth = [100, 1_000, 10_000, 100_000].map(
	(items): Case => ({
		id: 'g',
		aim: 'create',
		items,
		stage: squadVoiceStage(0),
		warmUp: 1_000,
		memory: true,
		contestants: [
			{ name: names.ours, work: ours.squadVoiceCreate(0) },
			...(items > mostAtOnce ? [] : [{ name: names.plain, work: httpRequest.squadVoiceCreate() }]),
			{ name: names.bare, work: bareLoop(plans.squadVoiceCreate) },
			{ name: names.nothing, work: handOn, idle: true },
		],
	}),
);

const loadTime: Case = {
	id: 'h',
	aim: 'nothing',
	items: 1,
	stage: closeStage(0),
	warmUp: 0,
	contestants: [
		{ name: names.ours, work: load(() => root) },
		{ name: names.peer, work: load(() => packageFolder('@crm-kraft/n8n-nodes-close')) },
		{ name: names.empty, work: load(emptyPackage) },
	],
};

/** All cases, in the order of their letters. */
export const cases: Case[] = [...closeCases, ...listCases, ...growth, loadTime].sort(
	(one, other) => one.id.localeCompare(other.id) || one.items - other.items,
);
