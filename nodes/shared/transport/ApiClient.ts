import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { hashOf } from '../values/hash';
import { toError } from '../values/json';
import { sleep } from '../values/sleep';
import {
	outcomeUnknown,
	requestFailed,
	vendorAway,
	waitLimitExceeded,
	ApiError,
	credentialChanged,
} from './ApiError';
import { describeFailure } from './describeFailure';
import { httpCall } from './httpCall';
import { Outage } from './Outage';
import { rateLimiterFor, WaitLimitError, type RateLimiter } from './rateLimit/RateLimiter';
import { readCallError, readResponse, type Attempt } from './readResponse';
import {
	buildUrl,
	type ApiRequest,
	type ApiResponse,
	type ClientContext,
	type RequestSettings,
} from './request';
import { decideRetry, isUsableReply } from './retryPolicy';
import { credentialFor, type AccountConfig, type Vendor } from './vendor';
import { Waits } from './Waits';

/** How long a client without patience tries. */
const IMPATIENT_MS = 5_000;

/** What a client is made of. */
export interface ClientOptions<A extends AccountConfig> {
	context: ClientContext;
	vendor: Vendor<A>;
	account: A;
	/** The credential's type, and its ID in n8n. */
	credential: { type: string; id: string };
	settings: RequestSettings;
	/** Shared by all requests of the run. */
	outage: Outage;
	/** Shared by all requests of the run. */
	waits: Waits;
	/** Aborts requests and waits when the execution is canceled. */
	signal?: AbortSignal;
	/** An earlier attempt of the node sent the same requests and got no response. */
	hadLostAttempt?: boolean;
}

/** Sends requests with one credential: within the vendor's rate limit, with retries and the user's settings. */
export class ApiClient<A extends AccountConfig = AccountConfig> {
	readonly account: A;
	readonly credential: { type: string; id: string };

	constructor(readonly options: ClientOptions<A>) {
		this.account = options.account;
		this.credential = options.credential;
	}

	/** Reads the node's credential. @throws InvalidInputError for a credential that cannot be used */
	static async open<A extends AccountConfig>(
		context: ClientContext,
		vendor: Vendor<A>,
		settings: RequestSettings,
		{ signal }: { signal?: AbortSignal } = {},
	): Promise<ApiClient<A>> {
		const { parameters, credentials } = context.getNode();
		const type = credentialFor(vendor, parameters);
		const account = vendor.readAccount(await context.getCredentials(type));
		const id = credentials?.[type]?.id ?? credentials?.[type]?.name ?? '';
		const credential = { type, id };
		const outage = new Outage(settings.giveUpAfterMs);
		const waits = new Waits();
		return new ApiClient({ context, vendor, account, credential, settings, outage, waits, signal });
	}

	/** The same client for requests that an earlier attempt of the node sent without getting a response. */
	withPriorAttempt(): ApiClient<A> {
		return new ApiClient({ ...this.options, hadLostAttempt: true });
	}

	/** The same client for requests that are not worth a wait: they end after a few seconds in all. */
	impatient(): ApiClient<A> {
		const { signal } = this.options;
		const settings = { ...this.options.settings, giveUpAfterMs: 0 };
		const timeout = AbortSignal.timeout(IMPATIENT_MS);
		return new ApiClient({
			...this.options,
			settings,
			outage: new Outage(0),
			signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
		});
	}

	/** True once the vendor has given no usable reply for Max Retry Time: every request fails at once. */
	get isVendorAway(): boolean {
		return this.options.outage.isGivenUp;
	}

	/**
	 * Sends a request, and again as long as `decideRetry` says so and Max Retry Time lasts.
	 * @throws ApiError without a usable response; InvalidInputError for a path segment that cannot be an
	 * ID; the signal's reason when the execution was canceled
	 */
	async request(request: ApiRequest): Promise<ApiResponse> {
		const { vendor, settings, outage, waits, signal } = this.options;
		const url = buildUrl(this.account.baseUrl, request);
		const limiter = this.limiterOf(request);
		const { isLastTry } = outage;
		let retryBudgetMs = settings.giveUpAfterMs;
		let isInDoubt = this.options.hadLostAttempt === true;
		for (let attemptNumber = 1; ; attemptNumber++) {
			retryBudgetMs -= await this.acquireSlot(limiter, retryBudgetMs, isInDoubt);
			const sentAt = Date.now();
			const attempt = await this.attempt(request, url, limiter).catch((error: unknown) => {
				throw isInDoubt && error === credentialChanged ? outcomeUnknown(vendor) : toError(error);
			});
			const { expectedStatuses } = request;
			const { authErrorStatuses } = vendor;
			const decision = decideRetry(request.safety, attempt.result, attemptNumber, {
				expectedStatuses,
				authErrorStatuses,
			});
			if (isUsableReply(decision, attempt.status)) outage.end();
			else outage.continue(isLastTry, decision.next === 'retry' ? decision.delayMs : 0);
			if (decision.next === 'accept') {
				const { status = 0, body, answeredAt } = attempt;
				return { status, body, afterLostResponse: isInDoubt, answeredAt };
			}
			const isRetry = decision.next === 'retry';
			const pauseMs = decision.next === 'fail' ? 0 : decision.pauseMs;
			const isUnannounced = attempt.status === 429 && attempt.rateLimit?.remaining !== 0;
			if (pauseMs > 0) limiter.pauseFor(pauseMs, isUnannounced ? sentAt : undefined);
			if (!isRetry || decision.delayMs > Math.min(retryBudgetMs, outage.patienceLeftMs)) {
				const details = await describeFailure(this.options, attempt, request);
				outage.lastDetails = details;
				throw requestFailed(vendor, decision, isInDoubt, details);
			}
			isInDoubt ||= decision.isInDoubt;
			retryBudgetMs -= decision.delayMs;
			await sleep(decision.delayMs, signal);
			waits.add(attempt.status === 429 ? 'rateLimit' : 'unavailable', sentAt, Date.now());
		}
	}

