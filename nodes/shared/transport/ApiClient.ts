import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { sleep as n8nSleep } from 'n8n-workflow';
import { sleep } from '../values/sleep';
import {
	credentialRefused,
	outcomeUnknown,
	rejected,
	unavailable,
	waitLimitExceeded,
} from './ApiError';
import type { ErrorDetails } from './ApiError';
import { reportsFailure } from './responseValidators';
import { classifyNetworkError } from './networkError';
import { toError, asNumber, getOwn, parseBody, asText } from '../values/json';
import { parseRateLimitHeaders } from './rateLimit/headers';
import type { RateLimitInfo } from './rateLimit/headers';
import { InvalidInputError } from '../errors/InvalidInputError';
import { rateLimiterFor, WaitLimitError } from './rateLimit/RateLimiter';
import type { RateLimiter } from './rateLimit/RateLimiter';
import { isItemError, decideRetry } from './retryPolicy';
import type { Safety, AttemptResult } from './retryPolicy';
import { credentialFor } from './vendor';
import type { AccountConfig, Vendor } from './vendor';
import { redactSecrets, collapseWhitespace, echoesRequest, truncate } from './redact';

/** Ends the wait for a time-out. Made once: to make an error for every request would be dear. */
const finished = new Error('The request has ended');

/** The contexts from which a vendor can be called. */
export type ClientContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| ITriggerFunctions
	| IWebhookFunctions;

/** Seconds and counts that the user sets for a run. */
export interface RequestSettings {
	/** How long one request may take, from its first byte to its last. */
	timeoutMs: number;
	/** How long one request may wait in all for the vendor's limit and outages. */
	giveUpAfterMs: number;
	/** Requests in any minute; 0 for no limit. */
	requestsPerMinute: number;
}

export interface ApiRequest {
	method: IHttpRequestMethods;
	/** Path segments after the base URL; each is encoded, `.` and `..` are refused. */
	path: readonly string[];
	trailingSlash?: boolean;
	query?: Record<string, string | number>;
	/** Sent as JSON. */
	body?: IDataObject | IDataObject[];
	safety: Safety;
	/** Statuses besides 2xx that are an answer, such as 404 to a question. */
	expectedStatuses?: readonly number[];
	/** Whether the body of a success holds what the vendor promises; without it, nobody knows what became of the request. */
	validateBody?: (body: unknown) => boolean;
	/** Requests of one group share the vendor's limit. */
	rateLimitGroup: string;
}

/** What a vendor's own helper for calls is given. */
export type RequestOptions = Pick<
	ApiRequest,
	'method' | 'safety' | 'query' | 'body' | 'expectedStatuses' | 'validateBody'
>;

export interface ApiResponse {
	status: number;
	/** The parsed JSON body; undefined when empty. */
	body: unknown;
	/** An earlier try of this request got no reply: the vendor may have acted on that one. */
	afterLostResponse: boolean;
	/** The vendor's clock when it answered, in milliseconds since 1970, by its Date header. */
	answeredAt: number | undefined;
}

/** In a preview: the request that would have gone out. */
export class DryRunRequest extends Error {
	constructor(
		readonly method: string,
		readonly url: string,
		readonly body: IDataObject | IDataObject[] | undefined,
	) {
		super('Preview Only: nothing was sent');
		this.name = 'DryRunRequest';
	}

	/** As it stands in an output item. */
	toJson(): IDataObject {
		return { request: { method: this.method, url: this.url, body: this.body } };
	}
}

const loneSurrogate = /\p{Surrogate}/u;

/** One vendor, one credential, one run: makes HTTP calls under the vendor's limit and the user's settings. */
export class ApiClient<A extends AccountConfig = AccountConfig> {
	/** Whether an earlier run sent the same requests already and got no reply. */
	private readonly hadLostAttempt: boolean = false;

	private constructor(
		private readonly context: ClientContext,
		private readonly vendor: Vendor<A>,
		readonly account: A,
		/** The credential's type, and its ID in n8n. */
		readonly credential: { type: string; id: string },
		private readonly settings: RequestSettings,
		private readonly signal: AbortSignal | undefined,
		/** Whether nothing may be sent: the first call throws the request that it would have made. */
		readonly dryRun: boolean,
	) {}

