import type { IDataObject } from 'n8n-workflow';
import {
	isObject,
	asNumber,
	asObjects,
	getOwn,
	asText,
	asTexts,
	type JsonObject,
} from '../../shared/values/json';

/** Keys of a v1 or v4 result that have their own field in the simplified lead. */
const FIXED_KEYS = new Set([
	'lead_id',
	'phone_number',
	'contact_number',
	'contact_name',
	'created_at',
	'campaign_id',
	'campaign_name',
	'country_code',
	'state_code',
	'call_attempt_keys',
	'last_call_attempt_keys',
	'total_cost',
	'processed_at',
	'outcome_name',
	'outcome_id',
	'latest_called_at',
	'latest_recording_url',
	'lead_outcome',
	'lead_responses',
]);
const OUTREACH_KEY = /^(call_attempt|last_call_attempt|gmail|ivr|sms)_/;

/** An epoch in milliseconds (v1) or an ISO date (v4) as an ISO date. */
function moment(value: unknown): string | null {
	const epochMs = asNumber(value);
	const date = new Date(epochMs ?? asText(value) ?? NaN);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** E.164 with plus: v1 writes the country code without one (SquadVoice US API page, Response Formats). */
function phoneOf(value: unknown): string | null {
	const text = asText(value);
	return text !== undefined && /^[1-9]\d{10,14}$/.test(text) ? `+${text}` : (text ?? null);
}

/** A call attempt; `report_keys_order` lists the dynamic keys of its answers (SquadVoice US API page, Response Formats). */
function simplifyAttempt(attempt: JsonObject): IDataObject {
	const answers = asTexts(attempt.report_keys_order).map((key): [string, IDataObject[string]] => [
		key,
		asText(getOwn(attempt, key)) ?? null,
	]);
	return {
		callReference: asText(attempt.reference_id) ?? null,
		callOutcome: asText(attempt.outcome_name) ?? null,
		callOutcomeId: asNumber(attempt.outcome_id) ?? null,
		calledAt: moment(attempt.called_at),
		durationSeconds: asNumber(attempt.call_duration) ?? null,
		answers: Object.fromEntries(answers),
	};
}

/** The attempts under the keys that `call_attempt_keys` names, oldest first. */
function attempts(result: JsonObject): IDataObject[] {
	return asTexts(result.call_attempt_keys)
		.flatMap((key) => asObjects(getOwn(result, key)))
		.sort((a, b) => (asNumber(a.called_at) ?? 0) - (asNumber(b.called_at) ?? 0))
		.map(simplifyAttempt);
}

/** The last attempt under the keys that `last_call_attempt_keys` names. */
function lastAttempt(result: JsonObject): IDataObject | null {
	const found = asTexts(result.last_call_attempt_keys)
		.map((key) => getOwn(result, key))
		.filter(isObject)
		.sort((a, b) => (asNumber(a.called_at) ?? 0) - (asNumber(b.called_at) ?? 0));
	const last = found[found.length - 1];
	return last === undefined ? null : simplifyAttempt(last);
}

function customFields(result: JsonObject): IDataObject {
	return Object.fromEntries(
		Object.entries(result)
			.filter(([key]) => !FIXED_KEYS.has(key) && !OUTREACH_KEY.test(key))
			.map(([key, value]): [string, IDataObject[string]] => [key, asText(value) ?? null]),
	);
}

/** A lead as SquadVoice lists it, under the names that all nodes of this package use. */
export function simplifyLead(result: JsonObject): IDataObject {
	const answers = isObject(result.lead_responses)
		? Object.entries(result.lead_responses).map(([key, value]): [string, IDataObject[string]] => [
				key,
				asText(value) ?? null,
			])
		: [];
	return {
		leadId: asText(result.lead_id) ?? null,
		phoneNumber: phoneOf(result.phone_number),
		contactName: asText(result.contact_name) ?? null,
		campaignId: asText(result.campaign_id) ?? null,
		state: asText(result.state_code) ?? null,
		createdAt: moment(result.created_at),
		processedAt: moment(result.processed_at),
		callOutcome: asText(result.outcome_name) ?? asText(result.lead_outcome) ?? null,
		lastAttempt: lastAttempt(result) ?? lastOfV4(result, Object.fromEntries(answers)),
		attempts: attempts(result),
		customFields: customFields(result),
	};
}

/** The last call as v4 reports it. */
function lastOfV4(result: JsonObject, answers: IDataObject): IDataObject | null {
	const calledAt = moment(result.latest_called_at);
	if (calledAt === null) return null;
	return {
		callOutcome: asText(result.lead_outcome) ?? null,
		calledAt,
		recordingUrl: asText(result.latest_recording_url) ?? null,
		answers,
	};
}
