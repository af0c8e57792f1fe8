import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { asError, isObject, numberOf, own, parseBody, textOf, textsWithin } from './json';
import { readLimits } from './limits';
import type { LimitNews } from './limits';
import { InvalidLead } from './outcome';
import { pacerFor, WaitTooLong } from './pacer';
import type { Pacer } from './pacer';
import { judge } from './retryPolicy';
import type { Effect, Exchange } from './retryPolicy';
import type { Account, Vendor } from './vendor';

/** The contexts from which a vendor can be called. */
export type CallContext = IExecuteFunctions | ILoadOptionsFunctions;

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
	/** Requests of one group share the vendor's limit. */
	group: string;
}

export interface Reply {
	status: number;
	/** The parsed JSON body; undefined when empty. */
	body: unknown;
	/** An earlier try of this request got no reply: the vendor may have acted on that one. */
	afterLostReply: boolean;
}

/** Why a call did not end in a reply. */
export type CallFailure = 'refused' | 'credential' | 'notSent' | 'unknown';

/** A call that did not end in a reply. Holds words only: no request, no header, no secret. */
export class CallFailed extends Error {
	constructor(
		readonly kind: CallFailure,
		message: string,
		readonly description: string,
		readonly status?: number,
		readonly vendorMessage?: string,
	) {
		super(message);
		this.name = 'CallFailed';
	}
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

const longestVendorWords = 300;

/** Codes by which a failure says that the connection never came about, so that nothing was sent. */
const neverReached = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);
const loneSurrogate = /\p{Surrogate}/u;
const certificate = /CERT|SIGNATURE|ALTNAME/;

/** What n8n's helper met, found below the layers that it wraps errors in. */
interface Cause {
	code?: string;
	status?: number;
	/** Where the request went: the vendor's API, or its sign-in. */
	url?: string;
	/** The body of the reply, as text. */
	text?: unknown;
	/** Whether it came from an HTTP exchange at all. */
	http: boolean;
}

function rootCause(error: unknown): Cause {
	const found: Cause = { http: false };
	for (let layer = error, depth = 0; isObject(layer) && depth < 8; layer = layer.cause, depth++) {
		const response = own(layer, 'response');
		found.status ??= numberOf(own(response, 'status')) ?? numberOf(own(layer, 'httpCode'));
		found.code = textOf(own(layer, 'code')) ?? found.code;
		found.url = textOf(own(own(layer, 'config'), 'url')) ?? found.url;
		found.text ??= own(response, 'data');
		found.http ||= own(layer, 'isAxiosError') === true || found.code !== undefined;
	}
	return found;
}

/** One vendor, one credential, one run: makes HTTP calls under the vendor's limit and the user's settings. */
export class VendorClient<A extends Account = Account> {
	private constructor(
		private readonly context: CallContext,
		private readonly vendor: Vendor<A>,
		readonly account: A,
		private readonly credentialId: string,
		private readonly settings: CallSettings,
		private readonly signal: AbortSignal | undefined,
		private readonly preview: boolean,
	) {}

	/** @throws InvalidLead when the credential cannot be used as it is */
	static async open<A extends Account>(
		context: CallContext,
		vendor: Vendor<A>,
		settings: CallSettings,
		{ preview = false, signal }: { preview?: boolean; signal?: AbortSignal } = {},
	): Promise<VendorClient<A>> {
		const account = vendor.readAccount(await context.getCredentials(vendor.credential));
		const stored = context.getNode().credentials?.[vendor.credential];
		const id = stored?.id ?? stored?.name ?? '';
		return new VendorClient(context, vendor, account, id, settings, signal, preview);
	}

