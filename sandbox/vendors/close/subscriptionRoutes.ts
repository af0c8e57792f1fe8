import { isLoopback } from '../../webhooks/deliveries';
import { isRecord } from '../../lib/guards';
import type { VendorReply } from '../../server/handler';
import { InvalidFilter, readFilter } from './eventFilters';
import { newId } from './ids';
import * as problem from './problems';
import type { FieldProblems } from './problems';
import { pick } from './render';
import { newSignatureKey } from './signature';
import type { CloseState } from './state';
import { showSubscription, type SubscribedEvent, type Subscription } from './subscription';
import type { WriteRequest } from './writeRequest';

const COMMON_ACTIONS = ['created', 'updated', 'deleted'];

/** The actions by object type, as far as they concern leads (Close docs, list of event types). */
const EVENT_ACTIONS: Record<string, string[]> = {
	lead: [...COMMON_ACTIONS, 'merged'],
	contact: COMMON_ACTIONS,
	opportunity: COMMON_ACTIONS,
	'task.lead': [...COMMON_ACTIONS, 'completed'],
	'activity.note': COMMON_ACTIONS,
	'activity.call': [...COMMON_ACTIONS, 'answered', 'completed'],
	'activity.email': [...COMMON_ACTIONS, 'sent'],
	'activity.sms': [...COMMON_ACTIONS, 'sent'],
	'activity.meeting': [...COMMON_ACTIONS, 'scheduled', 'started', 'completed', 'canceled'],
	'activity.lead_status_change': COMMON_ACTIONS,
	'activity.opportunity_status_change': COMMON_ACTIONS,
	'activity.custom_activity': COMMON_ACTIONS,
	unsubscribed_email: ['created', 'deleted'],
};

/**
 * ASSUMED (which subscriptions Close refuses): https is required, as in the docs' examples.
 * Confirmed by a create with http. The sandbox accepts http on loopback too, as tests have no
 * certificate; to https it sends nothing.
 */
function readTarget(json: Record<string, unknown>, problems: FieldProblems): string | undefined {
	const { url } = json;
	if (url === undefined) return undefined;
	const isHttps = typeof url === 'string' && /^https:\/\/[^\s/]+/i.test(url) && URL.canParse(url);
	if (typeof url === 'string' && (isHttps || isLoopback(url))) return url;
	problems.url = 'Invalid URL.';
	return undefined;
}

function readEvent(
	item: Record<string, unknown>,
	problems: FieldProblems,
): SubscribedEvent | undefined {
	const { object_type: objectType, action, extra_filter: filter } = item;
	const actions = typeof objectType === 'string' ? EVENT_ACTIONS[objectType] : undefined;
	if (!actions) problems.object_type = 'Not a valid choice.';
	// ASSUMED (which subscriptions Close refuses): a pair without an event is rejected, as it could
	// never fire. Confirmed by one.
	if (typeof action !== 'string' || actions?.includes(action) === false) {
		problems.action = 'Not a valid choice.';
	}
	try {
		if (filter !== undefined && filter !== null) readFilter(filter);
		if (typeof objectType !== 'string' || typeof action !== 'string') return undefined;
		const extra = isRecord(filter) ? filter : null;
		return { object_type: objectType, action, extra_filter: extra };
	} catch (error) {
		// eslint-disable-next-line @n8n/community-nodes/require-node-api-error -- a server, not a node
		if (!(error instanceof InvalidFilter)) throw error;
		problems.extra_filter = error.message;
		return undefined;
	}
}

function readFields({ json }: WriteRequest, problems: FieldProblems) {
	const events = problem.readObjects(json, 'events', problems, readEvent);
	if (events?.length === 0) problems.events ??= 'List must not be empty.';
	const { verify_ssl: verifySsl, status } = json;
	if (verifySsl !== undefined && typeof verifySsl !== 'boolean') {
		problems.verify_ssl = 'Value must be of bool type.';
	}
	if (status !== undefined && status !== 'active' && status !== 'paused') {
		problems.status = 'Not a valid choice.';
	}
	const url = readTarget(json, problems);
	const hasVerify = typeof verifySsl === 'boolean';
	const hasStatus = status === 'active' || status === 'paused';
	return {
		...(url !== undefined && { url }),
		...(events && { events }),
		...(hasVerify && { verifySsl }),
		...(hasStatus && { status }),
	};
}

/** POST /webhook/ (Close docs, webhooks): 201, with the signature key, which no later reply has. */
export function createWebhook(write: WriteRequest): VendorReply {
	const { state, json, userId, fields } = write;
	const { subscriptions } = state.webhooks;
	const problems: FieldProblems = {};
	const { url, events, verifySsl = true } = readFields(write, problems);
	if (json.url === undefined) problems.url = problem.REQUIRED;
	if (json.events === undefined) problems.events = problem.REQUIRED;
	if (problem.hasProblems(problems) || url === undefined || !events) {
		return problem.invalid(problems);
	}
	// The maximum is documented. ASSUMED (the 41st subscription): a 400 with this message; paused
	// ones count; a URL may be used twice. Confirmed by the 41st subscription.
	if (subscriptions.size >= state.webhookMaximum) {
		const maximum = state.webhookMaximum;
		return problem.invalid({}, [`An organization has at most ${maximum} webhook subscriptions.`]);
	}
	const now = Date.now();
	const subscription: Subscription = {
		id: newId('whsub'),
		url,
		events,
		verifySsl,
		status: 'active',
		signatureKey: newSignatureKey(),
		createdBy: userId,
		updatedBy: userId,
		createdAt: now,
		updatedAt: now,
		received: 0,
	};
	subscriptions.set(subscription.id, subscription);
	const body = { ...showSubscription(subscription), signature_key: subscription.signatureKey };
	return { status: 201, body: pick(body, fields), effect: true };
}

/**
 * PUT /webhook/{id}/: url, events, status and verify_ssl. ASSUMED (whether an update keeps the
 * signature key): the signature key stays. Confirmed by a webhook after an update.
 */
export function updateWebhook(write: WriteRequest, subscription: Subscription): VendorReply {
	const problems: FieldProblems = {};
	const sent = readFields(write, problems);
	if (problem.hasProblems(problems)) return problem.invalid(problems);
	Object.assign(subscription, sent, { updatedBy: write.userId, updatedAt: Date.now() });
	return { status: 200, body: pick(showSubscription(subscription), write.fields), effect: true };
}

/** DELETE /webhook/{id}/ (Close docs, webhooks): 200. */
export function deleteWebhook(state: CloseState, subscription: Subscription): VendorReply {
	state.webhooks.subscriptions.delete(subscription.id);
	return { status: 200, body: {}, effect: true };
}
