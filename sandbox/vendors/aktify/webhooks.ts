import {
	isLoopback,
	type Attempt,
	type WebhookSender,
	type Delivery,
} from '../../webhooks/deliveries';
import { sendForgery, type ForgeryKind } from '../../webhooks/forgeries';
import { aktifyAccounts } from './accounts';
import { customHeaders, fillTemplate, type CustomPayload } from './customPayload';
import { hasEvent, payloadOf } from './events';
import type { AktifyEvent, AktifyEventType, PayloadVersion } from './events';
import { signAktify, type SignatureVersion } from './signature';

/** What a user enters in the Aktify Portal, under Settings, Webhooks. */
export interface WebhookConfig {
	/** https, or http on loopback; the sandbox sends to the latter only. */
	url: string;
	/** Of this webhook; the Portal wants 16 characters or more. */
	clientSecret: string;
	/** Version of the payload. */
	version: PayloadVersion;
	signature: SignatureVersion;
	events: AktifyEventType[];
	/** Version 2 only. */
	custom?: CustomPayload;
}

/** A webhook of the Portal. */
export interface AktifyWebhook extends WebhookConfig {
	/** A campaign, or `account` for all of them. */
	scope: string;
	/** Broken after five failed attempts: nothing is sent until the webhook is configured again. */
	status: 'active' | 'broken';
}

interface Sending {
	event: AktifyEvent;
	webhook: AktifyWebhook;
	delivery: Delivery;
}

const MINUTE_MS = 60_000;
/**
 * Pauses between the five attempts, which are documented. ASSUMED (the delays between attempts): 10
 * s, 1, 5 and 15 minutes. Confirmed by a receiver that answers 500.
 */
const RETRY_DELAYS_MS = [10_000, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS];

/** Events stored for sending again; a load test would fill the memory with all of them. */
const MAX_EVENTS = 20_000;

/** The shortest client secret that the Portal accepts (Aktify docs, Setting Up a Webhook). */
const MIN_SECRET_LENGTH = 16;

function assertValid(scope: string, config: WebhookConfig): void {
	const { url, clientSecret, version, events, custom } = config;
	if (clientSecret.length < MIN_SECRET_LENGTH) {
		throw new Error(`The secret has fewer than ${MIN_SECRET_LENGTH} characters.`);
	}
	const isCampaign = Object.values(aktifyAccounts).some(({ campaign }) => campaign === scope);
	if (!isCampaign && scope !== 'account') throw new Error(`There is no campaign ${scope}.`);
	const isHttps = URL.canParse(url) && new URL(url).protocol === 'https:';
	if (!isHttps && !isLoopback(url)) throw new Error('The URL must be https.');
	const unknown = events.find((type) => !hasEvent(version, type));
	if (unknown) throw new Error(`Webhooks ${version} have no event ${unknown}.`);
	if (custom && version === 'v1') throw new Error('Custom payloads are for version 2.');
}

/** The custom payload of an event, if the user configured one for it. */
function customOf({ type }: AktifyEvent, { custom }: AktifyWebhook): CustomPayload | undefined {
	return custom?.events === undefined || custom.events.includes(type) ? custom : undefined;
}

function bodyOf(event: AktifyEvent, webhook: AktifyWebhook): string {
	const payload = payloadOf(event, webhook.version);
	const template = customOf(event, webhook)?.template ?? '';
	return template === '' ? JSON.stringify(payload) : fillTemplate(template, payload);
}

function headersOf(
	event: AktifyEvent,
	webhook: AktifyWebhook,
	body: string,
	nowMs: number,
): Record<string, string> {
	const custom = customOf(event, webhook);
	if (!custom) return signAktify(webhook.clientSecret, body, nowMs, webhook.signature);
	return customHeaders(custom);
}

/** The webhooks of the sandbox's Aktify, and the Portal that configures them: there is no API. */
export class AktifyWebhooks {
	readonly all: AktifyWebhook[] = [];
	readonly events: AktifyEvent[] = [];
	private readonly sendings: Sending[] = [];
	private eventCount = 0;