	/**
	 * Makes one call; waits, repeats or gives up as `judge` says.
	 * @throws CallFailed when there is no usable reply; PreviewedRequest in a preview;
	 * the signal's reason when the execution was cancelled; InvalidLead for a path that is none
	 */
	async call(request: VendorRequest): Promise<Reply> {
		const url = this.urlOf(request);
		if (this.preview) throw new PreviewedRequest(request.method, url, request.body);
		const pacer = pacerFor(
			[this.vendor.credential, this.credentialId, this.account.baseUrl, request.group].join('|'),
		);
		let patienceMs = this.settings.giveUpAfterMs;
		let lost = false;
		for (let attempt = 1; ; attempt++) {
			patienceMs -= await this.turn(pacer, patienceMs, lost);
			const { exchange, body, words } = await this.exchange(request, url, pacer);
			const verdict = judge(request.effect, exchange, attempt, {
				accept: request.accept,
				rejectsCredential: this.vendor.rejectsCredential,
			});
			const status = exchange.kind === 'reply' ? exchange.status : undefined;
			if (verdict.next === 'accept') return { status: status ?? 0, body, afterLostReply: lost };
			if (verdict.next === 'ask') throw this.unknown(words, status);
			if (verdict.next === 'giveUp') {
				if (verdict.because === 'refused') throw this.refused(words, status);
				if (verdict.because === 'credential') throw this.badCredential(words, status);
				throw lost || verdict.lost ? this.unknown(words, status) : this.unavailable(words, status);
			}
			lost ||= verdict.lost;
			if (verdict.limited) pacer.block(verdict.afterMs);
			if (verdict.afterMs > patienceMs) {
				if (lost) throw this.unknown(words, status);
				throw verdict.limited
					? this.tooLong(verdict.afterMs, words, status)
					: this.unavailable(words, status);
			}
			if (!verdict.limited) {
				await sleep(verdict.afterMs, this.signal);
				patienceMs -= verdict.afterMs;
			}
		}
	}

