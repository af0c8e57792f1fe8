/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the sandbox is a server, not a node */
import type { IncomingMessage, ServerResponse } from 'node:http';
import fastify from 'fastify';
import { adminPlugin } from './admin/admin';
import { pagePlugin } from './page/page';
import { SandboxState } from './server/SandboxState';
import { SnapshotFile } from './snapshot/SnapshotFile';
import { aktifyPlugin } from './vendors/aktify/routes';
import { autocallsPlugin } from './vendors/autocalls/routes';
import { closePlugin } from './vendors/close/routes';
import { squadVoicePlugin } from './vendors/squadVoice/routes';

export { SandboxState } from './server/SandboxState';
export type { LeadCounts } from './server/SandboxState';
export type { FaultKind, FaultRule } from './server/faults';
export type { Limit, LimitHeaders } from './server/rateLimits';
export type { RequestRecord } from './server/requestRecord';
export type { Settings } from './server/ServerControl';
export type { VendorName } from './vendorNames';
export type { Attempt, Delivery } from './webhooks/deliveries';
export { FORGERY_KINDS, type ForgeryKind } from './webhooks/forgeries';
export { aktifyAccounts } from './vendors/aktify/accounts';
export { EVENT_TYPES_V1, EVENT_TYPES_V2 } from './vendors/aktify/events';
export type { AktifyEvent, AktifyEventType } from './vendors/aktify/events';
export { signAktify } from './vendors/aktify/signature';
export type { AktifyWebhook, WebhookConfig } from './vendors/aktify/webhooks';
export { autocallsAccounts } from './vendors/autocalls/accounts';
export type { CallOptions } from './vendors/autocalls/Dialer';
export type { AutocallsCall, CallOutcome } from './vendors/autocalls/store';
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
export { squadVoiceAccounts } from './vendors/squadVoice/accounts';
export type { ProcessOptions } from './vendors/squadVoice/processing';

/** A running sandbox. */
export interface Sandbox {
	/** The root URL, such as http://127.0.0.1:43211; the vendors' base URLs are below it. */
	url: string;
	world: SandboxState;
	/** Handles a request of another server, such as one with TLS. */
	handle(request: IncomingMessage, response: ServerResponse): void;
	/** Closes the server at once, with open connections and pending stalls. */
	close(): Promise<void>;
}

const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** How a sandbox is started. */
export interface SandboxOptions {
	/** Default: a free one. */
	port?: number;
	/** The file that its data survives a restart in; by default it is in memory only. */
	file?: string;
	/** Receives what the user must know about the file, in one sentence. */
	report?: (message: string) => void;
}

/** Starts a sandbox on loopback. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { file, report = () => {} } = options;
	const world = new SandboxState();
	const snapshot = file === undefined ? undefined : new SnapshotFile(file, world, report);
	await snapshot?.load();
	const app = fastify({ forceCloseConnections: true, bodyLimit: MAX_BODY_BYTES });
	// A request may have changed something whatever its reply, and after a cut connection, too.
	app.addHook('onRequest', async (_request, reply) => {
		reply.raw.once('close', () => snapshot?.changed());
	});
	await app.register(pagePlugin, { state: world });
	await app.register(adminPlugin, { prefix: '/_sandbox', state: world });
	await app.register(squadVoicePlugin, {
		prefix: '/squadvoice',
		control: world,
		state: world.squadVoice,
	});
	await app.register(aktifyPlugin, { prefix: '/aktify', control: world, state: world.aktify });
	await app.register(autocallsPlugin, {
		prefix: '/autocalls',
		control: world,
		state: world.autocalls,
	});
	await app.register(closePlugin, { prefix: '/close', control: world, state: world.close });
	const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	return {
		url,
		world,
		handle: (request, response) => void app.server.emit('request', request, response),
		close: async () => {
			world.clock.reset();
			world.deliveries.reset();
			await app.close();
			await snapshot?.close();
		},
	};
}
