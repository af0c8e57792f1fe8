import type { ApiClient } from '../transport/ApiClient';
import { ApiError, contentRefused } from '../transport/ApiError';
import { ITEM_ERROR_STATUSES } from '../transport/retryPolicy';
import type { AccountConfig } from '../transport/vendor';
import { toError } from '../values/json';
import { sleep } from '../values/sleep';
import { settleStored, type LookUpAnswer } from './rejectedBatch';
import { doubtOf, type LeadJob, type LeadLifecycle } from './leadState';
import type { Operation } from './operation';
import { fromApiError, inDoubt, missingFromReply, unexpected } from './outcome/failures';
import type { Failure, Outcome } from './outcome/outcome';

/** Waits before each look-up of a lead whose response was lost: vendors list new leads with a delay. */
export const RECONCILE_DELAYS_MS: readonly number[] = [500, 1_500];

/** Two leads in a row that the vendor cannot be asked about: then the others of the batch are not asked about either. */
const MAX_UNANSWERED_QUESTIONS = 2;

/** Where the credential cannot be checked without a lead: as many different requests decide. */
const REJECTIONS_WITHOUT_CHECK = 2;

const doubt = (job: LeadJob<unknown>) => doubtOf(job) ?? inDoubt;

/** Sends the batches of one run, and concludes each of their jobs. */
export class BatchSender<Lead, A extends AccountConfig, Found> {
	/** A failure that makes all further requests pointless, such as a rejected credential. */
	private fatalFailure: Failure | undefined;
	/** The vendor is known to store no lead of a batch that it rejects. */
	private storesNothing = false;
	/** Requests in a row that were refused for the credential. */
	private rejections = 0;
	/** The check that runs now: concurrent rejections share it. */
	private credentialCheck: ReturnType<ApiClient['checkCredential']> | undefined;

	constructor(
		private readonly operation: Operation<Lead, A, Found>,
		private readonly client: ApiClient<A>,
		private readonly lifecycle: LeadLifecycle,
		private readonly signal: AbortSignal | undefined,
	) {}

	/**
	 * Sends a batch; one that is rejected for its content is halved until the invalid lead is alone.
	 * @param containsInvalid the batch is known to hold an invalid lead: halved without being sent
	 * @returns true if the vendor rejected none of the batch
	 */
	async send(jobs: ReadonlyArray<LeadJob<Lead>>, containsInvalid = false): Promise<boolean> {
		if (this.fatalFailure !== undefined) {
			this.concludeAll(jobs, this.fatalFailure);
			return true;
		}
		const isSingle = jobs.length === 1;
		if (isSingle || !containsInvalid) {
			const failure = await this.attempt(jobs);
			const error =
				failure?.kind === 'credential' ? await this.explain(failure, isSingle) : failure;
			if (error?.kind !== 'refused') {
				if (error === undefined) this.rejections = 0;
				else await this.handleError(jobs, error);
				return true;
			}
			const isAboutContent = error !== failure || ITEM_ERROR_STATUSES.has(error.status);
			if (isSingle || !isAboutContent) {
				await this.handleRejection(jobs, error);
				return false;
			}
			for (const job of jobs) this.lifecycle.returnFromBatch(job);
			const isBatchRejected = ITEM_ERROR_STATUSES.has(error.status);
			const rest = isBatchRejected ? await this.withoutStored(jobs) : jobs;
			if (rest.length === 0) return false;
			if (rest.length < jobs.length) {
				await this.send(rest, true);
				return false;
			}
		}
		const middle = Math.ceil(jobs.length / 2);
		const firstAccepted = await this.send(jobs.slice(0, middle));
		const secondAccepted = await this.send(jobs.slice(middle), firstAccepted);
		return firstAccepted && secondAccepted;
	}

	/** @returns the leads of a rejected batch that the vendor does not have */
	private async withoutStored(
		jobs: ReadonlyArray<LeadJob<Lead>>,
	): Promise<ReadonlyArray<LeadJob<Lead>>> {
		const { operation, lifecycle, signal } = this;
		if (operation.safety !== 'unsafe' || operation.reconcile === undefined) return jobs;
		if (this.storesNothing) return jobs;
		const rest = await settleStored(jobs, {
			lifecycle,
			delaysMs: RECONCILE_DELAYS_MS,
			signal,
			lookUp: async (job) => await this.lookUpAfterLoss(job),
			sendAlone: async (job) => await this.send([job]),
		});
		this.storesNothing ||= rest.storesNothing;
		return rest.jobs;
	}

	/**
	 * A firewall refuses a lead with the same status as a bad credential. @returns the error as it is if the credential is
	 * rejected without a lead, too; else a refusal of what was sent. A batch is halved where that cannot be checked
	 */
	private async explain(error: ApiError, isSingle: boolean): Promise<ApiError> {
		const { vendor } = this.client.options;
		this.credentialCheck ??= this.client
			.checkCredential()
			.finally(() => (this.credentialCheck = undefined));
		const answer = await this.credentialCheck;
		if (answer === 'accepted') return contentRefused(vendor, error);
		if (answer === 'notKnown' && !isSingle) return contentRefused(vendor, error);
		this.rejections++;
		if (answer === 'rejected' || this.rejections >= REJECTIONS_WITHOUT_CHECK) {
			this.fatalFailure = fromApiError(error);
		}
		return error;
	}