	/** Waits for a turn. @returns the milliseconds that the vendor's limit made it wait */
	private async turn(pacer: Pacer, patienceMs: number, lost: boolean): Promise<number> {
		try {
			return await pacer.turn(this.settings.requestsPerMinute, patienceMs, this.signal);
		} catch (error) {
			if (!(error instanceof WaitTooLong)) throw asError(error);
			throw lost ? this.unknown() : this.tooLong(error.waitMs);
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

	/** One exchange, in its turn: what came of it, the parsed body, the vendor's words. */
	private async exchange(
		request: VendorRequest,
		url: string,
		pacer: Pacer,
	): Promise<{ exchange: Exchange; body?: unknown; words?: string }> {
		let limits: LimitNews | undefined;
		try {
			const reply = await this.send(request, url);
			const status = numberOf(own(reply, 'statusCode')) ?? 0;
			limits = readLimits(own(reply, 'headers'), Date.now());
			const { readable, body } = parseBody(own(reply, 'body'));
			return {
				exchange: { kind: 'reply', status, readable, limits },
				body,
				words: this.words(this.vendor.wordsOf(body), request.body),
			};
		} catch (error) {
			if (this.signal?.aborted) throw asError(this.signal.reason);
			return this.failedExchange(error, url);
		} finally {
			pacer.finished(limits);
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
				this.vendor.credential,
				options,
			);
		} finally {
			done.abort();
			this.signal?.removeEventListener('abort', cancel);
		}
	}

	private failedExchange(error: unknown, url: string): { exchange: Exchange; words?: string } {
		const { code, status, url: failedUrl, text, http } = rootCause(error);
		const signingIn = failedUrl !== undefined && failedUrl !== url;
		// The helper lets every other status through: this is a 401, or the sign-in was refused.
		if (status === 401 || (signingIn && status !== undefined)) {
			return {
				exchange: { kind: 'reply', status: 401, readable: true, limits: {} },
				words: this.words(this.vendor.wordsOf(parseBody(text).body)),
			};
		}
		const badCertificate = certificate.test(code ?? '');
		const reached = http && !signingIn && !neverReached.has(code ?? '') && !badCertificate;
		return {
			exchange: {
				kind: 'failure',
				reached: reached ? 'maybe' : 'no',
				permanent: !http || badCertificate,
			},
			words: http ? this.failureWords(code) : this.words(textOf(own(error, 'message'))),
		};
	}

	/** A network failure in words: n8n replaces a whole message that holds a system's error code. */
	private failureWords(code: string | undefined): string {
		if (code === 'ECONNABORTED' || code === 'ETIMEDOUT' || code === 'ERR_CANCELED') {
			return `no complete reply within ${this.settings.timeoutMs / 1000} s`;
		}
		if (code === 'ECONNREFUSED') return 'the connection was refused';
		if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host';
		if (certificate.test(code ?? '')) return 'its certificate is not trusted';
		return neverReached.has(code ?? '') ? 'the host is out of reach' : 'the connection was cut';
	}

	/**
	 * Shortens the vendor's words to one line and masks the credential's secrets in them. Words that
	 * repeat the request are left out: they would put a person's data into an error or a log.
	 */
	private words(text: string | undefined, body?: VendorRequest['body']): string | undefined {
		let words = text?.replace(/\s+/g, ' ').trim();
		if (!words || repeats(words, body)) return undefined;
		for (const secret of this.account.secrets) words = words.replaceAll(secret, '***');
		return words.length > longestVendorWords ? `${words.slice(0, longestVendorWords)}…` : words;
	}

	private said(words: string | undefined, status: number | undefined): string {
		const parts = [status === undefined ? undefined : `HTTP ${status}`, words].filter(Boolean);
		return parts.length > 0 ? ` (${parts.join(': ')})` : '';
	}

	private refused(words: string | undefined, status = 0): CallFailed {
		const advice =
			this.vendor.adviceFor?.(status) ??
			(status >= 300 && status < 400
				? 'It answered with a redirect, which is not followed so that the credential stays with its host. Check the Base URL in the credential'
				: status === 404
					? 'Check the IDs in this item and the Base URL in the credential'
					: 'Correct the fields that it names and run the item again');
		return new CallFailed(
			'refused',
			`${this.vendor.name} refused the request${this.said(words, status)}`,
			advice,
			status,
			words,
		);
	}

	private badCredential(words: string | undefined, status = 401): CallFailed {
		return new CallFailed(
			'credential',
			`${this.vendor.name} did not accept the credential${this.said(words, status)}`,
			this.vendor.adviceFor?.(status) ??
				'Open the credential, check its key or token and test it, then run the workflow again',
			status,
			words,
		);
	}

	private unavailable(words: string | undefined, status?: number): CallFailed {
		return new CallFailed(
			'notSent',
			`${this.vendor.name} could not be reached or did not answer${this.said(words, status)}`,
			'It was tried several times. Run the items again once the vendor is back; check the Base URL in the credential if this is the first run',
			status,
			words,
		);
	}

	private tooLong(waitMs: number, words?: string, status?: number): CallFailed {
		return new CallFailed(
			'notSent',
			`${this.vendor.name} asks to wait ${Math.ceil(waitMs / 1000)} s, longer than Give Up After allows${this.said(words, status)}`,
			'Raise Give Up After in the options, lower Requests per Minute, or run the items again later',
			status,
			words,
		);
	}

	private unknown(words?: string, status?: number): CallFailed {
		return new CallFailed(
			'unknown',
			`Outcome unknown: the request was sent, but no usable reply came from ${this.vendor.name}${this.said(words, status)}`,
			'Look the lead up at the vendor before sending it again, so that it is not called twice',
			status,
			words,
		);
	}
}

/** Whether words hold more than two of the texts of one lead in a request. */
function repeats(words: string, body: VendorRequest['body']): boolean {
	const leads = Array.isArray(body) ? body : [body];
	return leads.some((lead) => {
		const found = [...textsWithin(lead)].filter((text) => text.length > 3 && words.includes(text));
		return new Set(found).size > 2;
	});
}