	constructor(private readonly deliveries: WebhookSender) {}

	/**
	 * Creates a webhook, or updates the one of this scope and URL; a broken one becomes active.
	 * @throws an Error for an unknown campaign or event, for a URL that is neither https nor
	 * loopback, and for a custom payload of version 1
	 */
	configureWebhook(scope: string, config: WebhookConfig): AktifyWebhook {
		assertValid(scope, config);
		const known = this.all.find((webhook) => webhook.scope === scope && webhook.url === config.url);
		const settings = { custom: undefined, ...config, scope, status: 'active' as const };
		if (known) return Object.assign(known, settings);
		this.all.push(settings);
		return settings;
	}

	/** Removes a webhook from the Portal. */
	removeWebhook(webhook: AktifyWebhook): void {
		const index = this.all.indexOf(webhook);
		if (index >= 0) this.all.splice(index, 1);
	}

	/** Stores an event and sends it to its webhooks after `afterMs`. */
	emit(details: Omit<AktifyEvent, 'id' | 'at'>, afterMs = 0): AktifyEvent {
		this.eventCount += 1;
		const event = { ...details, id: `event-${this.eventCount}`, at: Date.now() };
		this.events.push(event);
		if (this.events.length > MAX_EVENTS) this.events.shift();
		for (const webhook of this.webhooksFor(event)) this.send(event, webhook, afterMs);
		return event;
	}

	/**
	 * Sends an event again, genuine or forged, to all its webhooks, and returns the attempts.
	 * @throws an Error for an unknown event, for one without a webhook, and for a forged signature of
	 * a custom payload, which has none
	 */
	async forge(kind: ForgeryKind, eventId: string): Promise<Attempt[]> {
		const event = this.events.find(({ id }) => id === eventId);
		const webhooks = event ? this.webhooksFor(event) : [];
		if (!event || webhooks.length === 0) throw new Error(`No webhook receives ${eventId}.`);
		const attempts: Attempt[] = [];
		for (const webhook of webhooks) {
			const isUnsigned = kind === 'redelivery' || kind === 'replay';
			if (customOf(event, webhook) && !isUnsigned)
				throw new Error('A custom payload has no signature.');
			const sent = this.sendings.find(
				(sending) => sending.event === event && sending.webhook === webhook,
			);
			const original = {
				url: webhook.url,
				body: bodyOf(event, webhook),
				sign: (body: string, nowMs: number) => headersOf(event, webhook, body, nowMs),
				signWrongly: (body: string, nowMs: number) => {
					const wrong = { ...webhook, clientSecret: `not ${webhook.clientSecret}` };
					return headersOf(event, wrong, body, nowMs);
				},
				attempts: sent?.delivery.attempts ?? [],
			};
			attempts.push(await sendForgery(this.deliveries, kind, original));
		}
		return attempts;
	}

	/** Deletes all webhooks and events. */
	reset(): void {
		this.all.length = 0;
		this.events.length = 0;
		this.sendings.length = 0;
		this.eventCount = 0;
	}

	/**
	 * ASSUMED (which webhooks receive a DNC): all, since it applies to all campaigns. Confirmed by the
	 * webhooks of two campaigns after one do-not-contact.
	 */
	private webhooksFor({ type, campaign }: AktifyEvent): AktifyWebhook[] {
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
			headers: (body, nowMs) => headersOf(event, webhook, body, nowMs),
			retryAfterMs: (failures) => {
				if (webhook.status === 'broken' || !this.all.includes(webhook)) return undefined;
				// ASSUMED (which failed attempts break a webhook): five of one event, not of several in a
				// row. Confirmed by a receiver that rejects every other event.
				if (failures > RETRY_DELAYS_MS.length) webhook.status = 'broken';
				return RETRY_DELAYS_MS[failures - 1];
			},
		});
		this.sendings.push({ event, webhook, delivery });
	}
}
