import type { Case, Contestant, SandboxSetup } from './case';
import { contestantNames as names } from '../report/contestantNames';
import { bareLoop, passThrough } from '../contestants/bareLoop';
import * as httpRequest from '../contestants/httpRequest';
import { load } from '../contestants/load';
import * as ours from '../contestants/ours';
import * as peer from '../contestants/peer';
import * as plans from '../contestants/plans';
import { undici } from '../contestants/undici';
import { emptyPackage, packageFolder, root } from '../paths';
import { SIMULATED_MINUTE_MS } from '../report/titles';

const closeSetup = (latencyMs: number, more: Partial<SandboxSetup> = {}): SandboxSetup => ({
	vendor: 'close',
	latencyMs,
	...more,
});

/** Close's limit in case b. */
const REQUESTS_PER_SECOND = 20;

/** They handle no rate limit and stop at the first rejected request. */
const stopsAtLimit: ReadonlySet<string> = new Set([names.plain, names.bare, names.undici]);

const continueOnError = { onError: 'continueRegularOutput' } as const;

const slow = (contestant: Contestant): Contestant => ({ ...contestant, isSlow: true });

/** Close creates with every contestant. @param batches the batches of HTTP Request */
function closeContestants(batches: httpRequest.NodeSetup): Contestant[] {
	return [
		{ name: names.ours, run: ours.closeCreate('duplicate') },
		{ name: names.oursNoSearch, run: ours.closeCreate('create') },
		slow({ name: names.peer, run: peer.closeCreate() }),
		{ name: names.plain, run: httpRequest.closeCreate() },
		{ name: names.batched, run: httpRequest.closeCreate(batches) },
		{ name: names.bare, run: bareLoop(plans.closeCreate(false)) },
		{ name: names.bareSearch, run: bareLoop(plans.closeCreate(true)) },
		{ name: names.undici, run: undici(plans.closeCreate(false)) },
	];
}

const closeCases: Case[] = [
	{
		id: 'a',
		metric: 'create',
		items: 1_000,
		setup: closeSetup(50),
		warmUp: 50,
		contestants: closeContestants(httpRequest.inBatches(10, 100)),
	},
	{
		id: 'b',
		metric: 'create',
		items: 1_000,
		setup: closeSetup(50, {
			limit: {
				requests: REQUESTS_PER_SECOND,
				windowMs: 1_000,
				headers: 'rateLimitAndRetryAfter',
				announce: true,
			},
		}),
		warmUp: 10,
		contestants: closeContestants(httpRequest.inBatches(REQUESTS_PER_SECOND, 1_000))
			.filter(({ name }) => name !== names.bareSearch)
			// At the limit's pace, every contestant that respects it is slow.
			.map((contestant) => (stopsAtLimit.has(contestant.name) ? contestant : slow(contestant))),
	},
	{
		id: 'd',
		metric: 'create',
		items: 10_000,
		setup: closeSetup(0),
		warmUp: 200,
		contestants: [
			{ name: names.oursNoSearch, run: ours.closeCreate('create') },
			{ name: names.oursMapped, run: ours.closeCreate('create', 'columns') },
			slow({ name: names.peer, run: peer.closeCreate() }),
			slow({ name: names.plain, run: httpRequest.closeCreate() }),
			{ name: names.bare, run: bareLoop(plans.closeCreate(false)) },
			{ name: names.undici, run: undici(plans.closeCreate(false)) },
			{ name: names.nothing, run: passThrough, sendsNothing: true },
		],
	},
	{
		id: 'e',
		metric: 'read',
		items: 10_000,
		setup: closeSetup(50, { held: 10_000 }),
		warmUp: 1,
		contestants: [
			{ name: names.ours, run: ours.closeGetAll },
			{ name: names.peer, run: peer.closeGetAll },
			{ name: names.plain, run: httpRequest.closeGetAll },
			{ name: names.bare, run: bareLoop(plans.closeGetAll) },
			{ name: names.undici, run: undici(plans.closeGetAll) },
		],
	},
	{
		id: 'i',
		metric: 'create',
		items: 1_000,
		setup: closeSetup(5, {
			indexLagMs: 1_000,
			fault: { kind: 'resetAfter', vendor: 'close', probability: 0.05, seed: 7 },
		}),
		warmUp: 50,
		contestants: [
			{ name: names.ours, run: ours.closeCreate('duplicate') },
			{ name: names.oursNoSearch, run: ours.closeCreate('create') },
			{ name: names.peer, run: peer.closeCreate() },
			{ name: names.peerGoesOn, run: peer.closeCreate(continueOnError) },
			{
				name: names.peerRetries,
				run: peer.closeCreate({ retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 }),
			},
			{ name: names.plain, run: httpRequest.closeCreate() },
			{ name: names.batched, run: httpRequest.closeCreate(httpRequest.inBatches(10, 100)) },
			{ name: names.bare, run: bareLoop(plans.closeCreate(false)) },
		],
	},
];

