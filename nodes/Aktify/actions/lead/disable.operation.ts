import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/actions/router';
import { optionsField, phoneNumberField } from '../../../shared/descriptions/commonFields';
import { getOwn, asTexts } from '../../../shared/values/json';
import { readLeadPhone } from '../../../shared/parameters/leadParameters';
import type { LeadPhone } from '../../../shared/parameters/leadParameters';
import type { Outcome } from '../../../shared/actions/outcome/outcome';
import { readPhone } from '../../../shared/values/phone/readPhone';
import { showFor } from '../../../shared/transport/vendor';
import { aktify, phoneRules } from '../../transport/vendor';

export const fields: INodeProperties[] = showFor(
	'lead',
	['disable'],
	[
		{ ...phoneNumberField, description: 'The number that Aktify is to stop contacting' },
		optionsField([
			'defaultCountry',
			'giveUpAfter',
			'leadsPerRequest',
			'phoneCheck',
			'phoneFormat',
			'previewOnly',
			'requestsAtOnce',
			'requestsPerMinute',
			'timeout',
		]),
	],
);

/** A number in the spelling by which the reply and the item can be compared. */
function comparable(phone: string): string {
	const result = readPhone(phone, {
		validation: 'e164Shape',
		defaultCountry: phoneRules.country,
		format: 'e164',
	});
	return result.ok ? result.phone : phone;
}

/**
 * End Contact: `POST /api/v1/leads/end-contact` with up to 50 different numbers (Aktify docs). One
 * badly formed number refuses the list; 201 tells success and failure a number, in E.164 whatever
 * was sent, and a number in `failure` may be sent again. Ending contact twice changes nothing.
 */
export const execute = defineOperation(aktify, {
	safety: 'idempotent',

	parseItem: (item) => readLeadPhone(item, phoneRules),

	maxBatchSize: () => 50,
	dedupeKeys: ({ phone, e164 }) => e164 ?? phone,

	async sendBatch(vendor, leads) {
		const { body } = await vendor.request({
			method: 'POST',
			path: ['api', 'v1', 'leads', 'end-contact'],
			safety: 'idempotent',
			body: { phoneNumberList: leads.map(({ phone }) => phone) },
			rateLimitGroup: 'end-contact',
		});
		const succeeded = new Set(asTexts(getOwn(body, 'success')).map(comparable));
		const failed = new Set(asTexts(getOwn(body, 'failure')).map(comparable));
		return leads.map((lead) => outcomeOf(lead, succeeded, failed));
	},
});

function outcomeOf(lead: LeadPhone, succeeded: Set<string>, failed: Set<string>): Outcome {
	const number = lead.e164 ?? comparable(lead.phone);
	if (succeeded.has(number)) return { kind: 'disabled', data: { phoneNumber: lead.phone } };
	if (failed.has(number)) {
		return {
			kind: 'refused',
			message: 'Aktify could not end contact with this number',
			description: 'Aktify says that trying again may help: run this item again in a while',
			retryable: true,
		};
	}
	return {
		kind: 'unknown',
		message: "Outcome unknown: Aktify's reply does not name this number",
		description: 'Send the item again: ending contact twice is harmless',
	};
}
