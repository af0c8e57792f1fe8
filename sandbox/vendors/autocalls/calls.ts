import { callsLeads, maxRetries, type AutocallsCampaign } from './accounts';
import { reportCall } from './postCall';
import type { AutocallsLead, AutocallsState, LeadStatus } from './state';

/** How a call may end (Autocalls docs, call statuses). */
export const callOutcomes = [
	'completed',
	'ended_by_customer',
	'ended_by_assistant',
	'busy',
	'no-answer',
	'failed',
] as const;

export type CallOutcome = (typeof callOutcomes)[number];

/** What becomes of a call that the sandbox makes. */
export interface CallWish {
	/** `completed` unless told. */
	outcome?: CallOutcome;
	/** 125 unless told; 0 when nobody was reached. */
	durationSeconds?: number;
	/** What the assistant made of it, besides `status` and `summary`. */
	extracted?: Record<string, unknown>;
}

export interface AutocallsCall {
	id: number;
	assistantId: number;
	/** Undefined for a call that came in. */
	leadId?: number;
	/** In E.164; null for a caller without a number. */
	customerPhone: string | null;
	inputVariables: Record<string, unknown>;
	status: CallOutcome | 'in-progress';
	durationSeconds: number;
	extracted: Record<string, unknown>;
	/** On the vendor's clock, as is `finishedAt`. */
	createdAt: number;
	finishedAt: number;
}

const reached = new Set<CallOutcome>(['completed', 'ended_by_customer', 'ended_by_assistant']);
const callable = new Set<LeadStatus>(['created', 'scheduled', 'rescheduled']);

type NewCall = Pick<AutocallsCall, 'assistantId' | 'leadId' | 'customerPhone' | 'inputVariables'>;

/** Takes a call down that begins now. */
export function addCall(state: AutocallsState, begun: NewCall): AutocallsCall {
	const id = state.calls.size + 1;
	const now = state.now();
	const call: AutocallsCall = {
		...begun,
		id,
		status: 'in-progress',
		durationSeconds: 0,
		extracted: {},
		createdAt: now,
		finishedAt: now,
	};
	state.calls.set(id, call);
	return call;
}

/** Starts to call a lead; throws when its campaign does not call. */
export function beginCall(state: AutocallsState, lead: AutocallsLead): AutocallsCall {
	const campaign = state.campaigns.get(lead.campaignId);
	if (!campaign || !callsLeads(campaign)) {
		throw new Error(`Campaign ${lead.campaignId} of Autocalls does not call its leads.`);
	}
	state.setStatus(lead.id, 'processing');
	return addCall(state, {
		assistantId: campaign.assistantId,
		leadId: lead.id,
		customerPhone: lead.phoneNumber,
		inputVariables: { ...lead.variables },
	});
}

/**
 * Ends a call: its lead's status follows and the call is reported. ASSUMED: whoever was reached is
 * `completed`, and max_retries counts the calls after the first; a campaign with one retry would tell.
 */
export function finishCall(state: AutocallsState, call: AutocallsCall, wish: CallWish): void {
	const outcome = wish.outcome ?? 'completed';
	const isReached = reached.has(outcome);
	const durationSeconds = wish.durationSeconds ?? (isReached ? 125 : 0);
	const finishedAt = state.now();
	Object.assign(call, {
		status: outcome,
		durationSeconds,
		extracted: {
			status: outcome === 'completed',
			summary: isReached ? 'Wants to hear more about the offer' : 'Nobody was reached',
			...wish.extracted,
		},
		createdAt: finishedAt - durationSeconds * 1000,
		finishedAt,
	});
	const lead = call.leadId === undefined ? undefined : state.leads.get(call.leadId);
	if (lead && isReached) state.setStatus(lead.id, 'completed');
	else if (lead) {
		lead.callsInVain += 1;
		const isLast = lead.callsInVain > maxRetries;
		state.setStatus(lead.id, isLast ? 'reached-max-retries' : 'rescheduled');
	}
	reportCall(state, call);
}

/** The main leads of a campaign that wait for a call. */
export function waitingLeads(state: AutocallsState, campaignId: number): AutocallsLead[] {
	return [...state.leads.values()].filter(
		(lead) =>
			lead.campaignId === campaignId && lead.mainId === undefined && callable.has(lead.status),
	);
}

/** Calls a lead a moment later, if its campaign calls and it still waits then. */
export function callSoon(state: AutocallsState, { id }: AutocallsLead): void {
	state.later(() => {
		const lead = state.leads.get(id);
		const campaign = lead && state.campaigns.get(lead.campaignId);
		if (!lead || !campaign || !callsLeads(campaign) || !callable.has(lead.status)) return;
		const call = beginCall(state, lead);
		state.later(() => finishCall(state, call, {}));
	});
}

/** Calls everybody who waits in a campaign a moment later. */
export function callAllSoon(state: AutocallsState, campaign: AutocallsCampaign): void {
	for (const lead of waitingLeads(state, campaign.id)) callSoon(state, lead);
}
