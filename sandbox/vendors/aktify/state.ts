import type { WebhookSender } from '../../webhooks/deliveries';
import type { AktifyEvent, AktifyEventType } from './events';
import { toE164 } from './phone';
import { AktifyWebhooks } from './webhooks';

export interface AktifyLead {
	campaign: string;
	/** E.164, whatever the spelling it came in. */
	phone: string;
	/** The properties as they were sent. */
	sent: Record<string, unknown>;
	receivedAt: number;
	/** Always 1: a second create is answered 409 and counted in `conflicts`. */
	arrivals: number;
	/** How often a create of this lead was answered 409. */
	conflicts: number;
	endedAt?: number;
}

/** What the sandbox's Aktify holds. */
export class AktifyState {
	/** Keyed `${campaign}|${phone in E.164}`. */
	readonly leads = new Map<string, AktifyLead>();
	/** Numbers whose contact was ended, posted or not, with when; keyed as leads are. */
	readonly ended = new Map<string, number>();
	/** Numbers that are not to be contacted by any campaign of the company, with since when. */
	readonly dncs = new Map<string, number>();
	readonly webhooks: AktifyWebhooks;
	/** Numbers (E.164) that turn out to be landlines when their lead is processed. */
	readonly landlines = new Set<string>();
	/**
	 * How long a lead is processed before webhooks tell of it. That it takes time is documented, how
	 * long is not. Divided by the speed of deliveries.
	 */
	processingMs = 0;
	private readonly failing = new Map<string, number>();

	/** `deliveries` is the way that webhooks go out. */
	constructor(deliveries: WebhookSender) {
		this.webhooks = new AktifyWebhooks(deliveries);
	}

	/** How often any create was answered 409. */
	get conflicts(): number {
		return [...this.leads.values()].reduce((sum, lead) => sum + lead.conflicts, 0);
	}

	/** The lead with this number, in any spelling. */
	find(campaign: string, phone: string): AktifyLead | undefined {
		return this.leads.get(`${campaign}|${toE164(phone) ?? phone}`);
	}

	/** Takes a lead in; false when the campaign has its number already. */
	accept(campaign: string, phone: string, sent: Record<string, unknown>): boolean {
		const key = `${campaign}|${phone}`;
		const known = this.leads.get(key);
		if (known) {
			known.conflicts += 1;
			return false;
		}
		const lead = { campaign, phone, sent, receivedAt: Date.now(), arrivals: 1, conflicts: 0 };
		// ASSUMED: ending contact before the lead is posted holds for the lead; the docs only say such
		// a number counts as success.
		const endedAt = this.ended.get(key);
		this.leads.set(key, endedAt === undefined ? lead : { ...lead, endedAt });
		// ASSUMED: a landline is told instead of the lead's creation, not besides it.
		const isLandline = this.landlines.has(phone);
		const type = isLandline ? 'lead.landline_detected' : 'campaign.lead_created';
		this.webhooks.emit({ type, campaign, phone, lead: sent, more: {} }, this.processingMs);
		return true;
	}

	/** Ends contact with a number; false when it is to fail. A number not posted yet is no failure. */
	endContact(campaign: string, phone: string): boolean {
		const failures = this.failing.get(phone) ?? 0;
		if (failures > 0) {
			this.failing.set(phone, failures - 1);
			return false;
		}
		const key = `${campaign}|${phone}`;
		const now = Date.now();
		if (!this.ended.has(key)) this.ended.set(key, now);
		const lead = this.leads.get(key);
		if (lead) lead.endedAt ??= now;
		return true;
	}

	/**
	 * Lets something happen to a number, in any spelling and with or without a lead, and gives the
	 * events that come of it; `more` is laid over their data. ASSUMED: a carrier's opt-out brings a
	 * do-not-contact along, as a STOP does. Throws when the number is none.
	 */
	play(
		campaign: string,
		phone: string,
		type: AktifyEventType,
		more: Record<string, unknown> = {},
	): AktifyEvent[] {
		const number = toE164(phone);
		if (number === undefined) throw new Error(`${phone} is no phone number.`);
		const lead = this.find(campaign, number)?.sent ?? {};
		const events = [this.webhooks.emit({ type, campaign, phone: number, lead, more })];
		if (type === 'lead.carrier_optout_received' && !this.dncs.has(number)) {
			events.push(...this.play(campaign, number, 'dnc.created'));
		}
		if (type === 'dnc.created' && !this.dncs.has(number)) this.dncs.set(number, Date.now());
		return events;
	}

	/** Puts a number among the failures of the next `times` end-contact calls it is in. */
	failEndContact(phone: string, times = 1): void {
		const number = toE164(phone);
		if (number === undefined) throw new Error(`${phone} is no phone number.`);
		this.failing.set(number, times);
	}

	/** Leads held, those that came more than once (none: 409), and those ended. */
	ledger(): { held: number; doubled: number; disabled: number } {
		const leads = [...this.leads.values()];
		return {
			held: leads.length,
			doubled: leads.filter((lead) => lead.arrivals > 1).length,
			disabled: leads.filter((lead) => lead.endedAt !== undefined).length,
		};
	}

	/** Forgets everything. */
	reset(): void {
		this.leads.clear();
		this.ended.clear();
		this.failing.clear();
		this.dncs.clear();
		this.landlines.clear();
		this.processingMs = 0;
		this.webhooks.reset();
	}
}
