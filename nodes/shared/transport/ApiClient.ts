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
import { sleep } from 'n8n-workflow';
import { credentialRefused, outcomeUnknown, refused, unavailable, waitTooLong } from './ApiError';
import type { Told } from './ApiError';
import { saysFailure } from './responseValidators';
import { readHttpFailure } from './networkError';
import { asError, numberOf, own, parseBody, textOf } from '../values/json';
import { readLimits } from './rateLimit/headers';
import type { LimitNews } from './rateLimit/headers';
import { InvalidLead } from '../actions/outcome/outcome';
import { pacerFor, WaitTooLong } from './rateLimit/RateLimiter';
import type { Pacer } from './rateLimit/RateLimiter';
import { isAboutLead, judge } from './retryPolicy';
import type { Effect, Exchange } from './retryPolicy';
import { credentialFor } from './vendor';
import type { Account, Vendor } from './vendor';
import { mask, oneLine, repeatsRequest, shorten } from './redact';

/** Ends the wait for a time-out. Made once: to make an error for every request would be dear. */
const finished = new Error('The request has ended');

/** The contexts from which a vendor can be called. */
export type CallContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| ITriggerFunctions
	| IWebhookFunctions;

/** Seconds and counts that the user sets for a run. */
export interface CallSettings {
	/** How long one request may take, from its first byte to its last. */
	timeoutMs: number;
	/** How long one request may wait in all for the vendor's limit and outages. */
	giveUpAfterMs: number;
	/** Requests in any minute; 0 for no limit. */
	requestsPerMinute: number;
}

export interface VendorRequest {
	method: IHttpRequestMethods;
	/** Path segments after the base URL; each is encoded, `.` and `..` are refused. */
	path: readonly string[];
	trailingSlash?: boolean;
	query?: Record<string, string | number>;
	/** Sent as JSON. */
	body?: IDataObject | IDataObject[];
	effect: Effect;
	/** Statuses besides 2xx that are an answer, such as 404 to a question. */
	accept?: readonly number[];
	/** Whether the body of a success holds what the vendor promises; without it, nobody knows what became of the request. */
	holds?: (body: unknown) => boolean;
	/** Requests of one group share the vendor's limit. */
	group: string;
}

/** What a vendor's own helper for calls is given. */
export type CallOptions = Pick<
	VendorRequest,
	'method' | 'effect' | 'query' | 'body' | 'accept' | 'holds'
>;

export interface Reply {
	status: number;
	/** The parsed JSON body; undefined when empty. */
	body: unknown;
	/** An earlier try of this request got no reply: the vendor may have acted on that one. */
	afterLostReply: boolean;
	/** The vendor's clock when it answered, in milliseconds since 1970, by its Date header. */
	answeredAt: number | undefined;
}

/** In a preview: the request that would have gone out. */
export class PreviewedRequest extends Error {
	constructor(
		readonly method: string,
		readonly url: string,
		readonly body: IDataObject | IDataObject[] | undefined,
	) {
		super('Preview Only: nothing was sent');
		this.name = 'PreviewedRequest';
	}

	/** As it stands in an output item. */
	shown(): IDataObject {
		return { request: { method: this.method, url: this.url, body: this.body } };
	}
}

const loneSurrogate = /\p{Surrogate}/u;

/** One vendor, one credential, one run: makes HTTP calls under the vendor's limit and the user's settings. */
export class VendorClient<A extends Account = Account> {
	/** Whether an earlier run sent the same requests already and got no reply. */
	private readonly lostBefore: boolean = false;

	private constructor(
		private readonly context: CallContext,
		private readonly vendor: Vendor<A>,
		readonly account: A,
		/** The credential's type, and its ID in n8n. */
		readonly credential: { type: string; id: string },
		private readonly settings: CallSettings,
		private readonly signal: AbortSignal | undefined,
		/** Whether nothing may be sent: the first call throws the request that it would have made. */
		readonly preview: boolean,
	) {}

	/** @throws InvalidLead when the credential cannot be used as it is */
	static async open<A extends Account>(
		context: CallContext,
		vendor: Vendor<A>,
		settings: CallSettings,
		{ preview = false, signal }: { preview?: boolean; signal?: AbortSignal } = {},
	): Promise<VendorClient<A>> {
		const { parameters, credentials } = context.getNode();
		const type = credentialFor(vendor, parameters);
		const account = vendor.readAccount(await context.getCredentials(type));
		const id = credentials?.[type]?.id ?? credentials?.[type]?.name ?? '';
		return new VendorClient(context, vendor, account, { type, id }, settings, signal, preview);
	}

	/** The same client, for requests that an earlier run sent already without getting a reply. */
	resuming(): VendorClient<A> {
		return Object.create(this, { lostBefore: { value: true } });
	}

