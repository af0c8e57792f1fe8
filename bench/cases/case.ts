import type { IDataObject } from 'n8n-workflow';
import type { FaultRule, Limit, VendorName } from '../../sandbox';

/** Where the vendors listen. */
export interface Addresses {
	/** The sandbox, by plain HTTP. */
	sandbox: string;
	/** The port on this machine that serves https://api.close.com. */
	closePort: number;
}

/** What a contestant has to send. */
export interface Job extends Addresses {
	items: IDataObject[];
}

/** What a contestant reports itself; the sandbox counts what arrived. */
export interface ContestantReport {
	/** Items that came out of the node's regular output. */
	out: number;
	/** The message of the execution that failed. */
	stopped?: string;
}

/** Runs a contestant. The first call, a warm-up, loads what it needs. */
export type RunContestant = (job: Job) => Promise<ContestantReport>;

/** One participant of a case. */
export interface Contestant {
	name: string;
	run: RunContestant;
	/** Takes over half a minute, so it runs once less than the others. */
	isSlow?: boolean;
	/** Sends nothing, so it can lose nothing. */
	sendsNothing?: boolean;
}

/** The settings of the sandbox for a case. */
export interface SandboxSetup {
	vendor: VendorName;
	latencyMs: number;
	limit?: Limit;
	fault?: FaultRule;
	/** Leads that exist in Close at the start. */
	held?: number;
	/** How long Close's search takes to show a new lead, in milliseconds. */
	indexLagMs?: number;
}

/** What the sandbox compares with the number of items to find lost leads. */
export type Metric = 'create' | 'disable' | 'read' | 'nothing';

/** One row of the table of cases. */
export interface Case {
	/** The letter, as in the table. */
	id: string;
	metric: Metric;
	items: number;
	setup: SandboxSetup;
	/** Items of the warm-up run; 0 where the first run is measured. */
	warmUp: number;
	contestants: Contestant[];
	/** True if the memory in use is measured as well, in a separate run. */
	measuresMemory?: boolean;
}

/** Figures of one run of one contestant. */
export interface Figures extends ContestantReport {
	ms: number;
	/** CPU time of all threads of the process. */
	cpuMs: number;
	/** Peak memory of the process, n8n's engine included. */
	peakRssMb: number;
	/** In a memory run: the peak of the live heap above its size before the run. */
	liveMb?: number;
}

/** What the sandbox counted in one run. */
export interface Counts {
	requests: number;
	/** Rejected for the rate limit. */
	refused: number;
	doubled: number;
	lost: number;
	/** With a limit: the used share of the allowed requests, from 0 to 1. */
	used?: number;
}
