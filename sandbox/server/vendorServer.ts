/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the sandbox is a server, not a node */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { isRecord, parseJson } from '../lib/guards';
import type { VendorName } from '../vendorNames';
import { isBeforeHandler, type FaultRule } from './faults';
import type { Handler, VendorCall, VendorReply } from './handler';
import type { RequestRecord } from './requestRecord';
import {
	ConnectionCut,
	DEFAULT_FAULT_MS,
	deliver,
	deliverFaulty,
	htmlPage,
	resetConnection,
	type WireReply,
} from './responses';
import type { ServerControl } from './ServerControl';

/** How one vendor differs from the others in what the server does for all of them. */
export interface VendorProfile {
	vendor: VendorName;
	/** The account of a request: limits are counted by account. */
	account(headers: IncomingHttpHeaders): string;
	/** What the limit counts separately within an account, for a vendor that does. */
	limitGroup?(method: string, path: string): string;
	/** An error body in the vendor's format. `retryAfterSeconds` where the limit states its wait in the body. */
	error(status: number, message: string, retryAfterSeconds?: number): unknown;
	/** The vendor's clock (epoch in milliseconds), for the Date header of its replies; default: ours. */
	now?: () => number;
}

/** Registers handlers on a vendor's server. */
export interface VendorServer {
	on(method: HTTPMethods | HTTPMethods[], url: string, handler: Handler): void;
}

const SECRET_HEADERS = new Set(['authorization', 'x-api-key', 'cookie']);

function mask(name: string, value: string): string {
	if (!SECRET_HEADERS.has(name)) return value;
	const scheme = /^(Bearer|Basic) /i.exec(value);
	return `${scheme ? scheme[0] : ''}***`;
}

function maskedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name, mask(name, String(value))]),
	);
}

function toWire({ status, headers, body }: VendorReply): WireReply {
	const isText = typeof body === 'string';
	return {
		status,
		headers: {
			'content-type': isText ? 'text/html; charset=utf-8' : 'application/json',
			...headers,
		},
		text: isText ? body : JSON.stringify(body),
	};
}

function readCall(request: FastifyRequest): VendorCall {
	const mediaType = (request.headers['content-type'] ?? '').split(';')[0] ?? '';
	const text = typeof request.body === 'string' ? request.body : '';
	const params = isRecord(request.params) ? request.params : {};
	const kind = mediaType.trim().toLowerCase();
	return {
		method: request.method,
		params: Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)])),
		query: isRecord(request.query) ? { ...request.query } : {},
		headers: request.headers,
		mediaType: kind,
		json: kind === 'application/json' ? parseJson(text) : undefined,
		form: kind === 'application/x-www-form-urlencoded' ? new URLSearchParams(text) : undefined,
	};
}

function bodyForLog(call: VendorCall, raw: unknown): unknown {
	return call.json ?? (call.form ? Object.fromEntries(call.form) : raw);
}

/** The same call with the first half of its list; a call without a list is as it was. */
function withFirstHalf(call: VendorCall): VendorCall {
	const half = (list: unknown[]) => list.slice(0, Math.floor(list.length / 2));
	const { json } = call;
	if (Array.isArray(json)) return { ...call, json: half(json) };
	// A list with a name, as in Aktify's end-contact.
	const [[name, list] = [], ...others] = isRecord(json) ? Object.entries(json) : [];
	if (name === undefined || !Array.isArray(list) || others.length > 0) return call;
	return { ...call, json: { [name]: half(list) } };
}

/** The reply of a fault that takes effect before the handler runs. */
function faultReply(fault: FaultRule, profile: VendorProfile): VendorReply {
	if (fault.kind === 'redirect') {
		const location = fault.location ?? 'http://127.0.0.1:9/';
		const { status, text } = htmlPage(fault.status ?? 302);
		return { status, body: text, headers: { location, ...fault.headers } };
	}
	const status = fault.status ?? (fault.kind === 'tokenExpired' ? 401 : 503);
	const message =
		fault.kind === 'tokenExpired' ? 'Token has expired.' : `Injected fault ${status}.`;
	const body = fault.body ?? profile.error(status, message);
	return { status, body, headers: fault.headers };
}

/**
 * Opens a vendor's server on a Fastify scope. Each request is logged, counted against the rate
 * limit and delayed; then the vendor's handler runs, unless an injected fault or the limit comes
 * first.
 */