	/**
	 * Makes one call; waits, repeats or gives up as `judge` says.
	 * @throws CallFailed when there is no usable reply; PreviewedRequest in a preview;
	 * the signal's reason when the execution was cancelled; InvalidLead for a path that is none
	 */
	async call(request: VendorRequest): Promise<Reply> {
		const url = this.urlOf(request);
		if (this.preview) throw new PreviewedRequest(request.method, url, request.body);
		const { type, id } = this.credential;
		const pacer = pacerFor([type, id, this.account.baseUrl, request.group].join('|'));
		let patienceMs = this.settings.giveUpAfterMs;
		let lost = this.lostBefore;
		for (let attempt = 1; ; attempt++) {
			patienceMs -= await this.turn(pacer, patienceMs, lost);
			const { exchange, body, told, answeredAt } = await this.exchange(request, url, pacer);
			const verdict = judge(request.effect, exchange, attempt, {
				accept: request.accept,
				rejectsCredential: this.vendor.rejectsCredential,
			});
			if (verdict.next === 'accept') {
				return { status: told.status ?? 0, body, afterLostReply: lost, answeredAt };
			}
			if (verdict.next === 'ask') throw outcomeUnknown(this.vendor, told);
			if (verdict.next === 'giveUp') {
				// What is said of the credential or the address says nothing of the try that was lost.
				if (lost && !isAboutLead(told.status)) throw outcomeUnknown(this.vendor, told);
				if (verdict.because === 'refused') throw refused(this.vendor, told);
				if (verdict.because === 'credential') throw credentialRefused(this.vendor, told);
			}
			lost ||= verdict.lost;
			if (verdict.next === 'again' && verdict.blockMs > 0) pacer.block(verdict.blockMs);
			if (verdict.next === 'giveUp' || verdict.afterMs > patienceMs) {
				if (lost) throw outcomeUnknown(this.vendor, told);
				throw verdict.next === 'again' && verdict.blockMs > 0
					? waitTooLong(this.vendor, verdict.afterMs, told)
					: unavailable(this.vendor, told);
			}
			await sleep(verdict.afterMs, this.signal);
			patienceMs -= verdict.afterMs;
		}
	}

	/** Waits for a turn. @returns the milliseconds that the vendor's limit made it wait */
	private async turn(pacer: Pacer, patienceMs: number, lost: boolean): Promise<number> {
		try {
			return await pacer.turn(this.settings.requestsPerMinute, patienceMs, this.signal);
		} catch (error) {
			if (!(error instanceof WaitTooLong)) throw asError(error);
			throw lost ? outcomeUnknown(this.vendor) : waitTooLong(this.vendor, error.waitMs);
		}
	}

	private urlOf({ path, trailingSlash, query }: VendorRequest): string {
		for (const segment of path) {
			if (segment === '' || segment === '.' || segment === '..' || loneSurrogate.test(segment)) {
				throw new InvalidLead('An ID is empty or is not an ID', 'Check the IDs in this item');
			}
		}
		const search = new URLSearchParams();
		for (const [name, value] of Object.entries(query ?? {})) search.append(name, String(value));
		const tail = `${trailingSlash ? '/' : ''}${search.size > 0 ? `?${search.toString()}` : ''}`;
		return `${this.account.baseUrl}/${path.map(encodeURIComponent).join('/')}${tail}`;
	}

	/** One exchange, in its turn: what came of it, the parsed body, what to tell of it. */
	private async exchange(
		request: VendorRequest,
		url: string,
		pacer: Pacer,
	): Promise<{ exchange: Exchange; body?: unknown; told: Told; answeredAt?: number }> {
		let limits: LimitNews | undefined;
		let taken = false;
		const sentAt = Date.now();
		try {
			const reply = await this.send(request, url);
			const status = numberOf(own(reply, 'statusCode')) ?? 0;
			limits = readLimits(own(reply, 'headers'), Date.now());
			taken = status !== 429 && status !== 503;
			const parsed = parseBody(own(reply, 'body'));
			const { body } = parsed;
			// A success that says that it failed, or lacks what the vendor promises, tells nothing.
			const hollow = status < 300 && (saysFailure(body) || request.holds?.(body) === false);
			const readable = parsed.readable && !hollow;
			const told: Told = { status };
			if (hollow || (status >= 400 && request.accept?.includes(status) !== true)) {
				told.words = await this.words(this.vendor.wordsOf(body), request.body);
			}
			const answeredAt = dateOf(own(reply, 'headers'));
			return { exchange: { kind: 'reply', status, readable, limits }, body, told, answeredAt };
		} catch (error) {
			if (this.signal?.aborted) throw asError(this.signal.reason);
			const { exchange, body, words } = readHttpFailure(error, url, this.settings.timeoutMs);
			const said = body === undefined ? words : this.vendor.wordsOf(body);
			const status = exchange.kind === 'reply' ? exchange.status : undefined;
			return { exchange, body, told: { status, words: await this.words(said, request.body) } };
		} finally {
			pacer.finished(limits, taken, Date.now() - sentAt);
		}
	}

	/**
	 * Sends one request through n8n's helper, which signs it in and keeps the credential fresh (a 401
	 * makes it refresh and send once more). The helper takes the abort signal from its context, so it
	 * gets one whose signal also fires at the time-out: n8n's own time-out only sees silence, and would
	 * let a reply drip for ever.
	 */
	private async send(request: VendorRequest, url: string): Promise<unknown> {
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
		sleep(this.settings.timeoutMs, done.signal).then(cancel, () => {});
		const scoped: CallContext = Object.create(this.context, {
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
	private async words(
		text: string | undefined,
		body?: VendorRequest['body'],
	): Promise<string | undefined> {
		const words = oneLine(text);
		if (words === '' || repeatsRequest(words, body)) return undefined;
		const secrets = await this.secrets();
		return secrets && shorten(mask(words, secrets));
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
	return numberOf(Date.parse(textOf(own(headers, 'date')) ?? ''));
}
