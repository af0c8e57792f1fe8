import type { FastifyPluginAsync, HTTPMethods } from 'fastify';
import { isRecord } from '../../lib/guards';
import type { VendorCall, VendorReply } from '../../server/handler';
import type { VendorOptions } from '../../server/ServerControl';
import { openVendorServer } from '../../server/vendorServer';
import { closeAccounts, closeAuthorization, closeUsers, type CloseUser } from './accounts';
import * as contacts from './contacts';
import { getEvent, listEvents } from './eventLog';
import { newId } from './ids';
import * as lists from './lists';
import { authorize, grantToken, revokeToken } from './login';
import { createNote } from './notes';
import { invalid, NOT_FOUND, rejection } from './problems';
import { pick, showLead, showMe } from './render';
import { searchLeads } from './search';
import type { CloseState } from './state';
import type { CloseContact, CloseLead } from './store';
import { showSubscription, type Subscription } from './subscription';
import * as subscriptions from './subscriptionRoutes';
import type { WriteRequest } from './writeRequest';
import * as writes from './writes';

const METHODS: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const KEY_USERS = [
	['one', closeUsers.ada],
	['two', closeUsers.ben],
	['three', closeUsers.dan],
] as const;

interface Caller {
	/**
	 * What the rate limit counts by. ASSUMED (which rate limit group a request belongs to): all OAuth
	 * tokens are one account. Confirmed by a burst with two tokens.
	 */
	account: keyof typeof closeAccounts;
	user: CloseUser;
	/** The name of the key in events; undefined for OAuth. */
	apiKeyId?: string;
}

type RouteHandler = (call: VendorCall, caller: Caller) => VendorReply;
type WriteHandler = (request: WriteRequest, call: VendorCall) => VendorReply;

/**
 * Close: leads, contacts, notes, search, webhooks, the event log, and the lists behind a lead's
 * fields (Close API page, Create a new lead, and the Close docs). The paths are those below
 * https://api.close.com/api/v1 and end with a slash. ASSUMED (a path without its closing slash):
 * without it the reply is a 404. Confirmed by one such call.
 */
