/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the sandbox is a server, not a node */
import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Why a request may come from a web page elsewhere, in one sentence; undefined for one that does not. Programs other
 * than browsers send neither Origin nor Sec-Fetch-Site. A name that is not loopback is DNS rebinding: for the browser,
 * a page of that name is the same origin.
 */
export function foreignOrigin(method: string, headers: IncomingHttpHeaders): string | undefined {
	const { host = '', origin } = headers;
	const { hostname } = URL.canParse(`http://${host}`)
		? new URL(`http://${host}`)
		: { hostname: '' };
	if (!LOOPBACK_NAMES.has(hostname)) return 'Use the address 127.0.0.1 or localhost.';
	if (method === 'GET' || method === 'HEAD') return undefined;
	const site = headers['sec-fetch-site'];
	const isForeign =
		(site !== undefined && site !== 'same-origin') ||
		(origin !== undefined && origin !== `http://${host}`);
	return isForeign ? 'Only the page of the sandbox itself may do this.' : undefined;
}
