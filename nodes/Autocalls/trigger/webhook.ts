import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import {
	isObject,
	asNumber,
	asObjects,
	getOwn,
	asText,
	toRawOutput,
	toDataObject,
	type JsonObject,
} from '../../shared/values/json';
import type { WebhookSource } from '../../shared/trigger/receiveWebhook';
import { secretsEqual } from '../../shared/trigger/webhookSignature';
import { simplifyLead, simplifyVariables } from '../lead/lead';
import { parametersOf } from './parameters';
import { AutocallsTriggerState } from './state';

/** The values that an assistant extracted from a call: texts, numbers and booleans. */
function answersIn(extracted: unknown): IDataObject {
	const plain = Object.entries(isObject(extracted) ? extracted : {}).filter(([, value]) =>
		['string', 'number', 'boolean'].includes(typeof value),
	);
	return toDataObject(Object.fromEntries(plain));
}

/** The lead of a call, with its campaign: inside the lead, or beside it (Famulor API page, Post-call webhook). */
function leadOf({ lead, campaign }: JsonObject): JsonObject {
	const inside = isObject(lead) ? lead : {};
	const isKnown = asText(getOwn(inside.campaign, 'id')) !== undefined;
	return isKnown ? inside : { ...inside, campaign: campaign ?? inside.campaign };
}

const SPEAKERS = new Map<unknown, string>([
	['bot', 'AI'],
	['user', 'Customer'],
]);

/** The transcript as text: Autocalls sends it as text, as lines, or as both. */
function transcriptOf({ formatted_transcript: formatted, transcript }: JsonObject): string | null {
	const lines = asObjects(transcript).flatMap(({ sender, text }) => {
		const speaker = SPEAKERS.get(sender) ?? asText(sender);
		const line = [speaker, asText(text)].filter(Boolean).join(': ');
		return line === '' ? [] : line;
	});
	return asText(formatted) ?? asText(transcript) ?? (lines.join('\n') || null);
}

/** A call that ended (Autocalls API page, Post-call webhook); only calls of campaigns have a lead. */
function toOutput(call: JsonObject, simplify: boolean): IDataObject {
	const about = { event: 'call.ended', callId: asText(call.id) ?? null };
	if (!simplify) return { ...about, ...toRawOutput(call) };
	const extracted = call.extracted_variables;
	const evaluation = getOwn(extracted, 'status');
	return {
		...about,
		...simplifyLead(leadOf(call)),
		phoneNumber: asText(getOwn(call.lead, 'phone_number')) ?? asText(call.customer_phone) ?? null,
		// A boolean evaluation does not say how the call went; the status does.
		callOutcome:
			(typeof evaluation === 'boolean' ? undefined : asText(evaluation)) ??
			asText(call.status) ??
			null,
		callStatus: asText(call.status) ?? null,
		summary: asText(getOwn(extracted, 'summary')) ?? null,
		durationSeconds: asNumber(call.duration) ?? null,
		recordingUrl: asText(call.recording_url) ?? null,
		answers: answersIn(extracted),
		inputVariables: simplifyVariables(call.input_variables),
		transcript: transcriptOf(call),
		assistantPhoneNumber: asText(call.assistant_phone) ?? null,
		calledAt: asText(call.created_at) ?? null,
		finishedAt: asText(call.finished_at) ?? null,
	};
}

/** Fields that only a call has. */
const CALL_FIELDS = ['customer_phone', 'duration', 'extracted_variables', 'lead', 'transcript'];

/** What identifies a call: its ID and status; without an ID, all of its body. Undefined for something else. */
function callIdentity(body: JsonObject): string | undefined {
	const id = asText(body.id);
	if (id !== undefined) return `call ${id} ${asText(body.status) ?? ''}`;
	const isCall = CALL_FIELDS.some((name) => Object.hasOwn(body, name));
	return isCall ? `call without an ID ${JSON.stringify(body)}` : undefined;
}

/** The post-call webhook, for `receiveWebhook`. Autocalls does not sign: our own token is in the address. */
export function webhookOf(context: IWebhookFunctions): WebhookSource<AutocallsTriggerState> {
	const { simplify } = parametersOf(context);
	return {
		StateClass: AutocallsTriggerState,
		verify: ({ query }, { data }) => secretsEqual(getOwn(query, 'token'), data.token),
		parseEvent(body) {
			const id = isObject(body) ? callIdentity(body) : undefined;
			if (!isObject(body) || id === undefined) return undefined;
			return { id, toOutput: () => toOutput(body, simplify) };
		},
	};
}
