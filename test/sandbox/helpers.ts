import { startSandbox, type Sandbox } from '../../sandbox';
import { isRecord } from '../../sandbox/lib/guards';

export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	/** undefined when the text is not JSON. */
	json: unknown;
}

export interface Sent {
	method?: string;
	headers?: Record<string, string>;
	json?: unknown;
	form?: Record<string, string>;
	text?: string;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Sends a request; redirects are not followed. */
export async function send(url: string, sent: Sent = {}): Promise<Reply> {
	const headers = new Headers(sent.headers);
	let body: string | URLSearchParams | undefined = sent.text;
	if (sent.json !== undefined) {
		headers.set('content-type', 'application/json');
		body = JSON.stringify(sent.json);
	}
	if (sent.form) body = new URLSearchParams(sent.form);
	const method = sent.method ?? (body === undefined ? 'GET' : 'POST');
	const response = await fetch(url, { method, headers, body, redirect: 'manual' });
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

/** The code of the request's socket error, or the status of its reply. */
export async function failureOf(request: Promise<Reply>): Promise<string> {
	try {
		return `answered ${(await request).status}`;
	} catch (error) {
		// No instanceof: fetch's errors come from outside Jest's realm.
		const cause = isRecord(error) && isRecord(error.cause) ? error.cause : {};
		const { code } = cause;
		return String(code ?? error);
	}
}

/** One sandbox for a test file, reset before each test. */
export function useSandbox(): () => Sandbox {
	let sandbox: Sandbox | undefined;
	const get = (): Sandbox => {
		if (!sandbox) throw new Error('The sandbox is not running.');
		return sandbox;
	};
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	beforeEach(() => get().world.reset());
	afterAll(async () => await get().close());
	return get;
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
