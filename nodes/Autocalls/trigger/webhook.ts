import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import {
	isObject,
	asNumber,
	getOwn,
	asText,
	toRawOutput,
	toDataObject,
	type JsonObject,
} from '../../shared/values/json';
import type { WebhookSource } from '../../shared/trigger/receiveWebhook';
import { secretsEqual } from '../../shared/trigger/webhookSignature';
import { simplifyLead } from '../lead/lead';
import { parametersOf } from './parameters';
import { AutocallsTriggerState } from './state';

/** The values that an assistant extracted from a call: texts, numbers and booleans. */
function answersIn(extracted: unknown): IDataObject {
	const plain = Object.entries(isObject(extracted) ? extracted : {}).filter(([, value]) =>
		['string', 'number', 'boolean'].includes(typeof value),
	);
	return toDataObject(Object.fromEntries(plain));
}

/** A call that ended (Autocalls API page, Post-call webhook); only calls of campaigns have a lead. */
function toOutput(call: JsonObject, simplify: boolean): IDataObject {
	const about = { event: 'call.ended', callId: asText(call.id) ?? null };
	if (!simplify) return { ...about, ...toRawOutput(call) };
	const extracted = call.extracted_variables;
	const evaluation = getOwn(extracted, 'status');
	return {
		...about,
		...simplifyLead(isObject(call.lead) ? call.lead : {}),
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
		assistantPhoneNumber: asText(call.assistant_phone) ?? null,
		calledAt: asText(call.created_at) ?? null,
		finishedAt: asText(call.finished_at) ?? null,
	};
}

/** The post-call webhook, for `receiveWebhook`. Autocalls does not sign: our own token is in the address. */
export function webhookOf(context: IWebhookFunctions): WebhookSource<AutocallsTriggerState> {
	const { simplify } = parametersOf(context);
	return {
		StateClass: AutocallsTriggerState,
		verify: ({ query }, { data }) => secretsEqual(getOwn(query, 'token'), data.token),
		parseEvent(body) {
			const id = asText(getOwn(body, 'id'));
			if (!isObject(body) || id === undefined) return undefined;
			const status = asText(body.status) ?? '';
			return { id: `call ${id} ${status}`, toOutput: () => toOutput(body, simplify) };
		},
	};
}