const squadVoiceSetup = (latencyMs: number): SandboxSetup => ({ vendor: 'squadVoice', latencyMs });

const batchCases: Case[] = [
	{
		id: 'c',
		metric: 'create',
		items: 10_000,
		setup: {
			...squadVoiceSetup(50 / (60_000 / SIMULATED_MINUTE_MS)),
			limit: {
				requests: 100,
				windowMs: SIMULATED_MINUTE_MS,
				headers: 'retryAfterSeconds',
				announce: false,
			},
		},
		warmUp: 100,
		contestants: [
			{ name: names.ours, run: ours.squadVoiceCreate() },
			{ name: names.plain, run: httpRequest.squadVoiceCreate() },
			slow({
				name: names.batched,
				run: httpRequest.squadVoiceCreate(httpRequest.inBatches(100, SIMULATED_MINUTE_MS)),
			}),
			{ name: names.bare, run: bareLoop(plans.squadVoiceCreate) },
			{ name: names.undici, run: undici(plans.squadVoiceCreate) },
		],
	},
	{
		id: 'f',
		metric: 'disable',
		items: 10_000,
		setup: { vendor: 'aktify', latencyMs: 50 },
		warmUp: 100,
		contestants: [
			{ name: names.ours, run: ours.aktifyDisable },
			{ name: names.plain, run: httpRequest.aktifyDisable() },
			{ name: names.bare, run: bareLoop(plans.aktifyDisable) },
			{ name: names.undici, run: undici(plans.aktifyDisable) },
		],
	},
];

/** Above this, case g leaves out HTTP Request, which sends one request per item. */
const MAX_HTTP_REQUEST_ITEMS = 10_000;

const growth = [100, 1_000, 10_000, 100_000].map(
	(items): Case => ({
		id: 'g',
		metric: 'create',
		items,
		setup: squadVoiceSetup(0),
		warmUp: 1_000,
		measuresMemory: true,
		contestants: [
			{ name: names.ours, run: ours.squadVoiceCreate(0) },
			...(items > MAX_HTTP_REQUEST_ITEMS
				? []
				: [{ name: names.plain, run: httpRequest.squadVoiceCreate() }]),
			{ name: names.bare, run: bareLoop(plans.squadVoiceCreate) },
			{ name: names.nothing, run: passThrough, sendsNothing: true },
		],
	}),
);

const loadTime: Case = {
	id: 'h',
	metric: 'nothing',
	items: 1,
	setup: closeSetup(0),
	warmUp: 0,
	contestants: [
		{ name: names.ours, run: load(() => root) },
		{ name: names.peer, run: load(() => packageFolder('@crm-kraft/n8n-nodes-close')) },
		{ name: names.empty, run: load(emptyPackage) },
	],
};

/** All cases, in the order of their letters. */
export const cases: Case[] = [...closeCases, ...batchCases, ...growth, loadTime].sort(
	(one, other) => one.id.localeCompare(other.id) || one.items - other.items,
);
