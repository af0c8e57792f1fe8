import { isRecord } from '../../lib/guards';
import type { VendorReply } from '../../server/handler';
import { errorReply, messageReply, reject, type ApiRequest, type FieldErrors } from './replies';
import type { AutocallsLead } from './store';
import { invalid, readInteger, readLeadChange, readNewLead } from './validate';
import { leadView } from './views';

/**
 * ASSUMED (error statuses of Create, Update, Delete): 404 and this message, which the docs have
 * for an update. Confirmed by a create in an unknown campaign.
 */
const CAMPAIGN_NOT_FOUND = messageReply(404, 'Campaign not found');
/**
 * ASSUMED (error statuses of Create, Update, Delete): 404; the message is documented. Confirmed by
 * an update of no lead.
 */
const LEAD_NOT_FOUND = messageReply(404, 'Lead not found');

/**
 * POST /user/lead (Autocalls API page, Create lead). ASSUMED (the order of the checks of a
 * create): the checks are in this order: fields, phone numbers, campaign, its channel, duplicates.
 * No error of a create is documented. Confirmed by creates with two errors.
 */
export function createLead(request: ApiRequest): VendorReply {
	const { state, account, call } = request;
	const read = readNewLead(call.json);
	if ('message' in read) return reject(request, read);
	const campaign = state.campaignOf(account, read.campaignId);
	if (!campaign) return CAMPAIGN_NOT_FOUND;
	if (campaign.channel !== 'call' && read.secondaryContacts.length > 0) {
		const message = 'Secondary contacts are only supported for call campaigns.';
		return reject(request, invalid({ secondary_contacts: [message] }));
	}
	const lead = state.accept(read, state.now());
	if (!lead) {
		// ASSUMED (the reply to a number that already exists): status and body. Confirmed by a second
		// create of one number in one campaign.
		const message = 'Lead already exists in this campaign';
		return { status: 422, body: { message, errors: { phone_number: [`${message}.`] } } };
	}
	return {
		status: 200,
		body: { message: 'Lead created successfully', data: leadView(state, lead, 'created') },
		effect: true,
	};
}

function leadOfPath({ state, account, call }: ApiRequest): AutocallsLead | undefined {
	const id = readInteger(call.params.id);
	return id === undefined ? undefined : state.leadOf(account, id);
}

/**
 * PUT /user/leads/{id}: variables are merged, as documented. ASSUMED (effects of an update): an
 * unknown lead is rejected before invalid fields; the new number may already be in the campaign;
 * secondary contacts move with the lead. Confirmed by one update of each.
 */
export function updateLead(request: ApiRequest): VendorReply {
	const { state, account, call } = request;
	const lead = leadOfPath(request);
	if (!lead) return LEAD_NOT_FOUND;
	const read = readLeadChange(call.json);
	if ('message' in read) return reject(request, read);
	const { variables, ...rest } = read;
	if (rest.campaignId !== undefined) {
		if (!state.campaignOf(account, rest.campaignId)) return CAMPAIGN_NOT_FOUND;
		for (const contact of state.secondaryOf(lead)) contact.campaignId = rest.campaignId;
	}
	Object.assign(lead, rest, {
		variables: { ...lead.variables, ...variables },
		updatedAt: state.now(),
	});
	return { ...messageReply(200, 'Lead updated successfully'), effect: true };
}

/** DELETE /user/leads/{id}: permanent; deletes secondary contacts too. */
export function deleteLead(request: ApiRequest): VendorReply {
	const lead = leadOfPath(request);
	if (!lead) return LEAD_NOT_FOUND;
	// Processing may prevent a delete (Famulor API page, Delete lead). ASSUMED (the reply to a delete
	// during a call): 422. Confirmed by such a delete.
	if (lead.status === 'processing') {
		return messageReply(422, 'Lead cannot be deleted while it is being processed');
	}
	request.state.remove(lead);
	return { ...messageReply(200, 'Lead deleted successfully'), effect: true };
}

/**
 * POST /user/campaigns/update-status. ASSUMED (a repeated write): starting a started campaign is a
 * 200. Confirmed by two starts.
 */
export function updateCampaignStatus(request: ApiRequest): VendorReply {
	const { state, account, call } = request;
	const raw = isRecord(call.json) ? call.json : {};
	const id = readInteger(raw.campaign_id);
	const errors: FieldErrors = {};
	if (id === undefined) errors.campaign_id = ['The campaign id field must be an integer.'];
	if (raw.action !== 'start' && raw.action !== 'stop') {
		errors.action = ['The selected action is invalid.'];
	}
	if (id === undefined || Object.keys(errors).length > 0) {
		const body = { ...invalid(errors), success: false };
		return errorReply(call.headers, request.loginUrl, { status: 422, body });
	}
	const campaign = state.campaignOf(account, id);
	if (!campaign) return { status: 404, body: { message: 'Campaign not found', success: false } };
	campaign.status = raw.action === 'start' ? 'in-progress' : 'stopped';
	campaign.updatedAt = state.now();
	if (state.autoCall) state.dialer.callAllSoon(campaign);
	return {
		status: 200,
		body: {
			message: `Campaign ${raw.action === 'start' ? 'started' : 'stopped'} successfully.`,
			success: true,
			data: { campaign_id: campaign.id, status: campaign.status },
		},
		effect: true,
	};
}
