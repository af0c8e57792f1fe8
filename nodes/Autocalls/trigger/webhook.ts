import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { isObject, numberOf, own, textOf } from '../../shared/values/json';
import type { JsonObject } from '../../shared/values/json';
import { rawRecord } from '../../shared/actions/outcome/outcome';
import type { WebhookSource } from '../../shared/trigger/receiveWebhook';
import { sameSecret } from '../../shared/trigger/webhookSignature';
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
	const about = { event: 'call.ended', callId: textOf(call.id) ?? null };
	if (!simplify) return { ...about, ...rawRecord(call) };
	const extracted = call.extracted_variables;
	const verdict = own(extracted, 'status');
	return {
		...about,
		...simplifyLead(isObject(call.lead) ? call.lead : {}),
		phoneNumber: textOf(own(call.lead, 'phone_number')) ?? textOf(call.customer_phone) ?? null,
		// Of an evaluation that only says yes or no, `true` would tell nobody how the call went.
		callOutcome:
			(typeof verdict === 'boolean' ? undefined : textOf(verdict)) ?? textOf(call.status) ?? null,
		callStatus: textOf(call.status) ?? null,
		summary: textOf(own(extracted, 'summary')) ?? null,
		durationSeconds: numberOf(call.duration) ?? null,
		recordingUrl: textOf(call.recording_url) ?? null,
		answers: answersIn(extracted),
		assistantPhoneNumber: textOf(call.assistant_phone) ?? null,
		calledAt: textOf(call.created_at) ?? null,
		finishedAt: textOf(call.finished_at) ?? null,
	};
}

/** The post-call webhook, for `receiveWebhook`. Autocalls does not sign: our own token is in the address. */
export function callsOf(context: IWebhookFunctions): WebhookSource {
	const simplify = readSimplify(context);
	return {
		admits: ({ query }, state) => sameSecret(own(query, 'token'), textOf(state.fact(kept.token))),
		read(body) {
			const id = textOf(own(body, 'id'));
			if (!isObject(body) || id === undefined) return undefined;
			const status = textOf(body.status) ?? '';
			return { id: `call ${id} ${status}`, output: () => toOutput(body, simplify) };
		},
	};
}
