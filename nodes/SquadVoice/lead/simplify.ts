import type { IDataObject } from 'n8n-workflow';
import { parseInstant } from '../../shared/values/dates';
import {
	isObject,
	asNumber,
	asObjects,
	getOwn,
	asText,
	asTexts,
	type JsonObject,
} from '../../shared/values/json';

/** Keys of the vendor in a result of both versions (SquadVoice US API page and v4 docs, Get Leads). */
const COMMON_KEYS = [
	'lead_id',
	'phone_number',
	'contact_name',
	'created_at',
	'campaign_id',
	'state_code',
	'processed_at',
];
const V1_KEYS = new Set([
	...COMMON_KEYS,
	'contact_number',
	'campaign_name',
	'country_code',
	'call_attempt_keys',
	'last_call_attempt_keys',
	'total_cost',
	'outcome_name',
	'outcome_id',
]);
const V4_KEYS = new Set([
	...COMMON_KEYS,
	'latest_called_at',
	'latest_recording_url',
	'lead_outcome',
	'lead_responses',
]);

/** The name of an object or a list that v1 adds for its calls and messages; a plain value is a custom field. */
const OUTREACH_KEY = /^(call_attempt|last_call_attempt|gmail|ivr|sms)_/;

/** Every lead of v1 has the lists of its call attempts, called or not. */
const isOfV1 = (result: JsonObject) =>
	['call_attempt_keys', 'last_call_attempt_keys'].some((key) => Object.hasOwn(result, key));

/** An epoch in milliseconds (v1), or an ISO date (v4), which is UTC where it has no zone, as an ISO date. */
function moment(value: unknown): string | null {
	const epochMs = asNumber(value);
	if (epochMs !== undefined) return isoOf(epochMs);
	const instant = parseInstant(asText(value), 'UTC');
	return instant.ok ? isoOf(instant.epochMs) : null;
}

function isoOf(epochMs: number): string | null {
	const date = new Date(epochMs);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** E.164 with plus: v1 writes the country code without one (SquadVoice US API page, Response Formats). */
function phoneOf(value: unknown): string | null {
	const text = asText(value);
	return text !== undefined && /^[1-9]\d{10,14}$/.test(text) ? `+${text}` : (text ?? null);
}

/** A call attempt; `report_keys_order` lists the dynamic keys of its answers (SquadVoice US API page, Response Formats). */
function simplifyAttempt(attempt: JsonObject): IDataObject {
	const answers = asTexts(attempt.report_keys_order).map((key): [string, unknown] => [
		key,
		getOwn(attempt, key),
	]);
	return {
		callReference: asText(attempt.reference_id) ?? null,
		callOutcome: asText(attempt.outcome_name) ?? null,
		callOutcomeId: asNumber(attempt.outcome_id) ?? null,
		calledAt: moment(attempt.called_at),
		durationSeconds: asNumber(attempt.call_duration) ?? null,
		answers: plainFields(answers),
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
	const vendorKeys = isOfV1(result) ? V1_KEYS : V4_KEYS;
	return plainFields(
		Object.entries(result).filter(
			([key, value]) =>
				!vendorKeys.has(key) && !(OUTREACH_KEY.test(key) && typeof value === 'object'),
		),
	);
}

function plainFields(entries: Array<[string, unknown]>): IDataObject {
	return Object.fromEntries(entries.map(([key, value]) => [key, asText(value) ?? null]));
}

/** A lead as SquadVoice lists it, under the names that all nodes of this package use. */
export function simplifyLead(result: JsonObject): IDataObject {
	const isV1 = isOfV1(result);
	return {
		leadId: asText(result.lead_id) ?? null,
		phoneNumber: phoneOf(result.phone_number),
		contactName: asText(result.contact_name) ?? null,
		campaignId: asText(result.campaign_id) ?? null,
		state: asText(result.state_code) ?? null,
		createdAt: moment(result.created_at),
		processedAt: moment(result.processed_at),
		callOutcome: asText((!isV1 && result.lead_outcome) || result.outcome_name) ?? null,
		lastAttempt: isV1 ? lastAttempt(result) : lastOfV4(result),
		attempts: attempts(result),
		customFields: customFields(result),
	};
}

/** The last call as v4 reports it. A lead that was never connected may have no time of a call. */
function lastOfV4(result: JsonObject): IDataObject | null {
	const calledAt = moment(result.latest_called_at);
	const recordingUrl = asText(result.latest_recording_url) ?? null;
	const answers = isObject(result.lead_responses) ? Object.entries(result.lead_responses) : [];
	if (calledAt === null && recordingUrl === null && answers.length === 0) return null;
	return {
		callOutcome: asText(result.lead_outcome) ?? null,
		calledAt,
		recordingUrl,
		answers: plainFields(answers),
	};
}
