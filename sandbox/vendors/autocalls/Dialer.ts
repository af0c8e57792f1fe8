import type { Clock } from '../../server/Clock';
import type { UnsignedSender } from '../../webhooks/unsignedSender';
import { callsLeads, MAX_RETRIES, type AutocallsCampaign } from './accounts';
import { reportCall } from './postCall';
import type {
	AutocallsCall,
	AutocallsLead,
	AutocallsStore,
	CallOutcome,
	LeadStatus,
} from './store';

/** How a call goes. */
export interface CallOptions {
	/** Default: `completed`. */
	outcome?: CallOutcome;
	/** Default: 125, or 0 for an unanswered call. */
	durationSeconds?: number;
	/** What the assistant extracted, in addition to `status` and `summary`. */
	extracted?: Record<string, unknown>;
}

const DEFAULT_DURATION_SECONDS = 125;
const REACHED = new Set<CallOutcome>(['completed', 'ended_by_customer', 'ended_by_assistant']);
const CALLABLE = new Set<LeadStatus>(['created', 'scheduled', 'rescheduled']);

type NewCall = Pick<AutocallsCall, 'assistantId' | 'leadId' | 'customerPhone' | 'inputVariables'>;

/** Calls leads, and reports the calls to the assistants' post-call webhooks. */
export class Dialer {
	constructor(
		private readonly store: AutocallsStore,
		private readonly webhooks: UnsignedSender<number>,
		private readonly clock: Clock,
	) {}

	/** Adds a call that starts now. */
	add(details: NewCall): AutocallsCall {
		const { calls } = this.store;
		const id = calls.size + 1;
		const now = this.store.now();
		const call: AutocallsCall = {
			...details,
			id,
			status: 'in-progress',
			durationSeconds: 0,
			extracted: {},
			createdAt: now,
			finishedAt: now,
		};
		calls.set(id, call);
		return call;
	}

	/**
	 * Starts to call a lead.
	 * @throws an Error when the lead's campaign does not call
	 */
	begin(lead: AutocallsLead): AutocallsCall {
		const campaign = this.store.campaigns.get(lead.campaignId);
		if (!campaign || !callsLeads(campaign)) {
			throw new Error(`Campaign ${lead.campaignId} of Autocalls does not call its leads.`);
		}
		this.store.setStatus(lead.id, 'processing');
		return this.add({
			assistantId: campaign.assistantId,
			leadId: lead.id,
			customerPhone: lead.phoneNumber,
			inputVariables: { ...lead.variables },
		});
	}

	/**
	 * Ends a call, updates its lead's status and reports the call. ASSUMED (the status of a lead
	 * after a call): a lead that was reached is `completed`, and max_retries counts the calls after
	 * the first. Confirmed by a campaign with one retry.
	 */
	finish(call: AutocallsCall, options: CallOptions): void {
		const outcome = options.outcome ?? 'completed';
		const isReached = REACHED.has(outcome);
		const durationSeconds = options.durationSeconds ?? (isReached ? DEFAULT_DURATION_SECONDS : 0);
		const finishedAt = this.store.now();
		Object.assign(call, {
			status: outcome,
			durationSeconds,
			extracted: {
				status: outcome === 'completed',
				summary: isReached ? 'Wants to hear more about the offer' : 'The call was not answered',
				...options.extracted,
			},
			createdAt: finishedAt - durationSeconds * 1000,
			finishedAt,
		});
		const lead = call.leadId === undefined ? undefined : this.store.leads.get(call.leadId);
		if (lead && isReached) this.store.setStatus(lead.id, 'completed');
		else if (lead) {
			lead.unansweredCalls += 1;
			const isLast = lead.unansweredCalls > MAX_RETRIES;
			this.store.setStatus(lead.id, isLast ? 'reached-max-retries' : 'rescheduled');
		}
		reportCall(this.store, this.webhooks, call);
	}

	/** The main leads of a campaign that wait for a call. */
	waiting(campaignId: number): AutocallsLead[] {
		return [...this.store.leads.values()].filter(
			(lead) =>
				lead.campaignId === campaignId && lead.mainId === undefined && CALLABLE.has(lead.status),
		);
	}

	/** Calls a lead after `autoCallAfterMs`, if it still waits then and its campaign calls. */
	callSoon({ id }: AutocallsLead): void {
		this.later(() => {
			const lead = this.store.leads.get(id);
			const campaign = lead && this.store.campaigns.get(lead.campaignId);
			if (!lead || !campaign || !callsLeads(campaign) || !CALLABLE.has(lead.status)) return;
			const call = this.begin(lead);
			this.later(() => this.finish(call, {}));
		});
	}

	/** Calls all waiting leads of a campaign after `autoCallAfterMs`. */
	callAllSoon(campaign: AutocallsCampaign): void {
		for (const lead of this.waiting(campaign.id)) this.callSoon(lead);
	}

	private later(act: () => void): void {
		this.clock.later(this.store.autoCallAfterMs, act);
	}
}
