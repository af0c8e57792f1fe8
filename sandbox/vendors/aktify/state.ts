import type { StoredParts } from '../../lib/storedParts';
import type { WebhookSender } from '../../webhooks/deliveries';
import type { AktifyEvent, AktifyEventType } from './events';
import { toE164 } from './phone';
import { AktifyStore, type AktifyLead } from './store';
import { AktifyWebhooks } from './webhooks';

/** The sandbox's Aktify: its data, what happens to it, and its webhooks. */
export class AktifyState extends AktifyStore {
	readonly webhooks: AktifyWebhooks;

	constructor(deliveries: WebhookSender) {
		super();
		this.webhooks = new AktifyWebhooks(deliveries);
	}

	/** The lead with this number, in any spelling. */
	find(campaign: string, phone: string): AktifyLead | undefined {
		return this.leads.get(`${campaign}|${toE164(phone) ?? phone}`);
	}

	/** Accepts a lead; returns false when the campaign already has its number. */
	accept(campaign: string, phone: string, sent: Record<string, unknown>): boolean {
		const key = `${campaign}|${phone}`;
		const known = this.leads.get(key);
		if (known) {
			known.conflicts += 1;
			return false;
		}
		const lead = { campaign, phone, sent, receivedAt: Date.now(), arrivals: 1, conflicts: 0 };
		// Ended before it is posted, it stays ended (Aktify API page, end-contact: such a number counts
		// as success, and the lead is contacted only if it writes first).
		const endedAt = this.ended.get(key);
		this.leads.set(key, endedAt === undefined ? lead : { ...lead, endedAt });
		// A landline is reported instead of the lead's creation (Aktify docs, Lead Lifecycle Events).
		const isLandline = this.landlines.has(phone);
		const type = isLandline ? 'lead.landline_detected' : 'campaign.lead_created';
		this.webhooks.emit({ type, campaign, phone, lead: sent, more: {} }, this.processingMs);
		return true;
	}

	/** Ends contact with a number, posted or not; returns false when the call is set to fail. */
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
	 * Lets an event happen to a number, in any spelling and with or without a lead. Returns it with
	 * the events that follow from it; `more` is merged into their data. An opt-out also causes a
	 * do-not-contact of the whole company (Aktify docs, Lead Lifecycle Events).
	 * @throws an Error for a text that is not a phone number
	 */
	play(
		campaign: string,
		phone: string,
		type: AktifyEventType,
		more: Record<string, unknown> = {},
	): AktifyEvent[] {
		const number = toE164(phone);
		if (number === undefined) throw new Error(`${phone} is not a phone number.`);
		const lead = this.find(campaign, number)?.sent ?? {};
		const events = [this.webhooks.emit({ type, campaign, phone: number, lead, more })];
		if (type === 'lead.carrier_optout_received' && !this.dncs.has(number)) {
			events.push(...this.play(campaign, number, 'dnc.created'));
		}
		if (type === 'dnc.created' && !this.dncs.has(number)) this.dncs.set(number, Date.now());
		return events;
	}

	/** Makes a number fail in the next `times` end-contact calls that contain it. */
	failEndContact(phone: string, times = 1): void {
		const number = toE164(phone);
		if (number === undefined) throw new Error(`${phone} is not a phone number.`);
		this.failing.set(number, times);
	}

	/** What a snapshot contains. */
	stored(): StoredParts {
		const { leads, ended, dncs, landlines, ignoredFields, regionByZip, failing, webhooks } = this;
		return {
			settings: this,
			leads,
			ended,
			dncs,
			landlines,
			ignoredFields,
			regionByZip,
			failing,
			webhooks: webhooks.all,
		};
	}

	override reset(): void {
		super.reset();
		this.webhooks.reset();
	}
}
