import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { VendorName, SandboxState } from '../../sandbox';
import type { ReconciledBy } from './write';

/** What a fault is injected into: one vendor of a sandbox that only this cell uses. */
export interface FaultContext {
	world: SandboxState;
	vendor: VendorName;
	/** Requests that the write needs without faults, approximately. */
	requests: number;
	/** The address of a host that is not the vendor's. */
	otherHost: string;
	seed: number;
	/** The items of the run. */
	items: IDataObject[];
	/** The fields of the stored credential, for a user who edits it. */
	credential: ICredentialDataDecryptedObject;
	/** Expires the token in use; undefined where the credential has a fixed key. */
	expire?: () => void;
}

/** A fault of a vendor or of the network. */
export interface Fault {
	/** Its name in the table. */
	name: string;
	/** Options of the node that make the cell fast, such as Timeout. */
	options?: IDataObject;
	/** Sets the fault up before the first request. */
	setUp?(context: FaultContext): void;
	/** Sets up what starts once half of the requests have arrived. */
	atHalfway?(context: FaultContext): void;
	/** Needs a credential whose token can expire, where the vendor has one. */
	needsExpiringToken?: true;
	/** Strikes every request, such as latency. */
	strikesEveryRequest?: true;
	/** No lead can be accepted while it lasts; the error of every item has to match this. */
	permanent?: RegExp;
	/** Leaves no doubt about what the vendor did, so that no outcome may be unknown. */
	isUnambiguous?: true;
	/** The ways of reconciling that it prevents, so that an outcome may be unknown. */
	prevents?: readonly ReconciledBy[];
	/** Concerns lists only: the writes that have many leads in one request. */
	needsList?: true;
	/** How many requests may be not accepted in a run that goes on. */
	maxRefusedRequests?: number;
	/** How long a run may take in all, in seconds, with each attempt of Retry On Fail. */
	maxSeconds?: number;
	/** A status that no request may get. */
	forbiddenStatus?: number;
	/** Ends, as with a new key, before a failed execution is retried. */
	isFixedBeforeRetry?: true;
}
