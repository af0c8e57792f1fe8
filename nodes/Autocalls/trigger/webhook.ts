import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { isObject, asNumber, getOwn, asText } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { toRawOutput } from '../../shared/actions/outcome/outcome';
import type { WebhookSource } from '../../shared/trigger/receiveWebhook';
import { secretsEqual } from '../../shared/trigger/webhookSignature';
import { simplifyLead } from '../lead/lead';
import { readSimplify } from '../../shared/parameters/triggerParameters';

import { kept } from './state';

/** What an assistant took out of a call; anything that is no text, number or truth is left out. */
function answersIn(extracted: unknown): IDataObject {
	const plain = Object.entries(isObject(extracted) ? extracted : {}).filter(([, value]) =>
		['string', 'number', 'boolean'].includes(typeof value),
	);
	return JSON.parse(JSON.stringify(Object.fromEntries(plain)));
}

/**
 * A call that ended (Autocalls docs, post-call webhook) under the names that all nodes of this package
 * use. Only calls of campaigns have a lead.
 */
function toOutput(call: JsonObject, simplify: boolean): IDataObject {
	const about = { event: 'call.ended', callId: asText(call.id) ?? null };
	if (!simplify) return { ...about, ...toRawOutput(call) };
	const extracted = call.extracted_variables;
	const verdict = getOwn(extracted, 'status');
	return {
		...about,
		...simplifyLead(isObject(call.lead) ? call.lead : {}),
		phoneNumber: asText(getOwn(call.lead, 'phone_number')) ?? asText(call.customer_phone) ?? null,
		// Of an evaluation that only says yes or no, `true` would tell nobody how the call went.
		callOutcome:
			(typeof verdict === 'boolean' ? undefined : asText(verdict)) ?? asText(call.status) ?? null,
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
export function callsOf(context: IWebhookFunctions): WebhookSource {
	const simplify = readSimplify(context);
	return {
		verify: ({ query }, state) =>
			secretsEqual(getOwn(query, 'token'), asText(state.fact(kept.token))),
		parseEvent(body) {
			const id = asText(getOwn(body, 'id'));
			if (!isObject(body) || id === undefined) return undefined;
			const status = asText(body.status) ?? '';
			return { id: `call ${id} ${status}`, output: () => toOutput(body, simplify) };
		},
	};
}
