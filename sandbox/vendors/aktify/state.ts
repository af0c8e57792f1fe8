import { toE164 } from './phone';

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
	private readonly failing = new Map<string, number>();

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
	}
}