export function openVendorServer(
	scope: FastifyInstance,
	control: ServerControl,
	profile: VendorProfile,
): VendorServer {
	const records = new WeakMap<FastifyRequest, RequestRecord>();
	const { now = () => Date.now() } = profile;

	/** Node's own Date does not follow the clock of a test. */
	const dated = (reply: VendorReply): WireReply => {
		const date = new Date(now()).toUTCString();
		return toWire({ ...reply, headers: { date, ...reply.headers } });
	};

	function logArrival(request: FastifyRequest, reply: FastifyReply): void {
		const path = request.url.slice(scope.prefix.length).split('?')[0] ?? '';
		const record: RequestRecord = {
			vendor: profile.vendor,
			method: request.method,
			path,
			query: isRecord(request.query) ? { ...request.query } : {},
			headers: maskedHeaders(request.headers),
			body: undefined,
			receivedAt: Date.now(),
			effect: false,
		};
		records.set(request, record);
		control.requests.push(record);
		reply.raw.once('close', control.opened(profile.vendor));
	}

	/** Writes to the socket without Fastify; resolves with the status sent. */
	async function respond(
		call: VendorCall,
		record: RequestRecord,
		reply: FastifyReply,
		handler: Handler,
	) {
		const { raw } = reply;
		const { dropped } = control.clock;
		const pause = async (ms: number) => await control.clock.pause(ms, dropped);
		// Limits and faults apply in order of arrival, before any waiting can reorder requests.
		const verdict = control.limiter.take(
			[
				profile.vendor,
				profile.account(call.headers),
				profile.limitGroup?.(record.method, record.path) ?? '',
			].join(':'),
			control.settings.limits[profile.vendor],
		);
		const fault = verdict.allowed ? control.faults.next(record) : undefined;
		record.fault = verdict.allowed ? fault?.kind : 'limit';
		await pause(control.latency());
		if (!verdict.allowed) {
			const body = profile.error(429, 'Request was throttled.', verdict.retryAfterSeconds);
			await deliver(raw, dated({ status: 429, body, headers: verdict.headers }));
			return 429;
		}
		if (fault && isBeforeHandler(fault.kind)) {
			const { kind } = fault;
			if (kind === 'stallBefore') await pause(fault.ms ?? DEFAULT_FAULT_MS);
			if (kind === 'stallBefore' || kind === 'resetBefore') throw new ConnectionCut();
			const early = dated(faultReply(fault, profile));
			await deliver(raw, early);
			return early.status;
		}
		const done = handler(fault?.kind === 'halfWritten' ? withFirstHalf(call) : call);
		record.effect = done.effect ?? false;
		const wire = dated({ ...done, headers: { ...verdict.headers, ...done.headers } });
		if (fault) return await deliverFaulty(raw, wire, fault, pause);
		await deliver(raw, wire);
		return wire.status;
	}

	function serve(handler: Handler) {
		return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
			const record = records.get(request);
			if (!record) throw new Error('The request was not logged.');
			reply.hijack();
			const call = readCall(request);
			record.body = bodyForLog(call, request.body);
			try {
				const status = await respond(call, record, reply, handler);
				// A client that left during a stall received no status.
				if (reply.raw.writableFinished) record.status = status;
			} catch (error) {
				// By name: under Jest, Node's own errors are not instances of the test's Error.
				const expected =
					error instanceof ConnectionCut || (isRecord(error) && error.name === 'AbortError');
				if (expected) return resetConnection(reply.raw);
				// A bug in the sandbox must not look like an injected fault.
				record.fault = 'sandboxError';
				record.status = 500;
				await deliver(reply.raw, dated({ status: 500, body: profile.error(500, String(error)) }));
			}
		};
	}

	// Bodies stay text: the vendor's handler decides which bodies it accepts.
	scope.removeAllContentTypeParsers();
	scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
		done(null, body);
	});
	scope.addHook('onRequest', async (request, reply) => logArrival(request, reply));
	scope.setNotFoundHandler(serve(() => ({ status: 404, body: profile.error(404, 'Not found.') })));
	scope.setErrorHandler(async (error: unknown, request, reply) => {
		const status = isRecord(error) && typeof error.statusCode === 'number' ? error.statusCode : 500;
		const record = records.get(request);
		if (record) record.status = status;
		const message = error instanceof Error ? error.message : String(error);
		return await reply.code(status).send(profile.error(status, message));
	});
	return {
		on: (method, url, handler) => {
			scope.route({ method, url, exposeHeadRoute: false, handler: serve(handler) });
		},
	};
}
