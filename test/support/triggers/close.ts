import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { closeAccounts, closeAuthorization, signClose } from '../../../sandbox';
import type { CloseEvent, Emission } from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import type { StoredCredentials } from '../engine';
import { useSandbox } from '../sandbox';
import { ActiveTrigger, post } from './ActiveTrigger';

interface Options {
	triggerOn?: string[];
	changedFields?: string[];
	options?: IDataObject;
	/** Of the API key's credential. */
	credentials?: IDataObject;
	/** Connects by OAuth2 instead of an API key. */
	oAuth2?: boolean;
}

/** The sandbox and n8n run in this process: what follows from a request follows within this time. */
const QUIET_MS = 15;

export const allEvents = ['lead.created', 'lead.updated', 'lead.deleted', 'lead.merged'];

/** What a trigger on these events subscribes to. */
export const allKinds = [...allEvents, 'contact.updated'].sort();

/** The kinds of events of a subscription. */
export const kindsIn = ({ events }: { events: Array<{ object_type: string; action: string }> }) =>
	events.map(({ object_type: type, action }) => `${type}.${action}`).sort();

/** The sandbox's Close, and Close Triggers of n8n next to it; everything is removed after each test. */
export function useCloseTrigger() {
	const scene = useSandbox();
	const opened: ActiveTrigger[] = [];
	afterEach(async () => {
		await Promise.all(opened.splice(0).map(async (trigger) => await trigger.close()));
	});
	const close = () => scene.world.close;

	const apiKey = (more: IDataObject = {}) => ({
		leadDispatchCloseApi: {
			baseUrl: `${scene.url}/close`,
			apiKey: closeAccounts.one.key,
			...more,
		},
	});
	const connected = () => {
		const { accessToken, refreshToken } = close().tokens.issue(60_000);
		return {
			leadDispatchCloseOAuth2Api: {
				baseUrl: `${scene.url}/close`,
				accessTokenUrl: `${scene.url}/close/oauth2/token/`,
				clientId: closeAccounts.oauth.clientId,
				clientSecret: closeAccounts.oauth.clientSecret,
				oauthTokenData: { access_token: accessToken, refresh_token: refreshToken },
			},
		};
	};

	/** A trigger that is not active yet. */
	async function open({
		triggerOn = allEvents,
		changedFields = [],
		options = {},
		credentials,
		oAuth2 = false,
	}: Options = {}): Promise<ActiveTrigger> {
		const parameters: INodeParameters = JSON.parse(
			JSON.stringify({
				authentication: oAuth2 ? 'oAuth2' : 'apiKey',
				triggerOn,
				changedFields,
				options,
			}),
		);
		const stored: StoredCredentials = oAuth2 ? connected() : apiKey(credentials);
		const trigger = await ActiveTrigger.open({
			node: 'closeTrigger',
			parameters,
			credentials: stored,
		});
		opened.push(trigger);
		return trigger;
	}

	async function activate(options: Options = {}): Promise<ActiveTrigger> {
		const trigger = await open(options);
		await trigger.activate();
		return trigger;
	}

	/** Calls Close's API as another user with a key. */
	async function call(method: string, path: string, json?: unknown): Promise<IDataObject> {
		const response = await fetch(`${scene.url}/close${path}`, {
			method,
			headers: {
				authorization: closeAuthorization(closeAccounts.two.key),
				'content-type': 'application/json',
			},
			body: json === undefined ? undefined : JSON.stringify(json),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		return text === '' ? {} : JSON.parse(text);
	}

	/** The only subscription that goes to a trigger's address. */
	function subscriptionOf(trigger: ActiveTrigger) {
		const own = [...close().webhooks.subscriptions.values()].filter(
			({ url }) => url === trigger.webhookUrl,
		);
		const [first] = own;
		if (first === undefined || own.length > 1) throw new Error(`${own.length} subscriptions`);
		return first;
	}

	/** Waits until no request comes any more that follows from what was done before. */
	async function quiet(): Promise<void> {
		await scene.world.deliveries.settled();
		const { requests } = scene.world;
		let before = -1;
		// A sleep that overran was no silence: this process, or the machine, was busy.
		let overran = false;
		const isOpen = () => requests.some(({ status }) => status === undefined);
		while (overran || before < requests.length || isOpen()) {
			before = requests.length;
			const sleepsAt = Date.now();
			await sleep(QUIET_MS);
			overran = Date.now() - sleepsAt > 1.5 * QUIET_MS;
		}
	}

	/** An hour goes by: the trigger looks after its subscription. */
	async function anHourLater(trigger: ActiveTrigger): Promise<void> {
		await trigger.tick();
		await quiet();
	}

	/**
	 * Sends an event without the lead's contacts, and comes back when the trigger asks Close
	 * for them: the webhook is then pending for half a second.
	 * @returns its body, and its answer to come, which is undefined for one that the sender gave up
	 */
	async function underWay(
		trigger: ActiveTrigger,
		eventId: string,
		signal?: AbortSignal,
	): Promise<{ body: string; answer: Promise<number | undefined> }> {
		const [lead] = close().seedLeads(1);
		const path = `/lead/${lead?.id ?? ''}/`;
		scene.world.faults.add({ vendor: 'close', path, kind: 'stallAfter', ms: 500, nth: 1 });
		const body = bodyOf(eventId, { lead_id: lead?.id, data: { id: lead?.id } });
		const headers = signClose(subscriptionOf(trigger).signatureKey, body, Date.now());
		const sent = fetch(trigger.webhookUrl, {
			method: 'POST',
			body,
			headers: { 'content-type': 'application/json', ...headers },
			signal,
		});
		const answer = sent.then(
			({ status }) => status,
			() => undefined,
		);
		while (!scene.requests('close').some((request) => request.path.endsWith(path))) await sleep(5);
		return { body, answer };
	}

	/** Makes an event, and lets it have happened some seconds ago. */
	function emitted(emission: Emission, secondsAgo = 0): CloseEvent {
		const event = close().webhooks.emit(emission);
		event.createdAt -= secondsAgo * 1000;
		event.updatedAt -= secondsAgo * 1000;
		return event;
	}

	/** Events of leads that need not be there, of which the webhooks are never sent. */
	function missed(count: number, secondsAgo = 0): string[] {
		close().webhooks.hold();
		return Array.from({ length: count }, (_, index) => {
			const leadId = `lead_${index}`;
			const data = { id: leadId, contacts: [] };
			return emitted({ action: 'created', leadId, data }, secondsAgo).id;
		});
	}

	return {
		scene,
		close,
		open,
		activate,
		call,
		subscriptionOf,
		quiet,
		anHourLater,
		underWay,
		emitted,
		missed,
		settled: async () => await scene.world.deliveries.settled(),
		requests: (method: string, path: RegExp) =>
			scene
				.requests('close')
				.filter((request) => request.method === method && path.test(request.path)),
		/** Sends a body to a trigger, signed by the secret of its subscription. */
		signed: async (trigger: ActiveTrigger, body: string, headers: Record<string, string> = {}) => {
			const { signatureKey } = subscriptionOf(trigger);
			const signature = signClose(signatureKey, body, Date.now());
			return await post(trigger.webhookUrl, body, { ...signature, ...headers });
		},
	};
}

/** A webhook's body; the lead has its contacts, so that no request is needed. */
export function bodyOf(eventId: string, more: IDataObject = {}): string {
	return JSON.stringify({
		event: {
			id: eventId,
			object_type: 'lead',
			action: 'created',
			lead_id: `lead_${eventId}`,
			object_id: `lead_${eventId}`,
			date_created: new Date().toISOString().replace('Z', '000'),
			date_updated: new Date().toISOString().replace('Z', '000'),
			data: { id: `lead_${eventId}`, contacts: [] },
			previous_data: {},
			changed_fields: [],
			...more,
		},
	});
}

export const eventIds = (trigger: ActiveTrigger): string[] =>
	trigger.items().map(({ eventId }) => String(eventId));

/** What the trigger has in the workflow's static data. */
export function storedOf(trigger: ActiveTrigger): {
	seen: string;
	facts: Record<string, unknown>;
} {
	const data: unknown = JSON.parse(trigger.stored);
	const node = isRecord(data) ? data['node:Trigger'] : undefined;
	const state = isRecord(node) ? node.leadDispatch : undefined;
	if (!isRecord(state) || !isRecord(state.facts)) throw new Error('Nothing is stored');
	return { seen: String(state.seen), facts: state.facts };
}

/** Puts other marks of events into the static data, as if they had been stored there. */
export function storeSeen(trigger: ActiveTrigger, seen: string): void {
	const data = JSON.parse(trigger.stored);
	data['node:Trigger'].leadDispatch.seen = seen;
	trigger.stored = JSON.stringify(data);
}

/** Puts other facts into the static data, as if they had been stored there. */
export function storeFacts(trigger: ActiveTrigger, facts: Record<string, unknown>): void {
	const data = JSON.parse(trigger.stored);
	Object.assign(data['node:Trigger'].leadDispatch.facts, facts);
	trigger.stored = JSON.stringify(data);
}

/** As if the trigger had been active for this long, and had read the log of some kinds then for the last time. */
export function activeFor(
	trigger: ActiveTrigger,
	seconds: number,
	kinds: unknown = trigger.node.parameters.triggerOn,
): void {
	const moment = new Date(Date.now() - seconds * 1000).toISOString();
	storeFacts(trigger, {
		newestEventAt: moment,
		seenUpTo: moment,
		seenUpToNext: moment,
		logReadFrom: Object.fromEntries(
			(Array.isArray(kinds) ? kinds : []).map((kind) => [String(kind), moment]),
		),
	});
}