	/** Makes a request that depends on no lead, to find out whether the vendor accepts the credential. */
	async checkCredential(): Promise<'accepted' | 'rejected' | 'notKnown'> {
		const { vendor, signal } = this.options;
		const request = vendor.credentialCheck?.(this.account);
		if (request === undefined) return 'notKnown';
		try {
			await this.request(request);
			return 'accepted';
		} catch (error) {
			if (signal?.aborted) throw toError(error);
			return error instanceof ApiError && error.kind === 'credential' ? 'rejected' : 'notKnown';
		}
	}

	private limiterOf({ rateLimitGroup }: ApiRequest): RateLimiter {
		const { type, id } = this.credential;
		const { baseUrl, secrets } = this.account;
		return rateLimiterFor(`${type} ${id}`, hashOf(baseUrl, secrets), rateLimitGroup);
	}

	/** @returns the milliseconds that the vendor's rate limit made it wait */
	private async acquireSlot(
		limiter: RateLimiter,
		retryBudgetMs: number,
		isInDoubt: boolean,
	): Promise<number> {
		const { vendor, settings, outage, waits, signal } = this.options;
		if (outage.isGivenUp) throw this.notTried(isInDoubt);
		const maxWaitMs = Math.min(retryBudgetMs, outage.patienceLeftMs);
		try {
			const since = Date.now();
			const { requestsPerMinute } = settings;
			return waits.addSlot(since, await limiter.acquire(requestsPerMinute, maxWaitMs, signal));
		} catch (error) {
			if (!(error instanceof WaitLimitError)) throw toError(error);
			if (error.waitMs <= retryBudgetMs) {
				outage.giveUp();
				throw this.notTried(isInDoubt);
			}
			throw isInDoubt ? outcomeUnknown(vendor) : waitLimitExceeded(vendor, error.waitMs);
		}
	}

	/** The vendor is away, so the request is not sent. */
	private notTried(isInDoubt: boolean): ApiError {
		const { vendor, outage } = this.options;
		const { durationMs, lastDetails } = outage;
		return isInDoubt
			? outcomeUnknown(vendor, lastDetails)
			: vendorAway(vendor, durationMs, lastDetails);
	}

	/** Sends a request once, in a slot acquired before. @throws the signal's reason when aborted */
	private async attempt(request: ApiRequest, url: string, limiter: RateLimiter): Promise<Attempt> {
		const { context, vendor, settings, signal } = this.options;
		const { timeoutMs } = settings;
		const startedAt = Date.now();
		let attempt: Attempt | undefined;
		let isChanged = false;
		try {
			attempt = await httpCall(context, this.credential.type, request, url, {
				timeoutMs,
				signal,
				checkCredential: (credentials) => {
					isChanged = !this.isSameAccount(credentials);
					if (isChanged) throw credentialChanged;
				},
			}).then(
				(response) => readResponse(response, request, vendor),
				(error: unknown) => {
					if (signal?.aborted) throw toError(signal.reason);
					if (isChanged) throw credentialChanged;
					return readCallError(error, url, timeoutMs, vendor, request);
				},
			);
			return attempt;
		} finally {
			const isAccepted = attempt?.isAccepted === true;
			limiter.release(attempt?.rateLimit, isAccepted, Date.now() - startedAt);
		}
	}

	/** True if a credential, as n8n reads it now, belongs to the account that this client was opened with. */
	private isSameAccount(credentials: ICredentialDataDecryptedObject): boolean {
		const { baseUrl, accountKey, isAccountKeyTemporary } = this.account;
		try {
			const now = this.options.vendor.readAccount(credentials);
			const isSameKey = isAccountKeyTemporary === true || now.accountKey === accountKey;
			return now.baseUrl === baseUrl && isSameKey;
		} catch {
			return false;
		}
	}
}
