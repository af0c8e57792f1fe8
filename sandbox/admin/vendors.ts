import type { FastifyInstance } from 'fastify';
import { asNumber, asObject, BadInput, readHeaders, refuseOthers } from './input';
import { isLoopback } from '../webhooks/deliveries';
import { eventTypesV1, eventTypesV2, type AktifyEventType } from '../vendors/aktify/events';
import type { WebhookConfig } from '../vendors/aktify/webhooks';
import { callsLeads } from '../vendors/autocalls/accounts';
import { callOutcomes, type CallWish } from '../vendors/autocalls/calls';
import { findCampaign } from '../vendors/squadVoice/accounts';
import type { ProcessWish } from '../vendors/squadVoice/processing';
import type { SandboxState } from '../server/SandboxState';

function asText(value: unknown, what: string): string {
	if (typeof value === 'string') return value;
	throw new BadInput(`${what} must be a string.`);
}

function isLeadId(value: unknown): value is string | number {
	return typeof value === 'string' || typeof value === 'number';
}

function processLeads({ squadVoice }: SandboxState, body: unknown) {
	const raw = asObject(body);
	refuseOthers(raw, ['campaignId', 'leadId', 'outcome', 'at'], 'The body');
	const campaignId = asText(raw.campaignId, 'campaignId');
	const wish: ProcessWish = {};
	if (raw.outcome !== undefined) wish.outcome = asText(raw.outcome, 'outcome');
	if (raw.at !== undefined) wish.at = asNumber(raw.at, 'at');
	if (!findCampaign(campaignId)) throw new BadInput('There is no such campaign.');
	const { leadId } = raw;
	if (leadId === undefined) return { processed: squadVoice.processAll(campaignId, () => wish) };
	if (!isLeadId(leadId)) throw new BadInput('leadId must be a string or a number.');
	if (!squadVoice.find(campaignId, leadId)) throw new BadInput('There is no such lead.');
	squadVoice.process(campaignId, leadId, wish);
	return { processed: 1 };
}

function configureWebhook({ squadVoice }: SandboxState, body: unknown) {
	const raw = asObject(body);
	refuseOthers(raw, ['campaignId', 'url'], 'The body');
	const campaignId = asText(raw.campaignId, 'campaignId');
	const url = raw.url === null ? undefined : asText(raw.url, 'url');
	if (url !== undefined && !isLoopback(url)) {
		throw new BadInput('url must be an http address on this machine, or null.');
	}
	if (findCampaign(campaignId)?.account !== 'v4') {
		throw new BadInput('Only campaigns of API v4 have a webhook.');
	}
	squadVoice.configureWebhook(campaignId, url);
	return { url: url ?? null };
}

function readCallWish(raw: Record<string, unknown>): CallWish {
	const wish: CallWish = {};
	if (raw.outcome !== undefined) {
		wish.outcome = callOutcomes.find((outcome) => outcome === raw.outcome);
		if (!wish.outcome) throw new BadInput(`outcome must be one of ${callOutcomes.join(', ')}.`);
	}
	if (raw.durationSeconds !== undefined) {
		wish.durationSeconds = asNumber(raw.durationSeconds, 'durationSeconds');
	}
	if (raw.extracted !== undefined) wish.extracted = asObject(raw.extracted, 'extracted');
	return wish;
}

function callLeads({ autocalls }: SandboxState, body: unknown) {
	const raw = asObject(body);
	const known = ['leadId', 'campaignId', 'outcome', 'durationSeconds', 'extracted'];
	refuseOthers(raw, known, 'The body');
	const wish = readCallWish(raw);
	if ((raw.leadId === undefined) === (raw.campaignId === undefined)) {
		throw new BadInput('Either leadId or campaignId is required.');
	}
	const lead = autocalls.leads.get(Number(raw.leadId));
	const campaign = autocalls.campaigns.get(lead?.campaignId ?? Number(raw.campaignId));
	if (!campaign || !callsLeads(campaign)) {
		throw new BadInput('There is no such lead or campaign, or the campaign does not call.');
	}
	const calls = lead ? [autocalls.call(lead.id, wish)] : autocalls.callAll(campaign.id, () => wish);
	return { calls: calls.map(({ id, leadId, status }) => ({ id, leadId, status })) };
}

function asVersion(value: unknown, what: string): 'v1' | 'v2' {
	if (value === undefined) return 'v2';
	if (value === 'v1' || value === 'v2') return value;
	throw new BadInput(`${what} must be v1 or v2.`);
}

function readEvents(value: unknown, version: 'v1' | 'v2'): AktifyEventType[] {
	const known: readonly AktifyEventType[] = version === 'v1' ? eventTypesV1 : eventTypesV2;
	if (value === undefined) return [...known];
	return [value].flat().map((wish) => {
		const type = known.find((name) => name === wish);
		if (type) return type;
		throw new BadInput(`events must be among ${known.join(', ')}.`);
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
	refuseOthers(custom, ['headers', 'template'], 'custom');
	const template = asText(custom.template, 'custom.template');
	return { ...config, custom: { headers: readHeaders(custom.headers ?? {}), template } };
}

/** Aktify's Portal: all events of version 2, signed by version 2, unless told otherwise. */
function configureAktify({ aktify }: SandboxState, body: unknown) {
	const { scope, ...raw } = asObject(body);
	const known = ['url', 'clientSecret', 'version', 'signature', 'events', 'custom'];
	refuseOthers(raw, known, 'The body');
	const config = readPortal(raw);
	const owner = asText(scope, 'scope');
	let words: string;
	try {
		const { url, status, version, signature, events } = aktify.webhooks.configureWebhook(
			owner,
			config,
		);
		return { scope: owner, url, status, version, signature, events };
	} catch (error) {
		words = error instanceof Error ? error.message : String(error);
	}
	throw new BadInput(words);
}

/** Routes by which a vendor's people, its agents and its dialer do what no API of it does. */
export function addVendorRoutes(scope: FastifyInstance, world: SandboxState): void {
	const routes: Record<string, (world: SandboxState, body: unknown) => unknown> = {
		'/squadVoice/process': processLeads,
		'/squadVoice/webhook': configureWebhook,
		'/autocalls/call': callLeads,
		'/aktify/webhook': configureAktify,
	};
	for (const [url, act] of Object.entries(routes)) {
		scope.post(url, async (request) => act(world, request.body));
	}
}
