import type { IDataObject } from 'n8n-workflow';
import type { FaultRule } from '../../sandbox/server/faults';
import type { Limit } from '../../sandbox/server/rateLimits';
import type { VendorName } from '../../sandbox/vendorNames';

/** Where a contestant finds the vendors. */
export interface Addresses {
	/** The sandbox, by plain HTTP. */
	sandbox: string;
	/** The port on this machine that answers for https://api.close.com. */
	closePort: number;
}

export interface Job extends Addresses {
	items: IDataObject[];
}

/** What a contestant has to say for itself; what it did, the sandbox says. */
export interface ContestantReport {
	/** Items that came out of the node's regular output. */
	out: number;
	/** The message of the execution that failed. */
	stopped?: string;
}

/** Makes a contestant do a case's job. The first call, to warm up, loads what it needs. */
export type RunContestant = (job: Job) => Promise<ContestantReport>;

export interface Contestant {
	name: string;
	work: RunContestant;
	/** Takes longer than half a minute, and is therefore run twice, not three times. */
	slow?: boolean;
	/** Sends nothing, and can therefore lose nothing. */
	idle?: boolean;
}

/** How the sandbox is set for a case. */
export interface SandboxSetup {
	vendor: VendorName;
	latencyMs: number;
	limit?: Limit;
	fault?: FaultRule;
	/** Leads that Close holds from the beginning. */
	held?: number;
	/** How long Close's search takes to show a new lead, in milliseconds. */
	indexLagMs?: number;
}

/** By what the sandbox knows that a lead is lost. */
export type Aim = 'create' | 'disable' | 'read' | 'nothing';

export interface Case {
	/** The letter, as in the table. */
	id: string;
	aim: Aim;
	items: number;
	stage: SandboxSetup;
	/** Items of the run before the one that counts; none where the first run is what counts. */
	warmUp: number;
	contestants: Contestant[];
	/** Whether the memory in use is measured too, in a run of its own. */
	memory?: boolean;
}

/** Figures of one run of one contestant. */
export interface Figures extends ContestantReport {
	ms: number;
	/** Of all threads of the process. */
	cpuMs: number;
	/** The most memory that the process ever had, n8n's engine included. */
	peakRssMb: number;
	/** In a run for memory: the most that was in use after a collection, beyond what was before it. */
	liveMb?: number;
}

/** What the sandbox counted in one run. */
export interface Counts {
	requests: number;
	/** Turned away for the limit. */
	refused: number;
	doubled: number;
	lost: number;
	/** With a limit: the share of the requests that it allowed which was used, from 0 to 1. */
	used?: number;
}
