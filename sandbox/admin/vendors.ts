import type { FastifyInstance } from 'fastify';
import type { SandboxState } from '../server/SandboxState';
import { EVENT_TYPES_V1, EVENT_TYPES_V2, type AktifyEventType } from '../vendors/aktify/events';
import type { WebhookConfig } from '../vendors/aktify/webhooks';
import { callsLeads } from '../vendors/autocalls/accounts';
import { bulkAction, unsubscribe } from '../vendors/close/staff';
import type { CallOptions } from '../vendors/autocalls/Dialer';
import { CALL_OUTCOMES } from '../vendors/autocalls/store';
import { findCampaign } from '../vendors/squadVoice/accounts';
import type { ProcessOptions } from '../vendors/squadVoice/processing';
import { isLoopback } from '../webhooks/deliveries';
import { changeStatus, createLead, deleteLead, mergeLeads, playEvent } from './events';
import { setOutage } from './outages';
import { asNumber, asObject, asText, InvalidInput, readHeaders, rejectUnknownKeys } from './input';

function isLeadId(value: unknown): value is string | number {
	return typeof value === 'string' || typeof value === 'number';
}

/**
 * Processes a lead of SquadVoice, or all waiting leads of a campaign.
 * @throws InvalidInput
 */
export function processLeads({ squadVoice }: SandboxState, body: unknown) {
	const raw = asObject(body);
	rejectUnknownKeys(raw, ['campaignId', 'leadId', 'outcome', 'at'], 'The body');
	const campaignId = asText(raw.campaignId, 'campaignId');
	const options: ProcessOptions = {};
	if (raw.outcome !== undefined) options.outcome = asText(raw.outcome, 'outcome');
	if (raw.at !== undefined) options.at = asNumber(raw.at, 'at');
	if (!findCampaign(campaignId)) throw new InvalidInput('There is no such campaign.');
	const { leadId } = raw;
	if (leadId === undefined) return { processed: squadVoice.processAll(campaignId, () => options) };
	if (!isLeadId(leadId)) throw new InvalidInput('leadId must be a string or a number.');
	if (!squadVoice.find(campaignId, leadId)) throw new InvalidInput('There is no such lead.');
	squadVoice.process(campaignId, leadId, options);
	return { processed: 1 };
}

/**
 * Sets or removes the webhook of a SquadVoice campaign, as the vendor's staff do.
 * @throws InvalidInput
 */
export function configureWebhook({ squadVoice }: SandboxState, body: unknown) {
	const raw = asObject(body);
	rejectUnknownKeys(raw, ['campaignId', 'url'], 'The body');
	const campaignId = asText(raw.campaignId, 'campaignId');
	const url = raw.url === null ? undefined : asText(raw.url, 'url');
	if (url !== undefined && !isLoopback(url)) {
		throw new InvalidInput('url must be an http address on this machine, or null.');
	}
	if (findCampaign(campaignId)?.account !== 'v4') {
		throw new InvalidInput('Only campaigns of API v4 have a webhook.');
	}
	squadVoice.configureWebhook(campaignId, url);
	return { url: url ?? null };
}

function readCallOptions(raw: Record<string, unknown>): CallOptions {
	const options: CallOptions = {};
	if (raw.outcome !== undefined) {
		options.outcome = CALL_OUTCOMES.find((outcome) => outcome === raw.outcome);
		if (!options.outcome)
			throw new InvalidInput(`outcome must be one of ${CALL_OUTCOMES.join(', ')}.`);
	}
	if (raw.durationSeconds !== undefined) {
		options.durationSeconds = asNumber(raw.durationSeconds, 'durationSeconds');
	}
	if (raw.extracted !== undefined) options.extracted = asObject(raw.extracted, 'extracted');
	return options;
}

/**
 * Calls a lead of Autocalls, or all waiting leads of a campaign.
 * @throws InvalidInput
 */
export function callLeads({ autocalls }: SandboxState, body: unknown) {
	const raw = asObject(body);
	const known = ['leadId', 'campaignId', 'outcome', 'durationSeconds', 'extracted'];
	rejectUnknownKeys(raw, known, 'The body');
	const options = readCallOptions(raw);
	if ((raw.leadId === undefined) === (raw.campaignId === undefined)) {
		throw new InvalidInput('Either leadId or campaignId is required.');
	}
	const lead = autocalls.leads.get(Number(raw.leadId));
	const campaign = autocalls.campaigns.get(lead?.campaignId ?? Number(raw.campaignId));
	if (!campaign) throw new InvalidInput('There is no such lead or campaign.');
	if (!callsLeads(campaign)) {
		const { id, name, status, channel } = campaign;
		const reason = channel === 'call' ? `is ${status}` : `sends ${channel} messages`;
		throw new InvalidInput(`Campaign ${id} (${name}) does not call: it ${reason}.`);
	}
	const calls = lead
		? [autocalls.call(lead.id, options)]
		: autocalls.callAll(campaign.id, () => options);
	return { calls: calls.map(({ id, leadId, status }) => ({ id, leadId, status })) };
}

