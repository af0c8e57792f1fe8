import type { FastifyInstance } from 'fastify';
import { asNumber, asObject, BadInput, refuseOthers } from './adminInput';
import { isLoopback } from './deliveries';
import { callsLeads } from './vendors/autocalls/accounts';
import { callOutcomes, type CallWish } from './vendors/autocalls/calls';
import { findCampaign } from './vendors/squadVoice/accounts';
import type { ProcessWish } from './vendors/squadVoice/processing';
import type { World } from './world';

function asText(value: unknown, what: string): string {
	if (typeof value === 'string') return value;
	throw new BadInput(`${what} must be a string.`);
}

function isLeadId(value: unknown): value is string | number {
	return typeof value === 'string' || typeof value === 'number';
}

function processLeads({ squadVoice }: World, body: unknown) {
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

function configureWebhook({ squadVoice }: World, body: unknown) {
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

function callLeads({ autocalls }: World, body: unknown) {
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

/** Routes by which a vendor's people, its agents and its dialer do what no API of it does. */
export function addVendorRoutes(scope: FastifyInstance, world: World): void {
	const routes: Record<string, (world: World, body: unknown) => unknown> = {
		'/squadVoice/process': processLeads,
		'/squadVoice/webhook': configureWebhook,
		'/autocalls/call': callLeads,
	};
	for (const [url, act] of Object.entries(routes)) {
		scope.post(url, async (request) => act(world, request.body));
	}
}
