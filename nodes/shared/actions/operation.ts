import type { IDataObject } from 'n8n-workflow';
import type { ApiError } from '../transport/ApiError';
import type { ItemParameters } from '../parameters/ItemParameters';
import type { Outcome } from './outcome/outcome';
import type { Safety } from '../transport/retryPolicy';
import type { ApiClient } from '../transport/ApiClient';
import type { AccountConfig } from '../transport/vendor';

/**
 * What one operation does with one lead, or with a list of them. It has no loop over items, no
 * retry and no error handling of its own: `runOperation` has them for all.
 */
export interface Operation<Lead, A extends AccountConfig = AccountConfig> {
	/** Whether the operation changes anything at the vendor, and what sending it twice would do. */
	safety: Safety;
	/** Reads and checks one item; sends nothing. @throws InvalidInputError */
	parseItem(item: ItemParameters, account: A): Lead;
	/**
	 * What makes two items the same lead: one mark, or several of which any will do; undefined, or none,
	 * where the item stands for itself.
	 */
	dedupeKeys?(lead: Lead): string | readonly string[] | undefined;
	/**
	 * The vendor's records that it changes. Items that change the same one are sent one after the other, in
	 * their order, so that it ends as the last of them has it.
	 */
	recordKeys?(lead: Lead): string | readonly string[];
	/** What is told of a lead that an earlier execution sent, where the user wants such leads remembered. */
	toOutput?(lead: Lead): IDataObject;
	/** Leads with the same key may travel in one list, such as those of one campaign. */
	batchKey?(lead: Lead): string;
	/** The most leads that the vendor takes in one request; 1 where it takes no lists. */
	maxBatchSize(account: A): number;
	/** Sends leads and gives one outcome for each, in their order. @throws ApiError */
	sendBatch(vendor: ApiClient<A>, leads: Lead[]): Promise<Outcome[]>;
	/** After a lost reply: asks the vendor whether it has the lead. @throws ApiError */
	reconcile?(vendor: ApiClient<A>, lead: Lead): Promise<Outcome | 'absent' | 'unknown'>;
	/**
	 * After a refusal of this very lead: looks whether it means something else, such as that the vendor
	 * has the lead already. Undefined: it is a refusal. @throws ApiError
	 */
	resolveRejection?(
		vendor: ApiClient<A>,
		lead: Lead,
		refusal: ApiError,
	): Promise<Outcome | undefined>;
}