	/** Asks for each lead in doubt: done if the vendor has it, sent again if it does not, else unknown. */
	async reconcile(jobs: ReadonlyArray<LeadJob<Lead>>): Promise<void> {
		if (this.operation.reconcile === undefined) {
			for (const job of jobs) this.lifecycle.conclude(job, doubt(job));
			return;
		}
		const missing = await this.ask(jobs);
		for (const job of missing) this.lifecycle.notFound(job);
		const resend = missing.filter(({ state }) => state.status === 'ready');
		if (resend.length > 0) await this.send(resend);
	}

	/** Concludes the leads that the vendor has, or cannot be asked about. @returns those that it does not have */
	private async ask(jobs: ReadonlyArray<LeadJob<Lead>>): Promise<ReadonlyArray<LeadJob<Lead>>> {
		let open = jobs;
		for (const delayMs of RECONCILE_DELAYS_MS) {
			if (open.length === 0) break;
			if (!this.isPointless) await sleep(delayMs, this.signal);
			const notFound: Array<LeadJob<Lead>> = [];
			let unanswered = 0;
			for (const job of open) {
				const isOver = this.isPointless || unanswered >= MAX_UNANSWERED_QUESTIONS;
				const answer = isOver ? 'unanswered' : await this.lookUpAfterLoss(job);
				unanswered = answer === 'unanswered' ? unanswered + 1 : 0;
				if (answer === 'notFound') notFound.push(job);
				else this.lifecycle.conclude(job, typeof answer === 'string' ? doubt(job) : answer);
			}
			open = notFound;
		}
		return open;
	}

	/** True if no request can succeed any more in this run. */
	private get isPointless(): boolean {
		return this.fatalFailure !== undefined || this.client.isVendorAway;
	}

	/** @returns what the vendor has; `unknown` if it cannot say, `unanswered` if it did not reply */
	private async lookUpAfterLoss(job: LeadJob<Lead>): Promise<LookUpAnswer> {
		try {
			return (await this.operation.reconcile?.(this.client, job.lead)) ?? 'unknown';
		} catch (error) {
			if (this.signal?.aborted) throw toError(error);
			return error instanceof ApiError && error.kind !== 'refused' ? 'unanswered' : 'unknown';
		}
	}

	/** @returns the error of the request, or undefined once every job is concluded */
	private async attempt(jobs: ReadonlyArray<LeadJob<Lead>>): Promise<ApiError | undefined> {
		const mayRepeat = jobs.some(({ state }) => state.status === 'inDoubt');
		const client = mayRepeat ? this.client.withPriorAttempt() : this.client;
		const leads = jobs.map(({ lead }) => lead);
		try {
			const found = await this.operation.lookUp?.(client, leads);
			for (const job of jobs) this.lifecycle.send(job);
			const outcomes = await this.sendLeads(client, leads, found);
			jobs.forEach((job, index) =>
				this.lifecycle.conclude(job, outcomes[index] ?? missingFromReply),
			);
			return undefined;
		} catch (error) {
			if (this.signal?.aborted) throw toError(error);
			if (error instanceof ApiError) return error;
			this.concludeAll(jobs, unexpected(toError(error)));
			return undefined;
		}
	}

	private async sendLeads(
		client: ApiClient<A>,
		leads: readonly Lead[],
		found: readonly Found[] | undefined,
	): Promise<Outcome[]> {
		const { operation } = this;
		if (operation.sendBatch !== undefined) return await operation.sendBatch(client, leads);
		const outcomes: Outcome[] = [];
		for (const [index, lead] of leads.entries()) {
			outcomes.push(await operation.sendOne(client, lead, found?.[index]));
		}
		return outcomes;
	}

	private async handleError(jobs: ReadonlyArray<LeadJob<Lead>>, error: ApiError): Promise<void> {
		const failure = fromApiError(error);
		if (error.kind !== 'unknown') {
			this.concludeAll(jobs, failure);
			return;
		}
		for (const job of jobs) this.lifecycle.loseResponse(job, failure);
		await this.reconcile(jobs);
	}

	private async handleRejection(
		jobs: ReadonlyArray<LeadJob<Lead>>,
		rejection: ApiError,
	): Promise<void> {
		for (const job of jobs) {
			const meaning = await this.tryQuery(
				async () => await this.operation.resolveRejection?.(this.client, job.lead, rejection),
			);
			this.lifecycle.conclude(job, meaning ?? fromApiError(rejection));
		}
	}

	/** @returns undefined when the vendor cannot be asked */
	private async tryQuery<Answer>(query: () => Promise<Answer>): Promise<Answer | undefined> {
		try {
			return await query();
		} catch (error) {
			if (this.signal?.aborted) throw toError(error);
			return undefined;
		}
	}

	private concludeAll(jobs: ReadonlyArray<LeadJob<Lead>>, failure: Failure): void {
		for (const job of jobs) this.lifecycle.conclude(job, failure);
	}
}
