/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the sandbox is a server, not a node */
import type { IncomingMessage, ServerResponse } from 'node:http';
import fastify from 'fastify';
import { adminPlugin } from './admin/admin';
import { aktifyPlugin } from './vendors/aktify/routes';
import { autocallsPlugin } from './vendors/autocalls/routes';
import { closePlugin } from './vendors/close/routes';
import { squadVoicePlugin } from './vendors/squadVoice/routes';
import { SandboxState } from './server/SandboxState';

export { SandboxState } from './server/SandboxState';
export type { Ledger, RequestRecord, Settings, VendorName } from './server/SandboxState';
export type { FaultKind, FaultRule } from './server/faults';
export type { Limit, LimitHeaders } from './server/rateLimits';
export type { Attempt, Delivery } from './webhooks/deliveries';
export type { AutocallsCall, CallOutcome, CallWish } from './vendors/autocalls/calls';
export type { ProcessWish } from './vendors/squadVoice/processing';
export { forgeryKinds, type ForgeryKind } from './webhooks/forgeries';
export { squadVoiceAccounts } from './vendors/squadVoice/accounts';
export { aktifyAccounts } from './vendors/aktify/accounts';
export { eventTypesV1, eventTypesV2 } from './vendors/aktify/events';
export type { AktifyEvent, AktifyEventType } from './vendors/aktify/events';
export { signAktify } from './vendors/aktify/signature';
export type { AktifyWebhook, WebhookConfig } from './vendors/aktify/webhooks';
export { autocallsAccounts } from './vendors/autocalls/accounts';
export {
	closeAccounts,
	closeAuthorization,
	closeFields,
	closeStatuses,
	closeUsers,
} from './vendors/close/accounts';
export type { CloseEvent } from './vendors/close/events';
export { signClose } from './vendors/close/signature';
export type { Emission } from './vendors/close/webhooks';

export interface Sandbox {
	/** The root, such as http://127.0.0.1:43211; a vendor's base URL is below it. */
	url: string;
	world: SandboxState;
	/** Answers a request that came in at another server, such as one with TLS. */
	handle(request: IncomingMessage, response: ServerResponse): void;
	/** Destroys open sockets and pending stalls at once. */
	close(): Promise<void>;
}

const megabyte = 1024 * 1024;

/** Starts a sandbox on loopback; port 0, or none, takes a free one. */
export async function startSandbox(options: { port?: number } = {}): Promise<Sandbox> {
	const world = new SandboxState();
	const app = fastify({ forceCloseConnections: true, bodyLimit: 32 * megabyte });
	await app.register(adminPlugin, { prefix: '/_sandbox', world });
	await app.register(squadVoicePlugin, { prefix: '/squadvoice', world });
	await app.register(aktifyPlugin, { prefix: '/aktify', world });
	await app.register(autocallsPlugin, { prefix: '/autocalls', world });
	await app.register(closePlugin, { prefix: '/close', world });
	const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	return {
		url,
		world,
		handle: (request, response) => void app.server.emit('request', request, response),
		close: async () => {
			world.dropWaiting();
			world.deliveries.reset();
			await app.close();
		},
	};
}