function asVersion(value: unknown, what: string): 'v1' | 'v2' {
	if (value === undefined) return 'v2';
	if (value === 'v1' || value === 'v2') return value;
	throw new InvalidInput(`${what} must be v1 or v2.`);
}

function readEvents(value: unknown, version: 'v1' | 'v2'): AktifyEventType[] {
	const known: readonly AktifyEventType[] = version === 'v1' ? EVENT_TYPES_V1 : EVENT_TYPES_V2;
	if (value === undefined) return [...known];
	return [value].flat().map((wanted) => {
		const type = known.find((name) => name === wanted);
		if (type) return type;
		throw new InvalidInput(`events must be among ${known.join(', ')}.`);
	});
}

function readPortal(raw: Record<string, unknown>): WebhookConfig {
	const version = asVersion(raw.version, 'version');
	const config: WebhookConfig = {
		url: asText(raw.url, 'url'),
		clientSecret: asText(raw.clientSecret, 'clientSecret'),
		version,
		signature: asVersion(raw.signature, 'signature'),
		events: readEvents(raw.events, version),
	};
	if (raw.custom === undefined) return config;
	const custom = asObject(raw.custom, 'custom');
	rejectUnknownKeys(custom, ['headers', 'template', 'basicAuth'], 'custom');
	const template = asText(custom.template, 'custom.template');
	const headers = readHeaders(custom.headers ?? {});
	if (custom.basicAuth === undefined) return { ...config, custom: { headers, template } };
	const { user, password } = asObject(custom.basicAuth, 'custom.basicAuth');
	const authentication = { user: asText(user, 'user'), password: asText(password, 'password') };
	return { ...config, custom: { headers, template, authentication } };
}

/**
 * Aktify's Portal; the defaults are all events of version 2, signed with version 2.
 * @throws InvalidInput
 */
export function configureAktify({ aktify }: SandboxState, body: unknown) {
	const { scope, ...raw } = asObject(body);
	const known = ['url', 'clientSecret', 'version', 'signature', 'events', 'custom'];
	rejectUnknownKeys(raw, known, 'The body');
	const config = readPortal(raw);
	const webhookScope = asText(scope, 'scope');
	let message: string;
	try {
		const webhook = aktify.webhooks.configureWebhook(webhookScope, config);
		const { url, status, version, signature, events } = webhook;
		return { scope: webhookScope, url, status, version, signature, events };
	} catch (error) {
		message = error instanceof Error ? error.message : String(error);
	}
	throw new InvalidInput(message);
}

function runBulkAction({ close }: SandboxState, body: unknown) {
	const raw = asObject(body);
	rejectUnknownKeys(raw, ['leadIds', 'delete', 'statusId'], 'The body');
	const { leadIds, statusId } = raw;
	if (!Array.isArray(leadIds)) throw new InvalidInput('leadIds must be a list.');
	if ((raw.delete === true) === (statusId !== undefined)) {
		throw new InvalidInput('Either delete: true or statusId is required.');
	}
	const ids = leadIds.map((id: unknown) => asText(id, 'leadIds'));
	if (ids.some((id) => !close.leads.has(id))) throw new InvalidInput('There is no such lead.');
	if (statusId === undefined) return { bulkActionId: bulkAction(close, ids, 'delete') };
	const status = close.statuses.find(({ id }) => id === statusId);
	if (!status) throw new InvalidInput('There is no such status.');
	return { bulkActionId: bulkAction(close, ids, { statusId: status.id }) };
}

function unsubscribeEmail({ close }: SandboxState, body: unknown) {
	const raw = asObject(body);
	rejectUnknownKeys(raw, ['email'], 'The body');
	const email = asText(raw.email, 'email');
	unsubscribe(close, email);
	return { email };
}

/** Routes for actions of a vendor's staff, agents and dialer, for which the vendor has no API. */
export function addVendorRoutes(scope: FastifyInstance, state: SandboxState): void {
	const routes: Record<string, (state: SandboxState, body: unknown) => unknown> = {
		'/squadVoice/process': processLeads,
		'/squadVoice/webhook': configureWebhook,
		'/autocalls/call': callLeads,
		'/aktify/webhook': configureAktify,
		'/close/bulkAction': runBulkAction,
		'/close/unsubscribe': unsubscribeEmail,
		'/aktify/event': playEvent,
		'/close/create': createLead,
		'/close/status': changeStatus,
		'/close/delete': deleteLead,
		'/close/merge': mergeLeads,
		'/outage': setOutage,
	};
	for (const [url, handle] of Object.entries(routes)) {
		scope.post(url, async (request) => handle(state, request.body));
	}
}
