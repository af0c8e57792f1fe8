import type { VendorName } from '../vendorNames';
import type { Clock } from './Clock';
import type { FaultInjector } from './faults';
import type { Limit, Limiter } from './rateLimits';
import type { RequestRecord } from './requestRecord';

/** Settings of the server, for all vendors. */
export interface Settings {
	/** How long a request takes before it has an effect: fixed, or drawn from [min, max]. */
	latencyMs: number | [number, number];
	/** Seeds the draws of `latencyMs`. */
	seed: number;
	limits: Partial<Record<VendorName, Limit>>;
}

/** What the server reads of the sandbox's state, and its log. */
export interface ServerControl {
	readonly clock: Clock;
	readonly requests: RequestRecord[];
	readonly settings: Settings;
	readonly faults: FaultInjector;
	readonly limiter: Limiter;
	/** How long the next request takes, in milliseconds. */
	latency(): number;
	/** Counts a request as open, until the function it returns is called. */
	opened(vendor: VendorName): () => void;
}

/** What a vendor's plugin is registered with: the server's controls and the vendor's own state. */
export interface VendorOptions<State> {
	control: ServerControl;
	state: State;
}
