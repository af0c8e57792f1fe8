import type { IDataObject } from 'n8n-workflow';
import type { Attempt, SandboxState } from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import type { TriggerNode } from './TriggerWorkflow';

/** Requests to a webhook that are not the vendor's, and the statuses that are right for them. */
export interface InvalidRequest {
	what: string;
	attempts: Attempt[];
	allowed: number[];
}

/** One trigger node and the vendor's side of it. */
export interface TriggerFixture {
	name: string;
	node: TriggerNode;
	/** The fields of an item that are compared with the vendor's events. */
	fields: string[];
	/** The end of the webhook's address, after n8n's part; undefined for one that polls. */
	path?: string;
	/** Sets up the vendor before the workflow is published. */
	prepare?(): void;
	/** Configures the webhook at the vendor, for vendors where a person does it and not the node. */
	connect?(url: string): void;
	/** Checks the registration at the vendor and returns the webhook's full address. @throws Error */
	registeredAt?(url: string): string;
	/** Causes events at the vendor. */
	causeEvents(): Promise<void> | void;
	/** All items that the trigger should have output since the workflow was published. */
	expected(): IDataObject[];
	/** Further checks of the items. @throws Error */
	check?(items: IDataObject[]): void;
	/** Sends the latest events again: as exact replays, and as the vendor's redeliveries. */
	replay?(): Promise<Attempt[]>;
	/** Sends forgeries: requests that only look like the vendor's. */
	forge?(): Promise<InvalidRequest[]>;
	/** The vendor's headers for any body, for malformed requests with a valid signature. */
	headersFor?(body: string): Record<string, string>;
	/** Whether any JSON object with the right secret is an event. */
	acceptsAnyObject?: boolean;
	/** @throws Error when the trigger left something at the vendor */
	checkGone?(url: string): void;
}

/** The bodies that the vendor sent to an address, each once, delivered or not. */
export function bodiesTo(world: SandboxState, url: string): Array<Record<string, unknown>> {
	const bodies = world.deliveries.log
		.filter(({ job }) => job.url === url)
		.map(({ job }) => job.body);
	return [...new Set(bodies)].map((body) => JSON.parse(body)).filter(isRecord);
}

/** The value as an object; an empty one when it is something else. */
export const part = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

/** The number of latest events to replay: each costs n8n (2.41) about 0.1 s. */
export const MAX_REPLAYED = 6;

let phones = 0;

/** A new US number in E.164 on each call. */
export function newPhone(): string {
	phones += 1;
	return `+1206${5_550_000 + phones}`;
}