	/** @throws InvalidInputError when the credential cannot be used as it is */
	static async open<A extends AccountConfig>(
		context: ClientContext,
		vendor: Vendor<A>,
		settings: RequestSettings,
		{ preview = false, signal }: { preview?: boolean; signal?: AbortSignal } = {},
	): Promise<ApiClient<A>> {
		const { parameters, credentials } = context.getNode();
		const type = credentialFor(vendor, parameters);
		const account = vendor.readAccount(await context.getCredentials(type));
		const id = credentials?.[type]?.id ?? credentials?.[type]?.name ?? '';
		return new ApiClient(context, vendor, account, { type, id }, settings, signal, preview);
	}

	/** The same client, for requests that an earlier run sent already without getting a reply. */
	withPriorAttempt(): ApiClient<A> {
		return Object.create(this, { hadLostAttempt: { value: true } });
	}

	/**
	 * Makes one call; waits, repeats or gives up as `judge` says.
	 * @throws ApiError when there is no usable reply; DryRunRequest in a preview;
	 * the signal's reason when the execution was cancelled; InvalidInputError for a path that is none
	 */
	async request(request: ApiRequest): Promise<ApiResponse> {
		const url = this.buildUrl(request);
		if (this.dryRun) throw new DryRunRequest(request.method, url, request.body);
		const { type, id } = this.credential;
		const pacer = rateLimiterFor(
			[type, id, this.account.baseUrl, request.rateLimitGroup].join('|'),
		);
		let patienceMs = this.settings.giveUpAfterMs;
		let lost = this.hadLostAttempt;
		for (let attempt = 1; ; attempt++) {
			patienceMs -= await this.acquireSlot(pacer, patienceMs, lost);
			const { result, body, told, answeredAt } = await this.attempt(request, url, pacer);
			const decision = decideRetry(request.safety, result, attempt, {
				accept: request.expectedStatuses,
				rejectsCredential: this.vendor.authErrorStatuses,
			});
			if (decision.next === 'accept') {
				return { status: told.status ?? 0, body, afterLostResponse: lost, answeredAt };
			}
			if (decision.next === 'reconcile') throw outcomeUnknown(this.vendor, told);
			if (decision.next === 'fail') {
				// What is said of the credential or the address says nothing of the try that was lost.
				if (lost && !isItemError(told.status)) throw outcomeUnknown(this.vendor, told);
				if (decision.because === 'refused') throw rejected(this.vendor, told);
				if (decision.because === 'credential') throw credentialRefused(this.vendor, told);
			}
			lost ||= decision.lost;
			if (decision.next === 'retry' && decision.blockMs > 0) pacer.pauseFor(decision.blockMs);
			if (decision.next === 'fail' || decision.afterMs > patienceMs) {
				if (lost) throw outcomeUnknown(this.vendor, told);
				throw decision.next === 'retry' && decision.blockMs > 0
					? waitLimitExceeded(this.vendor, decision.afterMs, told)
					: unavailable(this.vendor, told);
			}
			await sleep(decision.afterMs, this.signal);
			patienceMs -= decision.afterMs;
		}
	}

	/** Waits for a turn. @returns the milliseconds that the vendor's limit made it wait */
	private async acquireSlot(
		pacer: RateLimiter,
		patienceMs: number,
		lost: boolean,
	): Promise<number> {
		try {
			return await pacer.acquire(this.settings.requestsPerMinute, patienceMs, this.signal);
		} catch (error) {
			if (!(error instanceof WaitLimitError)) throw toError(error);
			throw lost ? outcomeUnknown(this.vendor) : waitLimitExceeded(this.vendor, error.waitMs);
		}
	}

	private buildUrl({ path, trailingSlash, query }: ApiRequest): string {
		for (const segment of path) {
			if (segment === '' || segment === '.' || segment === '..' || loneSurrogate.test(segment)) {
				throw new InvalidInputError('An ID is empty or is not an ID', 'Check the IDs in this item');
			}
		}
		const search = new URLSearchParams();
		for (const [name, value] of Object.entries(query ?? {})) search.append(name, String(value));
		const tail = `${trailingSlash ? '/' : ''}${search.size > 0 ? `?${search.toString()}` : ''}`;
		return `${this.account.baseUrl}/${path.map(encodeURIComponent).join('/')}${tail}`;
	}

