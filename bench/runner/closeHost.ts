/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command of the repository, never part of a node */
import net from 'node:net';
import { isObject } from '../../nodes/shared/values/json';

/** The host name of Close's API. */
export const CLOSE_HOST = 'api.close.com';

/**
 * Redirects this process's connections to https://api.close.com to a port of this machine, as if the
 * name resolved to it. The code that connects is unchanged, and certificates are verified as usual.
 */
export function redirectClose(port: number): void {
	const connect: unknown = Reflect.get(net.Socket.prototype, 'connect');
	if (typeof connect !== 'function') throw new Error('Sockets have no connect.');
	const redirected = (options: unknown): unknown =>
		isObject(options) && options.host === CLOSE_HOST
			? { ...options, host: '127.0.0.1', port }
			: options;
	Object.defineProperty(net.Socket.prototype, 'connect', {
		configurable: true,
		writable: true,
		value: function connectRedirected(this: net.Socket, first: unknown, ...rest: unknown[]) {
			// Node.js passes an array that carries a symbol, so it is changed in place.
			if (Array.isArray(first)) first[0] = redirected(first[0]);
			return connect.call(this, Array.isArray(first) ? first : redirected(first), ...rest);
		},
	});
}
