import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../parameters/ItemParameters';
import type { ApiClient } from '../transport/ApiClient';
import type { ApiError } from '../transport/ApiError';
import type { Safety } from '../transport/retryPolicy';
import type { AccountConfig } from '../transport/vendor';
import type { DedupeKey } from './dedupeKey';
import type { Outcome } from './outcome/outcome';

/** One operation of a vendor. `runOperation` has the loop over items, the retry and the error handling for all. */
interface OperationBase<Lead, A extends AccountConfig, Found> {
	/** What sending a request twice does. */
	safety: Safety;
	/** Its only effect is a new lead: in a loop, a repeat in a later run is not sent. */
	isCreate?: boolean;
	/** Neither the vendor nor a look-up recognizes a lead that is sent again, so Remember Sent Leads is on by default. */
	acceptsRepeats?: boolean;
	/**
	 * Reads what `parseItem` has to know of the account, such as its own fields: once a run, before the first item, also in a
	 * preview. @param parameters the node's, as stored. @throws ApiError
	 */
	prepare?(client: ApiClient<A>, parameters: unknown): Promise<void>;
	/** Reads and validates one item; sends nothing. @throws InvalidInputError */
	parseItem(item: ItemParameters, account: A): Lead;
	/** What the user knows an item by, for messages; by default its lead ID, phone number or name. */
	itemName?(item: ItemParameters): unknown;
	/** Items that share a key are the same lead. None: the item is never a duplicate. */
	dedupeKeys?(lead: Lead): readonly DedupeKey[];
	/** The phone number that the vendor calls, and where it does, such as in a campaign: several leads may have the same. */
	numberOf?(lead: Lead): string;
	/** After a run by hand: what the person should know about the leads that were created; one sentence each. */
	notesOnSent?(client: ApiClient<A>, leads: readonly Lead[]): Promise<string[]>;
	/** The vendor's records that it changes. Items that share one are sent in order, so the last one wins. */
	recordKeys?(lead: Lead): string | readonly string[];
	/** The item's own data, for the output of a preview, and of a lead that is not sent because it repeats another. */
	toOutput?(lead: Lead): IDataObject;
	/** Asks what the vendor already has, one result per lead, in order; skipped in a preview. @throws ApiError */
	lookUp?(client: ApiClient<A>, leads: readonly Lead[]): Promise<readonly Found[]>;
	/** After a lost response: asks the vendor whether it has the lead. @throws ApiError */
	reconcile?(client: ApiClient<A>, lead: Lead): Promise<Outcome | 'notFound' | 'unknown'>;
	/** What a rejection means, such as a lead that exists; undefined if it is one. @throws ApiError */
	resolveRejection?(
		client: ApiClient<A>,
		lead: Lead,
		rejection: ApiError,
	): Promise<Outcome | undefined>;
}

/** One lead per request. */
export interface SingleOperation<Lead, A extends AccountConfig, Found>
	extends OperationBase<Lead, A, Found> {
	/** @param found what `lookUp` returned; undefined without `lookUp` and in a preview. @throws ApiError */
	sendOne(client: ApiClient<A>, lead: Lead, found: Found | undefined): Promise<Outcome>;
	sendBatch?: undefined;
}

/** Several leads per request. */
export interface BatchOperation<Lead, A extends AccountConfig>
	extends OperationBase<Lead, A, never> {
	/** Leads with the same key may share a request, such as those of one campaign. */
	batchKey?(lead: Lead): string;
	/** The most leads that the vendor accepts in one request. */
	maxBatchSize(account: A): number;
	/** @returns one outcome per lead, in order. @throws ApiError */
	sendBatch(client: ApiClient<A>, leads: readonly Lead[]): Promise<Outcome[]>;
	sendOne?: undefined;
}

export type Operation<Lead, A extends AccountConfig, Found> =
	| SingleOperation<Lead, A, Found>
	| BatchOperation<Lead, A>;