	/** One exchange, in its turn: what came of it, the parsed body, what to tell of it. */
	private async attempt(
		request: ApiRequest,
		url: string,
		pacer: RateLimiter,
	): Promise<{ result: AttemptResult; body?: unknown; told: ErrorDetails; answeredAt?: number }> {
		let limits: RateLimitInfo | undefined;
		let taken = false;
		const sentAt = Date.now();
		try {
			const reply = await this.send(request, url);
			const status = asNumber(getOwn(reply, 'statusCode')) ?? 0;
			limits = parseRateLimitHeaders(getOwn(reply, 'headers'), Date.now());
			taken = status !== 429 && status !== 503;
			const parsed = parseBody(getOwn(reply, 'body'));
			const { body } = parsed;
			// A success that says that it failed, or lacks what the vendor promises, tells nothing.
			const hollow =
				status < 300 && (reportsFailure(body) || request.validateBody?.(body) === false);
			const readable = parsed.readable && !hollow;
			const told: ErrorDetails = { status };
			if (hollow || (status >= 400 && request.expectedStatuses?.includes(status) !== true)) {
				told.vendorMessage = await this.sanitizeMessage(
					this.vendor.parseErrorMessage(body),
					request.body,
				);
			}
			const answeredAt = dateOf(getOwn(reply, 'headers'));
			return { result: { kind: 'reply', status, readable, limits }, body, told, answeredAt };
		} catch (error) {
			if (this.signal?.aborted) throw toError(this.signal.reason);
			const { result, body, message } = classifyNetworkError(error, url, this.settings.timeoutMs);
			const said = body === undefined ? message : this.vendor.parseErrorMessage(body);
			const status = result.kind === 'reply' ? result.status : undefined;
			return {
				result,
				body,
				told: { status, vendorMessage: await this.sanitizeMessage(said, request.body) },
			};
		} finally {
			pacer.release(limits, taken, Date.now() - sentAt);
		}
	}

	/**
	 * Sends one request through n8n's helper, which signs it in and keeps the credential fresh (a 401
	 * makes it refresh and send once more). The helper takes the abort signal from its context, so it
	 * gets one whose signal also fires at the time-out: n8n's own time-out only sees silence, and would
	 * let a reply drip for ever.
	 */
	private async send(request: ApiRequest, url: string): Promise<unknown> {
		const options: IHttpRequestOptions = {
			method: request.method,
			url,
			headers: { Accept: 'application/json' },
			encoding: 'text',
			returnFullResponse: true,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
			timeout: this.settings.timeoutMs,
		};
		if (request.body !== undefined) {
			options.body = JSON.stringify(request.body);
			options.headers = { ...options.headers, 'Content-Type': 'application/json' };
		}
		const deadline = new AbortController();
		const done = new AbortController();
		const cancel = () => deadline.abort();
		this.signal?.addEventListener('abort', cancel, { once: true });
		n8nSleep(this.settings.timeoutMs, done.signal).then(cancel, () => {});
		const scoped: ClientContext = Object.create(this.context, {
			getExecutionCancelSignal: { value: () => deadline.signal },
		});
		try {
			return await this.context.helpers.httpRequestWithAuthentication.call(
				scoped,
				this.credential.type,
				options,
			);
		} finally {
			done.abort(finished);
			this.signal?.removeEventListener('abort', cancel);
		}
	}

	/**
	 * Shortens the vendor's words to one line and masks the credential's secrets in them. Words that
	 * repeat the request are left out: they would put a person's data into an error or a log.
	 */
	private async sanitizeMessage(
		text: string | undefined,
		body?: ApiRequest['body'],
	): Promise<string | undefined> {
		const words = collapseWhitespace(text);
		if (words === '' || echoesRequest(words, body)) return undefined;
		const secrets = await this.secrets();
		return secrets && truncate(redactSecrets(words, secrets));
	}

	/**
	 * The secrets of the credential as it is now: n8n's helper may have fetched another token since it was
	 * read. Undefined when it cannot be read any more.
	 */
	private async secrets(): Promise<string[] | undefined> {
		try {
			const credentials = await this.context.getCredentials(this.credential.type);
			return [...this.account.secrets, ...this.vendor.readAccount(credentials).secrets];
		} catch {
			return undefined;
		}
	}
}

/** The moment in a Date header, to the second. */
function dateOf(headers: unknown): number | undefined {
	return asNumber(Date.parse(asText(getOwn(headers, 'date')) ?? ''));
}
