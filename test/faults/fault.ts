import type { IDataObject } from 'n8n-workflow';
import type { VendorName, SandboxState } from '../../sandbox';
import type { ClearedUpBy } from './write';

/** Where a fault is put: one vendor of a sandbox that nobody else uses. */
export interface Stage {
	world: SandboxState;
	vendor: VendorName;
	/** Requests that the write takes about when nothing goes wrong. */
	requests: number;
	/** The address of a host that is not the vendor's. */
	otherHost: string;
	seed: number;
	/** Voids the token in use; undefined where the credential has a fixed key. */
	expire?: () => void;
}

/** Something that goes wrong at a vendor, or on the way. */
export interface Fault {
	/** As the table has it. */
	name: string;
	/** Options of the node that make the cell fast, such as Time-Out. */
	options?: IDataObject;
	/** Sets the fault up before the first request. */
	begin?(stage: Stage): void;
	/** Sets it up, or worse, once half of the requests have come. */
	halfway?(stage: Stage): void;
	/** Whether the credential is to be one whose token can run out, where the vendor has such. */
	tokens?: true;
	/** Of the faults that strike no single request: whether the vendor slows down, which strikes all. */
	strikesAll?: true;
	/** No lead can be taken as long as it lasts; every item has to fail with words like these. */
	permanent?: RegExp;
	/** It leaves no doubt whether the vendor acted, so that no outcome may be unknown. */
	clear?: true;
	/** By what it keeps a lost reply from being cleared up, so that an outcome may be unknown. */
	prevents?: readonly ClearedUpBy[];
	/** Whether the fault is mended, as by a new key, before a failed execution is retried. */
	mended?: true;
}
