/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the sandbox is a server, not a node */
import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { WebhookSender } from '../webhooks/deliveries';
import { FaultInjector } from './faults';
import { Limiter, type Limit } from './rateLimits';
import { seededRandom } from '../lib/random';
import { AktifyState } from '../vendors/aktify/state';
import { AutocallsState } from '../vendors/autocalls/state';
import { CloseState } from '../vendors/close/state';
import { SquadVoiceState } from '../vendors/squadVoice/state';

export const vendorNames = ['squadVoice', 'aktify', 'autocalls', 'close'] as const;

export type VendorName = (typeof vendorNames)[number];

/** True for the name of a vendor the sandbox imitates. */
export function isVendorName(value: unknown): value is VendorName {
	return vendorNames.some((name) => name === value);
}

export interface RequestRecord {
	vendor: VendorName;
	method: string;
	/** As the vendor sees it: without the sandbox's prefix and without the query. */
	path: string;
	query: Record<string, unknown>;
	/** The request's headers, with the secrets in them masked. */
	headers: Record<string, string>;
	/** Parsed JSON, or the fields of a form, or the text when it is neither. */
	body: unknown;
	receivedAt: number;
	/** What was answered; undefined while open, and when the socket was cut instead. */
	status?: number;
	/** The fault that struck, or `limit` when the rate limit refused the request. */
	fault?: string;
	/** Whether the vendor did what a write asked for, whatever the client was told of it. */
	effect: boolean;
}

export interface Settings {
	/** How long a request takes before it has an effect: fixed, or drawn from [min, max]. */
	latencyMs: number | [number, number];
	seed: number;
	limits: Partial<Record<VendorName, Limit>>;
}

export interface Ledger {
	held: number;
	/** Leads whose create took effect more than once. */
	doubled: number;
	disabled: number;
}

interface Gauge {
	open: Map<string, number>;
	most: Map<string, number>;
}

const everyVendor = '*';
const newGauge = (): Gauge => ({ open: new Map(), most: new Map() });
const newSettings = (): Settings => ({ latencyMs: 0, seed: 1, limits: {} });

/** Everything a sandbox knows: vendors' state, settings, faults and the log of requests. */
export class SandboxState {
	readonly requests: RequestRecord[] = [];
	readonly settings: Settings = newSettings();
	readonly faults = new FaultInjector();
	readonly limiter = new Limiter();
	/** Webhooks that go out. */
	readonly deliveries = new WebhookSender();
	readonly squadVoice = new SquadVoiceState(this);
	readonly aktify = new AktifyState(this.deliveries);
	readonly autocalls = new AutocallsState(this);
	readonly close = new CloseState(this.deliveries);
	private gauge = newGauge();
	private waiting = new AbortController();
	private random = { seed: 1, next: seededRandom(1) };

	/** What a vendor holds, and whether anything arrived twice. */
	ledger(vendor: VendorName): Ledger {
		return this[vendor].ledger();
	}

	/** The most requests that were open at the same time. */
	maxOpen(vendor?: VendorName): number {
		return this.gauge.most.get(vendor ?? everyVendor) ?? 0;
	}

	/** Counts a request as open; call what is returned when it has ended. */
	opened(vendor: VendorName): () => void {
		const { open, most } = this.gauge;
		const names = [vendor, everyVendor];
		for (const name of names) {
			const now = (open.get(name) ?? 0) + 1;
			open.set(name, now);
			most.set(name, Math.max(now, most.get(name) ?? 0));
		}
		return () => names.forEach((name) => open.set(name, (open.get(name) ?? 1) - 1));
	}

	/** How long the next request takes. */
	latency(): number {
		const { latencyMs, seed } = this.settings;
		if (typeof latencyMs === 'number') return latencyMs;
		if (this.random.seed !== seed) this.random = { seed, next: seededRandom(seed) };
		const [least, most] = latencyMs;
		return least + this.random.next() * (most - least);
	}

	/** A signal that fires when everything in flight is to be dropped: on reset() and on close(). */
	get dropped(): AbortSignal {
		// Hundreds of requests may wait on one signal; that is no leak.
		setMaxListeners(0, this.waiting.signal);
		return this.waiting.signal;
	}

	/** Waits; rejects at once when `dropped` fires. */
	async pause(ms: number, dropped: AbortSignal): Promise<void> {
		if (ms > 0) await wait(ms, undefined, { signal: dropped });
		dropped.throwIfAborted();
	}

	/** Does something after a while, unless everything is dropped before. */
	later(ms: number, act: () => void): void {
		void this.pause(ms, this.dropped).then(act, () => {});
	}

	/** Ends all waiting: requests in flight have no effect and their sockets are cut. */
	dropWaiting(): void {
		this.waiting.abort();
		this.waiting = new AbortController();
	}

	/** Back to how a new sandbox is: no leads, requests or faults, settings at their defaults. */
	reset(): void {
		this.dropWaiting();
		this.requests.length = 0;
		Object.assign(this.settings, newSettings());
		this.faults.clear();
		this.limiter.reset();
		this.deliveries.reset();
		this.squadVoice.reset();
		this.aktify.reset();
		this.autocalls.reset();
		this.close.reset();
		this.gauge = newGauge();
		this.random = { seed: 1, next: seededRandom(1) };
	}
}
