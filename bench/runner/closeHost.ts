/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command of the repository, never part of a node */
import net from 'node:net';
import { isRecord } from '../../sandbox/lib/guards';

export const closeHost = 'api.close.com';

/**
 * From now on connections of this process to https://api.close.com go to a port of this machine, as if
 * the name resolved to it. Code that connects is left as it is; certificates are checked as ever.
 */
export function resolveCloseTo(port: number): void {
	const connect: unknown = Reflect.get(net.Socket.prototype, 'connect');
	if (typeof connect !== 'function') throw new Error('Sockets have no connect.');
	const redirected = (options: unknown): unknown =>
		isRecord(options) && options.host === closeHost
			? { ...options, host: '127.0.0.1', port }
			: options;
	Object.defineProperty(net.Socket.prototype, 'connect', {
		configurable: true,
		writable: true,
		value: function connectRedirected(this: net.Socket, first: unknown, ...rest: unknown[]) {
			// Node hands itself a list, which is known by a symbol on it and therefore changed in place.
			if (Array.isArray(first)) first[0] = redirected(first[0]);
			return connect.call(this, Array.isArray(first) ? first : redirected(first), ...rest);
		},
	});
}
