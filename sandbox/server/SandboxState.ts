import { seededRandom } from '../lib/random';
import { AktifyState } from '../vendors/aktify/state';
import { AutocallsState } from '../vendors/autocalls/state';
import { CloseState } from '../vendors/close/state';
import { SquadVoiceState } from '../vendors/squadVoice/state';
import { WebhookSender } from '../webhooks/deliveries';
import type { VendorName } from '../vendorNames';
import { Clock } from './Clock';
import { FaultInjector } from './faults';
import { Limiter } from './rateLimits';
import type { RequestRecord } from './requestRecord';
import type { ServerControl, Settings } from './ServerControl';

/** Counts of leads at a vendor. */
export interface LeadCounts {
	held: number;
	/** Leads whose create took effect more than once. */
	doubled: number;
	disabled: number;
}

interface Gauge {
	open: Map<string, number>;
	highest: Map<string, number>;
}

const ALL_VENDORS = '*';
const newGauge = (): Gauge => ({ open: new Map(), highest: new Map() });
const newSettings = (): Settings => ({ latencyMs: 0, seed: 1, limits: {} });

/** All state of a sandbox: the vendors' states, settings, faults and the request log. */
export class SandboxState implements ServerControl {
	readonly clock = new Clock();
	readonly requests: RequestRecord[] = [];
	readonly settings = newSettings();
	readonly faults = new FaultInjector();
	readonly limiter = new Limiter();
	/** Outgoing webhooks. */
	readonly deliveries = new WebhookSender();
	readonly squadVoice = new SquadVoiceState(this.deliveries, this.clock);
	readonly aktify = new AktifyState(this.deliveries);
	readonly autocalls = new AutocallsState(this.deliveries, this.clock);
	readonly close = new CloseState(this.deliveries);
	private gauge = newGauge();
	private random = { seed: 1, next: seededRandom(1) };

	/** What a vendor holds, and whether anything arrived twice. */
	ledger(vendor: VendorName): LeadCounts {
		return this[vendor].ledger();
	}

	/** The highest number of requests that were open at the same time. */
	maxOpen(vendor?: VendorName): number {
		return this.gauge.highest.get(vendor ?? ALL_VENDORS) ?? 0;
	}

	/** Counts a request as open, until the function it returns is called. */
	opened(vendor: VendorName): () => void {
		const { open, highest } = this.gauge;
		const names = [vendor, ALL_VENDORS];
		for (const name of names) {
			const now = (open.get(name) ?? 0) + 1;
			open.set(name, now);
			highest.set(name, Math.max(now, highest.get(name) ?? 0));
		}
		return () => names.forEach((name) => open.set(name, (open.get(name) ?? 1) - 1));
	}

	/** How long the next request takes, in milliseconds. */
	latency(): number {
		const { latencyMs, seed } = this.settings;
		if (typeof latencyMs === 'number') return latencyMs;
		if (this.random.seed !== seed) this.random = { seed, next: seededRandom(seed) };
		const [min, max] = latencyMs;
		return min + this.random.next() * (max - min);
	}

	/** Returns to the state of a new sandbox: no leads, requests or faults; default settings. */
	reset(): void {
		this.clock.reset();
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
