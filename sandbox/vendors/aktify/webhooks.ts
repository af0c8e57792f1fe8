import {
	isLoopback,
	type Attempt,
	type WebhookSender,
	type Delivery,
} from '../../webhooks/deliveries';
import { sendForgery, type ForgeryKind } from '../../webhooks/forgeries';
import { isRecord } from '../../lib/guards';
import { aktifyAccounts } from './accounts';
import { knowsEvent, payloadOf } from './events';
import type { AktifyEvent, AktifyEventType, PayloadVersion } from './events';
import { signAktify, type SignatureVersion } from './signature';

/** What is filled in in the Aktify Portal, under Settings, Webhooks. */
export interface WebhookConfig {
	/** https, or http of this machine; the sandbox sends to the latter only. */
	url: string;
	clientSecret: string;
	/** Of the payload. */
	version: PayloadVersion;
	signature: SignatureVersion;
	events: AktifyEventType[];
	/**
	 * A payload of one's own, which goes out with these headers and without a signature; version 2
	 * only. ASSUMED: `{{data.phone}}` in the template stands for that field of the usual payload.
	 */
	custom?: { headers: Record<string, string>; template: string };
}

export interface AktifyWebhook extends WebhookConfig {
	/** A campaign, or `account` for all of them. */
	scope: string;
	/** Broken after five failed attempts: nothing more is sent until it is configured again. */
	status: 'active' | 'broken';
}

interface Sending {
	event: AktifyEvent;
	webhook: AktifyWebhook;
	delivery: Delivery;
}

const minuteMs = 60_000;
/** ASSUMED: how long the pauses between the five attempts are; that there are five is documented. */
const pausesMs = [10_000, minuteMs, 5 * minuteMs, 15 * minuteMs];

/** Events of these are kept to be sent again; a load test would fill the memory with all of them. */
const mostKept = 20_000;

function assertGood(scope: string, { url, version, events, custom }: WebhookConfig): void {
	const isCampaign = Object.values(aktifyAccounts).some(({ campaign }) => campaign === scope);
	if (!isCampaign && scope !== 'account') throw new Error(`There is no campaign ${scope}.`);
	const isSafe = URL.canParse(url) && new URL(url).protocol === 'https:';
	if (!isSafe && !isLoopback(url)) throw new Error('The URL must be https.');
	const unknown = events.find((type) => !knowsEvent(version, type));
	if (unknown) throw new Error(`Webhooks ${version} have no event ${unknown}.`);
	if (custom && version === 'v1') throw new Error('Custom payloads are for version 2.');
}

function fillIn(template: string, payload: Record<string, unknown>): string {
	return template.replace(/\{\{([\w.]+)\}\}/g, (_whole, path: string) => {
		let value: unknown = payload;
		for (const key of path.split('.')) value = isRecord(value) ? value[key] : undefined;
		return value === undefined ? '' : String(value);
	});
}

function bodyOf(event: AktifyEvent, { version, custom }: AktifyWebhook): string {
	const payload = payloadOf(event, version);
	return custom ? fillIn(custom.template, payload) : JSON.stringify(payload);
}

function sign(webhook: AktifyWebhook, body: string, nowMs: number): Record<string, string> {
	const { custom, clientSecret, signature } = webhook;
	if (!custom) return signAktify(clientSecret, body, nowMs, signature);
	const headers = Object.entries(custom.headers);
	return Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
}

/** The webhooks of the sandbox's Aktify. There is no API for them: the Portal's part is played here. */
export class AktifyWebhooks {
	readonly all: AktifyWebhook[] = [];
	readonly events: AktifyEvent[] = [];
	private readonly sendings: Sending[] = [];
	private counted = 0;

	constructor(private readonly deliveries: WebhookSender) {}

	/**
	 * Sets a webhook up, or again if this scope has one with this URL; broken ones are sent to again.
	 * Throws for an unknown campaign or event, for a URL that is not https (http of this machine is
	 * let through), and for a custom payload of version 1.
	 */
	configureWebhook(scope: string, config: WebhookConfig): AktifyWebhook {
		assertGood(scope, config);
		const known = this.all.find((one) => one.scope === scope && one.url === config.url);
		const settings = { custom: undefined, ...config, scope, status: 'active' as const };
		if (known) return Object.assign(known, settings);
		this.all.push(settings);
		return settings;
	}

	/** Takes a webhook out of the Portal. */
	removeWebhook(webhook: AktifyWebhook): void {
		const index = this.all.indexOf(webhook);
		if (index >= 0) this.all.splice(index, 1);
	}

	/** Writes an event down and sends it to whom it concerns, after `afterMs`. */
	emit(what: Omit<AktifyEvent, 'id' | 'at'>, afterMs = 0): AktifyEvent {
		this.counted += 1;
		const event = { ...what, id: `event-${this.counted}`, at: Date.now() };
		this.events.push(event);
		if (this.events.length > mostKept) this.events.shift();
		for (const webhook of this.concerned(event)) this.send(event, webhook, afterMs);
		return event;
	}

	/**
	 * Sends an event once more, truly or forged, to all whom it concerns, and gives what was answered.
	 * Throws for an unknown event, when it concerns nobody, and for a forged signature where none goes
	 * out because the payload is a custom one.
	 */
	async forge(kind: ForgeryKind, eventId: string): Promise<Attempt[]> {
		const event = this.events.find(({ id }) => id === eventId);
		const webhooks = event ? this.concerned(event) : [];
		if (!event || webhooks.length === 0) throw new Error(`Nobody is to be told of ${eventId}.`);
		const attempts: Attempt[] = [];
		for (const webhook of webhooks) {
			const isPlain = kind === 'redelivery' || kind === 'replay';
			if (webhook.custom && !isPlain) throw new Error('A custom payload has no signature.');
			const sent = this.sendings.find(
				(sending) => sending.event === event && sending.webhook === webhook,
			);
			const original = {
				url: webhook.url,
				body: bodyOf(event, webhook),
				sign: (body: string, nowMs: number) => sign(webhook, body, nowMs),
				signWrongly: (body: string, nowMs: number) =>
					sign({ ...webhook, clientSecret: `not ${webhook.clientSecret}` }, body, nowMs),
				attempts: sent?.delivery.attempts ?? [],
			};
			attempts.push(await sendForgery(this.deliveries, kind, original));
		}
		return attempts;
	}

	/** Forgets everything. */
	reset(): void {
		this.all.length = 0;
		this.events.length = 0;
		this.sendings.length = 0;
		this.counted = 0;
	}

	/** ASSUMED: every webhook is told of a do-not-contact, since it holds for all campaigns. */
	private concerned({ type, campaign }: AktifyEvent): AktifyWebhook[] {
		return this.all.filter(
			({ status, url, scope, events }) =>
				status === 'active' &&
				isLoopback(url) &&
				events.includes(type) &&
				(scope === 'account' || scope === campaign || type === 'dnc.created'),
		);
	}

	private send(event: AktifyEvent, webhook: AktifyWebhook, afterMs: number): void {
		const delivery = this.deliveries.send({
			vendor: 'aktify',
			event: event.type,
			url: webhook.url,
			body: bodyOf(event, webhook),
			afterMs,
			headers: (body, nowMs) => sign(webhook, body, nowMs),
			retryAfterMs: (failures) => {
				if (webhook.status === 'broken' || !this.all.includes(webhook)) return undefined;
				// ASSUMED: five of one event, not of several in a row.
				if (failures > pausesMs.length) webhook.status = 'broken';
				return pausesMs[failures - 1];
			},
		});
		this.sendings.push({ event, webhook, delivery });
	}
}
