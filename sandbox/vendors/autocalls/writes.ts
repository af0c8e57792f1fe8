import { isRecord } from '../../lib/guards';
import type { VendorReply } from '../../server/vendorServer';
import { callAllSoon } from './calls';
import { refuse, say, tell, type Errors, type Request } from './replies';
import type { AutocallsLead } from './state';
import { invalid, readInteger, readLeadChange, readNewLead } from './validate';
import { leadView } from './views';

/** ASSUMED: 404 and these words, which are those of the update's docs; creating one would tell. */
const noCampaign = say(404, 'Campaign not found');
const noLead = say(404, 'Lead not found');

/**
 * POST /user/lead (seed 003). ASSUMED: the fields are looked at first, then the phone numbers, the
 * campaign, its channel and last what it holds; no error of a create is documented.
 */
export function createLead(request: Request): VendorReply {
	const { state, account, call } = request;
	const read = readNewLead(call.json);
	if ('message' in read) return refuse(request, read);
	const campaign = state.campaignOf(account, read.campaignId);
	if (!campaign) return noCampaign;
	if (campaign.channel !== 'call' && read.secondaryContacts.length > 0) {
		const words = 'Secondary contacts are only supported for call campaigns.';
		return refuse(request, invalid({ secondary_contacts: [words] }));
	}
	const lead = state.accept(read, state.now());
	if (!lead) {
		// ASSUMED: status and body; a second create of one number in one campaign would tell.
		const message = 'Lead already exists in this campaign';
		return { status: 422, body: { message, errors: { phone_number: [`${message}.`] } } };
	}
	return {
		status: 200,
		body: { message: 'Lead created successfully', data: leadView(state, lead, 'created') },
		effect: true,
	};
}

function leadOfPath({ state, account, call }: Request): AutocallsLead | undefined {
	const id = readInteger(call.params.id);
	return id === undefined ? undefined : state.leadOf(account, id);
}

/**
 * PUT /user/leads/{id}: variables are merged, as documented. ASSUMED: the lead is looked for before
 * the fields are read; its number may become one the campaign has; secondary contacts move with it.
 */
export function updateLead(request: Request): VendorReply {
	const { state, account, call } = request;
	const lead = leadOfPath(request);
	if (!lead) return noLead;
	const read = readLeadChange(call.json);
	if ('message' in read) return refuse(request, read);
	const { variables, ...rest } = read;
	if (rest.campaignId !== undefined) {
		if (!state.campaignOf(account, rest.campaignId)) return noCampaign;
		for (const contact of state.secondaryOf(lead)) contact.campaignId = rest.campaignId;
	}
	Object.assign(lead, rest, {
		variables: { ...lead.variables, ...variables },
		updatedAt: state.now(),
	});
	return { ...say(200, 'Lead updated successfully'), effect: true };
}

/** DELETE /user/leads/{id}: for good, secondary contacts too. */
export function deleteLead(request: Request): VendorReply {
	const lead = leadOfPath(request);
	if (!lead) return noLead;
	// ASSUMED: 422; a reseller's docs say that processing may prevent it, deleting such a lead would tell.
	if (lead.status === 'processing') {
		return say(422, 'Lead cannot be deleted while it is being processed');
	}
	request.state.remove(lead);
	return { ...say(200, 'Lead deleted successfully'), effect: true };
}

/** POST /user/campaigns/update-status. ASSUMED: what is started already is started once more: 200. */
export function updateCampaignStatus(request: Request): VendorReply {
	const { state, account, call } = request;
	const raw = isRecord(call.json) ? call.json : {};
	const id = readInteger(raw.campaign_id);
	const errors: Errors = {};
	if (id === undefined) errors.campaign_id = ['The campaign id field must be an integer.'];
	if (raw.action !== 'start' && raw.action !== 'stop') {
		errors.action = ['The selected action is invalid.'];
	}
	if (id === undefined || Object.keys(errors).length > 0) {
		const body = { ...invalid(errors), success: false };
		return tell(call.headers, request.loginUrl, { status: 422, body });
	}
	const campaign = state.campaignOf(account, id);
	if (!campaign) return { status: 404, body: { message: 'Campaign not found', success: false } };
	campaign.status = raw.action === 'start' ? 'started' : 'stopped';
	campaign.updatedAt = state.now();
	if (state.autoCall) callAllSoon(state, campaign);
	return {
		status: 200,
		body: {
			message: `Campaign ${campaign.status} successfully`,
			success: true,
			data: { campaign_id: campaign.id, status: campaign.status },
		},
		effect: true,
	};
}
