/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the sandbox is a server, not a node */
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { FaultRule } from './faults';
import type { SandboxState } from './SandboxState';

/** A reply ready for the wire. */
export interface WireReply {
	status: number;
	headers: Record<string, string>;
	text: string;
}

/** Thrown by a fault that leaves the client without a reply. */
export class Cut extends Error {}

/** Writes a reply and resolves when it has left, or when the client is gone. */
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

/** The page a gateway shows instead of the vendor's JSON. */
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
	// The head promises more than comes, so the client must notice even when the body was empty.
	raw.writeHead(reply.status, { ...reply.headers, 'content-length': String(bytes.length + 16) });
	await new Promise<void>((resolve) => {
		raw.once('close', resolve);
		raw.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => raw.socket?.destroySoon());
	});
}

async function drip(raw: ServerResponse, reply: WireReply, ms: number, pause: Pause) {
	const bytes = Buffer.from(reply.text);
	if (raw.destroyed) return;
	// Timers tick in milliseconds: a long body goes in as many pieces as the time has ticks.
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
 * Delivers a good reply badly, the way `fault` says. Resolves with the status the client was told;
 * throws `Cut` when no complete reply went out.
 */
export async function misdeliver(
	world: SandboxState,
	raw: ServerResponse,
	reply: WireReply,
	fault: FaultRule,
	dropped: AbortSignal,
): Promise<number> {
	const ms = fault.ms ?? 1000;
	switch (fault.kind) {
		case 'stallAfter':
			await world.pause(ms, dropped);
			await deliver(raw, reply);
			return reply.status;
		case 'cutOff':
			await cutOff(raw, reply);
			throw new Cut();
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
		case 'slowDrip':
			await drip(raw, reply, ms, async (part) => await world.pause(part, dropped));
			return reply.status;
		default:
			// resetAfter: the vendor did it, and the client learns nothing.
			throw new Cut();
	}
}
