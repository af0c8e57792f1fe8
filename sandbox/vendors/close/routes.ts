import type { FastifyPluginAsync, HTTPMethods } from 'fastify';
import { isRecord } from '../../lib/guards';
import { openTraffic, type VendorReply, type VendorCall } from '../../server/vendorServer';
import type { SandboxState } from '../../server/SandboxState';
import { closeAccounts, closeAuthorization, closeUsers, type CloseUser } from './accounts';
import * as contacts from './contacts';
import { getEvent, listEvents } from './eventLog';
import { newId } from './ids';
import * as lists from './lists';
import { invalid, notFound, refusal } from './problems';
import { pick, showLead, showMe } from './render';
import { searchLeads } from './search';
import type { CloseContact, CloseLead } from './model';
import * as subscriptions from './subscriptions';
import type { Subscription } from './subscriptions';
import { authorize, grantToken, revokeToken } from './tokens';
import * as writes from './writes';

const methods: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

interface Caller {
	/** Whose requests the rate limit counts together. ASSUMED: all OAuth tokens are one account. */
	account: 'one' | 'two' | 'oauth';
	user: CloseUser;
	/** How events name the key; undefined for OAuth. */
	apiKeyId?: string;
}

type Act = (call: VendorCall, caller: Caller) => VendorReply;
type WriteAct = (write: writes.Write, call: VendorCall) => VendorReply;

/**
 * Close: leads, contacts, notes, search, webhooks, the event log and what is needed to fill in a lead
 * (seed 004 and the Close docs), below https://api.close.com/api/v1 there. Every path ends with a slash. ASSUMED: without it
 * the answer is 404; one call without it would tell.
 */
export const closePlugin: FastifyPluginAsync<{ world: SandboxState }> = async (
	scope,
	{ world },
) => {
	const state = world.close;

	/** ASSUMED: a key with a password is refused; the docs say the password is always empty. */
	function callerOf(header: string | undefined): Caller | undefined {
		const { one, two } = closeAccounts;
		if (header === closeAuthorization(one.key)) {
			return { account: 'one', user: closeUsers.ada, apiKeyId: one.keyId };
		}
		if (header === closeAuthorization(two.key)) {
			return { account: 'two', user: closeUsers.ben, apiKeyId: two.keyId };
		}
		const token = /^Bearer (\S+)$/.exec(header ?? '')?.[1];
		if (token === undefined || !state.tokens.isGood(token)) return undefined;
		return { account: 'oauth', user: closeUsers.cleo };
	}

	const traffic = openTraffic(scope, world, {
		vendor: 'close',
		account: ({ authorization }) => callerOf(authorization)?.account ?? 'nobody',
		// Limits are per endpoint group (Close docs, rate-limits). ASSUMED: a group is a method and the
		// first part of the path; the groups themselves are not documented.
		limitGroup: (method, path) => `${method} ${path.split('/')[1] ?? ''}`,
		error: (_status, error) => ({ error }),
	});

	/** Runs a write so that webhooks tell of it. */
	function told(url: string, act: Act): Act {
		return (call, caller) => {
			const { id = '' } = call.params;
			const origin = {
				userId: caller.user.id,
				apiKeyId: caller.apiKeyId,
				requestId: newId('req'),
				request: { method: call.method, path: `/api/v1${url.replace(':id', id)}` },
			};
			return state.webhooks.tell(origin, () => act(call, caller));
		};
	}

	/** The routes of one path; every other method is a 405, after the caller was asked for. */
	function endpoint(url: string, acts: Partial<Record<'GET' | 'POST' | 'PUT' | 'DELETE', Act>>) {
		const guard = (act: Act) => (call: VendorCall) => {
			const caller = callerOf(call.headers.authorization);
			return caller ? act(call, caller) : refusal(401, 'The request needs to be authenticated.');
		};
		for (const method of ['GET', 'POST', 'PUT', 'DELETE'] as const) {
			const act = acts[method];
			if (act) traffic.on(method, url, guard(method === 'GET' ? act : told(url, act)));
		}
		const others = methods.filter((method) => !Object.hasOwn(acts, String(method)));
		traffic.on(
			others,
			url,
			guard(() => refusal(405, 'Method not allowed.')),
		);
	}

	/** ASSUMED: 415 for a body not declared as JSON (the code is documented), 400 for no JSON object. */
	const write =
		(act: WriteAct): Act =>
		(call, { user }) => {
			const { json, mediaType, query } = call;
			if (mediaType !== 'application/json') return refusal(415, 'Send application/json.');
			if (!isRecord(json)) return invalid({}, ['The body must be a JSON object.']);
			return act({ state, json, userId: user.id, fields: query._fields }, call);
		};

	const withLead = ({ params }: VendorCall, act: (lead: CloseLead) => VendorReply): VendorReply => {
		const lead = state.leads.get(params.id ?? '');
		return lead ? act(lead) : notFound;
	};
	const withContact = (
		{ params }: VendorCall,
		act: (contact: CloseContact) => VendorReply,
	): VendorReply => {
		const contact = state.contacts.get(params.id ?? '');
		return contact ? act(contact) : notFound;
	};
	/** ASSUMED: whoever is of the organisation sees all of its subscriptions. */
	const withWebhook = (
		{ params }: VendorCall,
		act: (found: Subscription) => VendorReply,
	): VendorReply => {
		const found = state.webhooks.subscriptions.get(params.id ?? '');
		return found ? act(found) : notFound;
	};

	traffic.on('GET', '/oauth2/authorize/', (call) => authorize(state, call));
	traffic.on('POST', '/oauth2/token/', (call) => grantToken(state, call));
	traffic.on('POST', '/oauth2/revoke/', (call) => revokeToken(state, call));

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
	endpoint('/contact/', { POST: write(contacts.createContact) });
	endpoint('/contact/:id/', {
		GET: (call) => withContact(call, (contact) => contacts.getContact(contact, call.query._fields)),
		PUT: write((sent, call) =>
			withContact(call, (contact) => contacts.updateContact(sent, contact)),
		),
		DELETE: (call) => withContact(call, (contact) => contacts.deleteContact(state, contact)),
	});
	endpoint('/activity/note/', { POST: write(contacts.createNote) });
	endpoint('/data/search/', { POST: write((_sent, call) => searchLeads(state, call)) });
	endpoint('/status/lead/', { GET: () => lists.listStatuses(state) });
	endpoint('/custom_field/lead/', { GET: (call) => lists.listCustomFields(state, call) });
	endpoint('/custom_field_schema/lead/', { GET: () => lists.customFieldSchema(state) });
	endpoint('/webhook/', {
		GET: (call) =>
			lists.page(
				state,
				call,
				[...state.webhooks.subscriptions.values()],
				subscriptions.showSubscription,
			),
		POST: write(subscriptions.createWebhook),
	});
	endpoint('/webhook/:id/', {
		GET: (call) =>
			withWebhook(call, (found) => ({
				status: 200,
				body: pick(subscriptions.showSubscription(found), call.query._fields),
			})),
		PUT: write((sent, call) =>
			withWebhook(call, (found) => subscriptions.updateWebhook(sent, found)),
		),
		DELETE: (call) => withWebhook(call, (found) => subscriptions.deleteWebhook(state, found)),
	});
	endpoint('/event/', { GET: (call) => listEvents(state, call) });
	endpoint('/event/:id/', { GET: (call) => getEvent(state, call) });
	endpoint('/user/', { GET: (call) => lists.listUsers(state, call) });
};
