import type { IDataObject } from 'n8n-workflow';
import type { Sandbox, VendorName, SandboxState } from '../../sandbox';
import type { StoredCredentials } from '../support/engine';

/** A credential whose token can expire half-way; n8n fetches another one. */
export interface ExpiringCredential {
	credentials: StoredCredentials;
	/** Parameters that select this credential, where the node has several. */
	parameters?: IDataObject;
	/** Expires the token in use. */
	expire(): void;
}

/** How a lost response is reconciled: by a look-up, or by an idempotent resend. */
export type ReconciledBy = 'lookUp' | 'resend';

/** One write of one vendor: how to request it, and how to find it in the vendor's state. */
export interface Write {
	/** Its name in the table, such as `SquadVoice create`. */
	name: string;
	vendor: VendorName;
	/** The node's name in the package. */
	node: string;
	parameters: IDataObject;
	/** True if one request has many leads. */
	isBatched?: boolean;
	/** Only where this is empty may a lost response leave an outcome `unknown`. */
	reconciledBy: readonly ReconciledBy[];
	credentials(sandbox: Sandbox): StoredCredentials;
	/** Such a credential, where the vendor has expiring tokens. */
	withExpiringToken?(sandbox: Sandbox): ExpiringCredential;
	/** Creates what the write needs at the vendor. @returns the items to run it with */
	prepare(world: SandboxState, count: number): IDataObject[];
	/** How often the vendor wrote each item; at most 1 for an idempotent write. */
	countWrites(world: SandboxState, items: IDataObject[]): number[];
}

/** Items 0 to count - 1. */
export function numbered<T>(count: number, make: (index: number) => T): T[] {
	return Array.from({ length: count }, (_, index) => make(index));
}

/** The number of occurrences of each key. */
export function countBy(keys: Iterable<string>): Map<string, number> {
	const counts = new Map<string, number>();
	for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
	return counts;
}
