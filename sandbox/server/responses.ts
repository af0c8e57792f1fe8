/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the sandbox is a server, not a node */
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { FaultRule } from './faults';

/** A reply ready for the wire. */
export interface WireReply {
	status: number;
	headers: Record<string, string>;
	text: string;
}

/** How long a stall or a slow reply takes by default. */
export const DEFAULT_FAULT_MS = 1000;

/** Thrown by a fault that leaves the client without a reply. */
export class ConnectionCut extends Error {}

/** Writes a reply; resolves when it was sent, or when the client is gone. */
export async function deliver(raw: ServerResponse, reply: WireReply): Promise<void> {
	if (raw.destroyed) return;
	const bytes = Buffer.from(reply.text);
	await new Promise<void>((resolve) => {
		raw.once('close', resolve);
		raw.writeHead(reply.status, { ...reply.headers, 'content-length': String(bytes.length) });
		raw.end(bytes, resolve);
	});
}

/** Ends the connection with a reset (RST), as a crashed or overloaded server does. */
export function resetConnection(raw: ServerResponse): void {
	raw.socket?.resetAndDestroy();
}

/** A gateway's HTML page in place of the vendor's JSON. */
export function htmlPage(status: number): WireReply {
	const title = `${status} ${STATUS_CODES[status] ?? 'Error'}`;
	return {
		status,
		headers: { 'content-type': 'text/html; charset=utf-8' },
		text: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
	};
}

async function cutOff(raw: ServerResponse, reply: WireReply): Promise<void> {
	const bytes = Buffer.from(reply.text);
	if (raw.destroyed) return;
	// Content-Length exceeds what is sent, so the client notices even when the body is empty.
	raw.writeHead(reply.status, { ...reply.headers, 'content-length': String(bytes.length + 16) });
	await new Promise<void>((resolve) => {
		raw.once('close', resolve);
		raw.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => raw.socket?.destroySoon());
	});
}

async function drip(raw: ServerResponse, reply: WireReply, ms: number, pause: Pause) {
	const bytes = Buffer.from(reply.text);
	if (raw.destroyed) return;
	// Timers have a resolution of a millisecond: `ms` limits the number of pieces.
	const pieces = Math.max(1, Math.min(bytes.length, Math.floor(ms / 2)));
	raw.writeHead(reply.status, { ...reply.headers, 'content-length': String(bytes.length) });
	raw.flushHeaders();
	for (let piece = 0; piece < pieces && !raw.destroyed; piece++) {
		await pause(ms / pieces);
		const from = Math.floor((piece * bytes.length) / pieces);
		raw.write(bytes.subarray(from, Math.floor(((piece + 1) * bytes.length) / pieces)));
	}
	if (raw.destroyed) return;
	await new Promise<void>((resolve) => {
		raw.once('close', resolve);
		raw.end(resolve);
	});
}

type Pause = (ms: number) => Promise<void>;

/**
 * Delivers a reply the way `fault` spoils it. Resolves with the status that the client received.
 * @throws ConnectionCut when the client received none
 */
export async function deliverFaulty(
	raw: ServerResponse,
	reply: WireReply,
	fault: FaultRule,
	pause: Pause,
): Promise<number> {
	const ms = fault.ms ?? DEFAULT_FAULT_MS;
	switch (fault.kind) {
		case 'stallAfter':
			await pause(ms);
			await deliver(raw, reply);
			return reply.status;
		case 'cutOff':
			await cutOff(raw, reply);
			throw new ConnectionCut();
		case 'brokenJson':
			await deliver(raw, { ...reply, text: `${reply.text.slice(0, -1)},` });
			return reply.status;
		case 'htmlPage': {
			const page = htmlPage(fault.status ?? 200);
			const text = typeof fault.body === 'string' ? fault.body : page.text;
			await deliver(raw, { ...page, text, headers: { ...page.headers, ...fault.headers } });
			return page.status;
		}
		case 'wrongContentType':
			await deliver(raw, { ...reply, headers: { ...reply.headers, 'content-type': 'text/plain' } });
			return reply.status;
		case 'otherHeaders':
			await deliver(raw, { ...reply, headers: { ...reply.headers, ...fault.headers } });
			return reply.status;
		case 'otherReply':
		case 'halfWritten': {
			const status = fault.status ?? (fault.kind === 'halfWritten' ? 400 : 200);
			const text = JSON.stringify(fault.body ?? {});
			await deliver(raw, {
				...reply,
				status,
				text,
				headers: { ...reply.headers, ...fault.headers },
			});
			return status;
		}
		case 'slowDrip':
			await drip(raw, reply, ms, pause);
			return reply.status;
		default:
			// resetAfter: the write took effect, and the client receives nothing.
			throw new ConnectionCut();
	}
}
