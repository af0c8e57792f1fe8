/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the sandbox is a server, not a node */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { isBeforeHandler, type FaultRule } from './faults';
import { isRecord, parseJson } from '../lib/guards';
import { Cut, deliver, htmlPage, misdeliver, resetConnection, type WireReply } from './responses';
import type { RequestRecord, VendorName, SandboxState } from './SandboxState';

/** A request as a vendor's handler sees it. */
export interface VendorCall {
	method: string;
	params: Record<string, string>;
	query: Record<string, unknown>;
	headers: IncomingHttpHeaders;
	/** The media type, without parameters, in lower case; '' when there is none. */
	mediaType: string;
	/** Parsed JSON; undefined when the body is no JSON or was not declared as JSON. */
	json: unknown;
	/** The body as a form; undefined when it was not declared as one. */
	form: URLSearchParams | undefined;
}

/** What a vendor's handler answers. Handlers are synchronous: an effect is whole or it is not. */
export interface VendorReply {
	status: number;
	/** Sent as JSON; a string is sent as text/html. */
	body: unknown;
	headers?: Record<string, string>;
	/** Whether a write was carried out. */
	effect?: boolean;
}

export type Handler = (call: VendorCall) => VendorReply;

export interface VendorWords {
	vendor: VendorName;
	/** Whose request it is: limits are counted by account. */
	account(headers: IncomingHttpHeaders): string;
	/** What the limit counts apart within an account, for a vendor that does. */
	limitGroup?(method: string, path: string): string;
	/** An error body the way this vendor writes one. */
	error(status: number, words: string): unknown;
	/** What the vendor's clock shows (epoch, milliseconds), for the Date of its replies. */
	now?: () => number;
}

export interface Traffic {
	on(method: HTTPMethods | HTTPMethods[], url: string, handler: Handler): void;
}

const secretHeaders = new Set(['authorization', 'x-api-key', 'cookie']);

function mask(name: string, value: string): string {
	if (!secretHeaders.has(name)) return value;
	const scheme = /^(Bearer|Basic) /i.exec(value);
	return `${scheme ? scheme[0] : ''}***`;
}

function maskedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name, mask(name, String(value))]),
	);
}

