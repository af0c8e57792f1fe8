import type { IDataObject } from 'n8n-workflow';
import type { Sandbox, VendorName, SandboxState } from '../../sandbox';
import type { StoredCredentials } from '../support/engine';

/** A credential whose token can run out half-way and is fetched anew by n8n. */
export interface Expiring {
	credentials: StoredCredentials;
	/** Parameters that choose this credential, where the node has a choice. */
	parameters?: IDataObject;
	/** Voids the token that is in use. */
	expire(): void;
}

/** How a lost reply is cleared up: by asking the vendor, or by a repeat that it makes harmless. */
export type ClearedUpBy = 'asking' | 'repeating';

/** One write of one vendor: how it is asked for, and how the vendor's own state tells of it. */
export interface Write {
	/** As the table has it, such as `SquadVoice create`. */
	name: string;
	vendor: VendorName;
	/** The node's name in the package. */
	node: string;
	parameters: IDataObject;
	/** Whether one request takes many leads. */
	inLists?: boolean;
	/** Where nothing clears up a lost reply, and only there, an outcome may be `unknown`. */
	clearedUpBy: readonly ClearedUpBy[];
	credentials(sandbox: Sandbox): StoredCredentials;
	/** Where the vendor has tokens that run out: such a credential. */
	expiring?(sandbox: Sandbox): Expiring;
	/** Puts into the vendor what the write is about. @returns the items to run it with */
	begin(world: SandboxState, count: number): IDataObject[];
	/**
	 * How often the vendor has done what each item asks for: 0 not at all, 2 or more twice. For a write
	 * that changes nothing when repeated it is 1 at most.
	 */
	done(world: SandboxState, items: IDataObject[]): number[];
}

/** Items 0 to count - 1. */
export function numbered<T>(count: number, make: (index: number) => T): T[] {
	return Array.from({ length: count }, (_, index) => make(index));
}

/** How often each key stands among the keys. */
export function countBy(keys: Iterable<string>): Map<string, number> {
	const counts = new Map<string, number>();
	for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
	return counts;
}
