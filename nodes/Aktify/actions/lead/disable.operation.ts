import { phoneKey } from '../../../shared/actions/dedupeKey';
import { defineOperation } from '../../../shared/actions/router';
import { phoneNumberField } from '../../../shared/descriptions/commonFields';
import { showFor } from '../../../shared/descriptions/displayOptions';
import {
	BATCH_WRITE_OPTIONS,
	PHONE_OPTIONS,
	optionsField,
} from '../../../shared/descriptions/options';
import { getOwn, asTexts } from '../../../shared/values/json';
import { numberOf, readLeadPhone, type LeadPhone } from '../../../shared/parameters/leadParameters';
import type { Outcome } from '../../../shared/actions/outcome/outcome';
import { hasList } from '../../../shared/transport/responseValidators';
import { comparable } from '../../lead/numbers';
import { aktify, phoneRules } from '../../transport/vendor';

/** In one request (Aktify API reference). */
const MAX_NUMBERS = 50;

export const description = showFor(
	'lead',
	['disable'],
	[
		{ ...phoneNumberField, description: 'The number Aktify should stop contacting' },
		optionsField([...BATCH_WRITE_OPTIONS, ...PHONE_OPTIONS, 'phoneFormat'], [], {
			leadsPerRequest: MAX_NUMBERS,
		}),
	],
);

export const toolDescription =
	'Writes: Aktify stops contacting one phone number in this campaign, unless that person writes first; use it for opt-outs. The outcome is "disabled", also for a number that Aktify never had. Harmless to repeat.';

/**
 * `POST /api/v1/leads/end-contact` with a list of numbers (Aktify API reference). One malformed number rejects the batch.
 * A 201 lists each number, in E.164, under `success` or `failure`; failed ones may be sent again. Repeats change nothing.
 */
export const operation = defineOperation(aktify, {
	safety: 'idempotent',
	parseItem: (item) => readLeadPhone(item, phoneRules),
	maxBatchSize: () => MAX_NUMBERS,
	dedupeKeys: (lead) => [phoneKey(lead)],
	async sendBatch(client, leads) {
		const { body } = await client.request({
			method: 'POST',
			path: ['api', 'v1', 'leads', 'end-contact'],
			safety: 'idempotent',
			body: { phoneNumberList: leads.map(({ phone }) => phone) },
			validateBody: hasList('success'),
			rateLimitGroup: 'end-contact',
		});
		const succeeded = new Set(asTexts(getOwn(body, 'success')).map(comparable));
		const failed = new Set(asTexts(getOwn(body, 'failure')).map(comparable));
		return leads.map((lead) => outcomeOf(lead, succeeded, failed));
	},
});

function outcomeOf(lead: LeadPhone, succeeded: Set<string>, failed: Set<string>): Outcome {
	const number = lead.e164 ?? comparable(lead.phone);
	if (succeeded.has(number)) return { kind: 'disabled', data: { phoneNumber: numberOf(lead) } };
	if (failed.has(number)) {
		return {
			kind: 'refused',
			message: 'Aktify could not end contact with this number',
			description: 'Aktify says that a retry may help: run this item again later',
			retryable: true,
		};
	}
	return {
		kind: 'unknown',
		message: "Outcome unknown: Aktify's reply does not list this number",
		description: 'Send the item again: ending contact twice is harmless',
	};
}