function asWire(answer: VendorReply): WireReply {
	const isText = typeof answer.body === 'string';
	return {
		status: answer.status,
		headers: {
			'content-type': isText ? 'text/html; charset=utf-8' : 'application/json',
			...answer.headers,
		},
		text: isText ? String(answer.body) : JSON.stringify(answer.body),
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

/** What a fault answers before the vendor has done anything. */
function faultAnswer(fault: FaultRule, words: VendorWords): VendorReply {
	if (fault.kind === 'redirect') {
		const location = fault.location ?? 'http://127.0.0.1:9/';
		const { status, text } = htmlPage(fault.status ?? 302);
		return { status, body: text, headers: { location, ...fault.headers } };
	}
	const status = fault.status ?? (fault.kind === 'tokenExpired' ? 401 : 503);
	const said = fault.kind === 'tokenExpired' ? 'Token has expired.' : `Injected fault ${status}.`;
	const body = fault.body ?? words.error(status, said);
	return { status, body, headers: fault.headers };
}

/**
 * Gives a vendor's plugin its way of taking requests: each is logged, held to the rate limit,
 * delayed, struck by the faults that are due, and only in between handed to the vendor's handler.
 */
export function openTraffic(
	scope: FastifyInstance,
	world: SandboxState,
	words: VendorWords,
): Traffic {
	const records = new WeakMap<FastifyRequest, RequestRecord>();
	const { now } = words;

	/** Without a clock of the vendor's, Node writes its own Date. */
	const dated = (reply: VendorReply): WireReply => {
		const date = now && { date: new Date(now()).toUTCString() };
		return asWire({ ...reply, headers: { ...date, ...reply.headers } });
	};

	function logArrival(request: FastifyRequest, reply: FastifyReply): void {
		const path = request.url.slice(scope.prefix.length).split('?')[0] ?? '';
		const record: RequestRecord = {
			vendor: words.vendor,
			method: request.method,
			path,
			query: isRecord(request.query) ? { ...request.query } : {},
			headers: maskedHeaders(request.headers),
			body: undefined,
			receivedAt: Date.now(),
			effect: false,
		};
		records.set(request, record);
		world.requests.push(record);
		reply.raw.once('close', world.opened(words.vendor));
	}

	/** From here on the sandbox writes to the socket itself; resolves with the status told. */
	async function answer(
		call: VendorCall,
		record: RequestRecord,
		reply: FastifyReply,
		handler: Handler,
	) {
		const { raw } = reply;
		const dropped = world.dropped;
		// Limits and faults are dealt in order of arrival, before any waiting can shuffle requests.
		const verdict = world.limiter.take(
			[
				words.vendor,
				words.account(call.headers),
				words.limitGroup?.(record.method, record.path) ?? '',
			].join(':'),
			world.settings.limits[words.vendor],
		);
		const fault = verdict.allowed ? world.faults.next(record) : undefined;
		record.fault = verdict.allowed ? fault?.kind : 'limit';
		await world.pause(world.latency(), dropped);
		if (!verdict.allowed) {
			const body = words.error(429, 'Request was throttled.');
			await deliver(raw, dated({ status: 429, body, headers: verdict.headers }));
			return 429;
		}
		if (fault && isBeforeHandler(fault.kind)) {
			const { kind } = fault;
			if (kind === 'stallBefore') await world.pause(fault.ms ?? 1000, dropped);
			if (kind === 'stallBefore' || kind === 'resetBefore') throw new Cut();
			const early = dated(faultAnswer(fault, words));
			await deliver(raw, early);
			return early.status;
		}
		const done = handler(call);
		record.effect = done.effect ?? false;
		const wire = dated({ ...done, headers: { ...verdict.headers, ...done.headers } });
		if (fault) return await misdeliver(world, raw, wire, fault, dropped);
		await deliver(raw, wire);
		return wire.status;
	}

	function serve(handler: Handler) {
		return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
			const record = records.get(request);
			if (!record) throw new Error('A request came past the log.');
			reply.hijack();
			const call = readCall(request);
			record.body = bodyForLog(call, request.body);
			try {
				const status = await answer(call, record, reply, handler);
				// A client that left during a stall was told nothing.
				if (reply.raw.writableFinished) record.status = status;
			} catch (error) {
				// By name: under Jest an error of Node's own is no instance of the test's Error.
				const expected = error instanceof Cut || (isRecord(error) && error.name === 'AbortError');
				if (expected) return resetConnection(reply.raw);
				// A mistake in the sandbox itself must not pass for a fault that was asked for.
				record.fault = 'sandboxError';
				record.status = 500;
				await deliver(reply.raw, dated({ status: 500, body: words.error(500, String(error)) }));
			}
		};
	}

	// Bodies stay text: whether they are what the vendor takes is the vendor's handler's to say.
	scope.removeAllContentTypeParsers();
	scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
		done(null, body);
	});
	scope.addHook('onRequest', async (request, reply) => logArrival(request, reply));
	scope.setNotFoundHandler(serve(() => ({ status: 404, body: words.error(404, 'Not found.') })));
	scope.setErrorHandler(async (error: unknown, request, reply) => {
		const status = isRecord(error) && typeof error.statusCode === 'number' ? error.statusCode : 500;
		const record = records.get(request);
		if (record) record.status = status;
		const said = error instanceof Error ? error.message : String(error);
		return await reply.code(status).send(words.error(status, said));
	});
	return {
		on: (method, url, handler) => {
			scope.route({ method, url, exposeHeadRoute: false, handler: serve(handler) });
		},
	};
}
