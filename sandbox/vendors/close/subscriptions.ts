import { isLoopback } from '../../webhooks/deliveries';
import { isRecord } from '../../lib/guards';
import type { VendorReply } from '../../server/vendorServer';
import { organizationId } from './accounts';
import { BadFilter, readFilter } from './eventFilters';
import { newId } from './ids';
import * as problem from './problems';
import type { FieldProblems } from './problems';
import { pick, timestamp, type Shown } from './render';
import { newSignatureKey } from './signature';
import type { CloseState } from './state';
import type { Write } from './writes';

/** One kind of event that a subscription is for. */
export interface Wanted {
	object_type: string;
	action: string;
	extra_filter: Record<string, unknown> | null;
	/** Whether an event, as it is shown, passes extra_filter. */
	matches(event: Shown): boolean;
}

export interface Subscription {
	id: string;
	url: string;
	events: Wanted[];
	verifySsl: boolean;
	status: 'active' | 'paused';
	/** Hex. */
	signatureKey: string;
	createdBy: string;
	updatedBy: string;
	createdAt: number;
	updatedAt: number;
	/** How many deliveries were answered with a 2xx. */
	received: number;
}

const common = ['created', 'updated', 'deleted'];

/** What can be subscribed to, as far as it has to do with leads (Close docs, list of event types). */
const eventTypes: Record<string, string[]> = {
	lead: [...common, 'merged'],
	contact: common,
	opportunity: common,
	'task.lead': [...common, 'completed'],
	'activity.note': common,
	'activity.call': [...common, 'answered', 'completed'],
	'activity.email': [...common, 'sent'],
	'activity.sms': [...common, 'sent'],
	'activity.meeting': [...common, 'scheduled', 'started', 'completed', 'canceled'],
	'activity.lead_status_change': common,
	'activity.opportunity_status_change': common,
	'activity.custom_activity': common,
};

/** A subscription as the API shows it; its key is in the answer to its creation and nowhere else. */
export function showSubscription(subscription: Subscription): Shown {
	return {
		id: subscription.id,
		url: subscription.url,
		events: subscription.events.map(({ object_type, action, extra_filter }) => ({
			object_type,
			action,
			extra_filter,
		})),
		status: subscription.status,
		verify_ssl: subscription.verifySsl,
		organization_id: organizationId,
		created_by: subscription.createdBy,
		updated_by: subscription.updatedBy,
		date_created: timestamp(subscription.createdAt),
		date_updated: timestamp(subscription.updatedAt),
	};
}

/**
 * ASSUMED: https is a must; the docs' examples have it. The sandbox takes http on this machine too,
 * or nothing could be tried without a certificate; to https it sends nothing.
 */
function readTarget(json: Record<string, unknown>, problems: FieldProblems): string | undefined {
	const { url } = json;
	if (url === undefined) return undefined;
	const isSafe = typeof url === 'string' && /^https:\/\/[^\s/]+/i.test(url) && URL.canParse(url);
	if (typeof url === 'string' && (isSafe || isLoopback(url))) return url;
	problems.url = 'Invalid URL.';
	return undefined;
}

function readWanted(item: Record<string, unknown>, problems: FieldProblems): Wanted | undefined {
	const { object_type: objectType, action, extra_filter: filter } = item;
	const actions = typeof objectType === 'string' ? eventTypes[objectType] : undefined;
	if (!actions) problems.object_type = 'Not a valid choice.';
	// ASSUMED: a pair that no event has is refused, as it could never fire.
	if (typeof action !== 'string' || actions?.includes(action) === false) {
		problems.action = 'Not a valid choice.';
	}
	try {
		const matches = filter === undefined || filter === null ? () => true : readFilter(filter);
		if (typeof objectType !== 'string' || typeof action !== 'string') return undefined;
		const extra = isRecord(filter) ? filter : null;
		return { object_type: objectType, action, extra_filter: extra, matches };
	} catch (error) {
		// eslint-disable-next-line @n8n/community-nodes/require-node-api-error -- the sandbox is a server, not a node
		if (!(error instanceof BadFilter)) throw error;
		problems.extra_filter = error.message;
		return undefined;
	}
}

function readSent({ json }: Write, problems: FieldProblems) {
	const events = problem.readObjects(json, 'events', problems, readWanted);
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

/** POST /webhook/ (Close docs, webhooks): 201, with the key that is never shown again. */
export function createWebhook(write: Write): VendorReply {
	const { state, json, userId, fields } = write;
	const { subscriptions } = state.webhooks;
	const problems: FieldProblems = {};
	const { url, events, verifySsl = true } = readSent(write, problems);
	if (json.url === undefined) problems.url = problem.required;
	if (json.events === undefined) problems.events = problem.required;
	if (problem.hasProblems(problems) || url === undefined || !events) {
		return problem.invalid(problems);
	}
	// The number is documented. ASSUMED: 400 and the words; paused ones count; a URL may come twice.
	if (subscriptions.size >= state.webhookMaximum) {
		const most = state.webhookMaximum;
		return problem.invalid({}, [`An organization has at most ${most} webhook subscriptions.`]);
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

/** PUT /webhook/{id}/: url, events, status and verify_ssl; the key stays (ASSUMED). */
export function updateWebhook(write: Write, subscription: Subscription): VendorReply {
	const problems: FieldProblems = {};
	const sent = readSent(write, problems);
	if (problem.hasProblems(problems)) return problem.invalid(problems);
	Object.assign(subscription, sent, { updatedBy: write.userId, updatedAt: Date.now() });
	return { status: 200, body: pick(showSubscription(subscription), write.fields), effect: true };
}

/** DELETE /webhook/{id}/. ASSUMED: 204 without a body, as the vendor's own client expects of some. */
export function deleteWebhook(state: CloseState, subscription: Subscription): VendorReply {
	state.webhooks.subscriptions.delete(subscription.id);
	return { status: 204, body: '', effect: true };
}