export const closePlugin: FastifyPluginAsync<VendorOptions<CloseState>> = async (
	scope,
	{ control, state },
) => {
	/**
	 * ASSUMED (an API key with a password): a key with a password is rejected; the docs say that the
	 * password is always empty. Confirmed by a call with one.
	 */
	function callerOf(header: string | undefined): Caller | undefined {
		for (const [account, user] of KEY_USERS) {
			const { key, keyId } = closeAccounts[account];
			if (header === closeAuthorization(key)) return { account, user, apiKeyId: keyId };
		}
		const token = /^Bearer (\S+)$/.exec(header ?? '')?.[1];
		if (token === undefined || !state.tokens.isValid(token)) return undefined;
		return { account: 'oauth', user: closeUsers.cleo };
	}

	const server = openVendorServer(scope, control, {
		vendor: 'close',
		account: ({ authorization }) => callerOf(authorization)?.account ?? 'unknown',
		// Limits are per endpoint group (Close docs, rate-limits). ASSUMED (which rate limit group a
		// request belongs to): a group is a method and the first part of the path; the groups are not
		// documented. Confirmed by a burst to two paths.
		limitGroup: (method, path) => `${method} ${path.split('/')[1] ?? ''}`,
		error: (_status, error) => ({ error }),
	});

	/** Wraps a write, so that its events are published. */
	function published(url: string, handle: RouteHandler): RouteHandler {
		return (call, caller) => {
			const { id = '' } = call.params;
			const origin = {
				userId: caller.user.id,
				apiKeyId: caller.apiKeyId,
				requestId: newId('req'),
				request: { method: call.method, path: `/api/v1${url.replace(':id', id)}` },
			};
			return state.webhooks.publishChanges(origin, () => handle(call, caller));
		};
	}

	/** Registers a path's handlers by method; every other method is a 405, once authenticated. */
	function endpoint(
		url: string,
		handlers: Partial<Record<'GET' | 'POST' | 'PUT' | 'DELETE', RouteHandler>>,
	) {
		const authenticated = (handle: RouteHandler) => (call: VendorCall) => {
			const caller = callerOf(call.headers.authorization);
			return caller
				? handle(call, caller)
				: rejection(401, 'The request needs to be authenticated.');
		};
		for (const method of ['GET', 'POST', 'PUT', 'DELETE'] as const) {
			const handle = handlers[method];
			if (!handle) continue;
			server.on(method, url, authenticated(method === 'GET' ? handle : published(url, handle)));
		}
		const others = METHODS.filter((method) => !Object.hasOwn(handlers, String(method)));
		server.on(
			others,
			url,
			authenticated(() => rejection(405, 'Method not allowed.')),
		);
	}

	/**
	 * ASSUMED (a body that is no JSON object): 415 for a body without the JSON content type (the
	 * status is documented), 400 for a body that is not a JSON object. Confirmed by one request of
	 * each.
	 */
	const write =
		(handle: WriteHandler): RouteHandler =>
		(call, { user }) => {
			const { json, mediaType, query } = call;
			if (mediaType !== 'application/json') return rejection(415, 'Send application/json.');
			if (!isRecord(json)) return invalid({}, ['The body must be a JSON object.']);
			return handle({ state, json, userId: user.id, fields: query._fields }, call);
		};

	const withLead = (
		{ params }: VendorCall,
		handle: (lead: CloseLead) => VendorReply,
	): VendorReply => {
		const lead = state.leads.get(params.id ?? '');
		return lead ? handle(lead) : NOT_FOUND;
	};
	const withContact = (
		{ params }: VendorCall,
		handle: (contact: CloseContact) => VendorReply,
	): VendorReply => {
		const contact = state.contacts.get(params.id ?? '');
		return contact ? handle(contact) : NOT_FOUND;
	};
	/**
	 * ASSUMED (which subscriptions a user sees): every user of the organization sees all its
	 * subscriptions. Confirmed by a list with the key of another user.
	 */
	const withWebhook = (
		{ params }: VendorCall,
		handle: (found: Subscription) => VendorReply,
	): VendorReply => {
		const found = state.webhooks.subscriptions.get(params.id ?? '');
		return found ? handle(found) : NOT_FOUND;
	};

	server.on('GET', '/oauth2/authorize/', (call) => authorize(state, call));
	server.on('POST', '/oauth2/token/', (call) => grantToken(state, call));
	server.on('POST', '/oauth2/revoke/', (call) => revokeToken(state, call));

	endpoint('/me/', {
		GET: ({ query }, { user }) => ({ status: 200, body: pick(showMe(state, user), query._fields) }),
	});
	endpoint('/lead/', {
		GET: (call) => lists.listLeads(state, call),
		POST: write(writes.createLead),
	});
	endpoint('/lead/merge/', { POST: write(writes.mergeLeads) });
	endpoint('/lead/:id/', {
		GET: (call) =>
			withLead(call, (lead) => ({
				status: 200,
				body: pick(showLead(state, lead), call.query._fields),
			})),
		PUT: write((sent, call) => withLead(call, (lead) => writes.updateLead(sent, lead))),
		DELETE: (call) => withLead(call, (lead) => writes.deleteLead(state, lead)),
	});
	endpoint('/contact/', {
		GET: (call) => lists.listContacts(state, call),
		POST: write(contacts.createContact),
	});
	endpoint('/contact/:id/', {
		GET: (call) => withContact(call, (contact) => contacts.getContact(contact, call.query._fields)),
		PUT: write((sent, call) =>
			withContact(call, (contact) => contacts.updateContact(sent, contact)),
		),
		DELETE: (call) => withContact(call, (contact) => contacts.deleteContact(state, contact)),
	});
	endpoint('/activity/note/', { POST: write(createNote) });
	endpoint('/data/search/', { POST: write((_sent, call) => searchLeads(state, call)) });
	endpoint('/status/lead/', { GET: () => lists.listStatuses(state) });
	endpoint('/custom_field/lead/', { GET: (call) => lists.listCustomFields(state, call) });
	endpoint('/custom_field_schema/lead/', { GET: () => lists.customFieldSchema(state) });
	endpoint('/webhook/', {
		GET: (call) =>
			lists.page(state, call, [...state.webhooks.subscriptions.values()], showSubscription),
		POST: write(subscriptions.createWebhook),
	});
	endpoint('/webhook/:id/', {
		GET: (call) =>
			withWebhook(call, (found) => ({
				status: 200,
				body: pick(showSubscription(found), call.query._fields),
			})),
		PUT: write((sent, call) =>
			withWebhook(call, (found) => subscriptions.updateWebhook(sent, found)),
		),
		DELETE: (call) => withWebhook(call, (found) => subscriptions.deleteWebhook(state, found)),
	});
	endpoint('/event/', { GET: (call, { user }) => listEvents(state, call, user) });
	endpoint('/event/:id/', { GET: (call, { user }) => getEvent(state, call, user) });
	endpoint('/user/', { GET: (call) => lists.listUsers(state, call) });
};
