import type { IDataObject } from 'n8n-workflow';
import type { Attempt, SandboxState } from '../../../sandbox';
import { isRecord } from '../../../sandbox/lib/guards';
import type { TriggerNode } from './TriggerWorkflow';

/** Requests to a webhook that are not the vendor's, and which answers are right. */
export interface Forgery {
	what: string;
	attempts: Attempt[];
	allowed: number[];
}

/** One trigger and the vendor's side of it. */
export interface TriggerFixture {
	name: string;
	node: TriggerNode;
	/** The fields of an item that are compared. */
	fields: string[];
	/** The end of the webhook's address, after n8n's part; undefined for one that polls. */
	path?: string;
	/** Sets the scene, before the workflow is activated. */
	prepare?(): void;
	/** What a person does at the vendor to have webhooks sent; not where the node does it. */
	connect?(url: string): void;
	/** @throws Error unless the vendor is registered as it has to be; gives the webhook's real address. */
	registeredAt?(url: string): string;
	/** Lets the vendor have news. */
	causeEvents(): Promise<void> | void;
	/** All items that have to have come out since the workflow was activated. */
	expected(): IDataObject[];
	/** What is not right about the items besides. @throws Error */
	check?(items: IDataObject[]): void;
	/** Sends once more what was sent, as it was and as the vendor sends it again. */
	replay?(): Promise<Attempt[]>;
	/** Sends what only looks like the vendor's. */
	forge?(): Promise<Forgery[]>;
	/** The vendor's headers for a body of ours, for webhooks that are let in but make no sense. */
	headersFor?(body: string): Record<string, string>;
	/** Whether every JSON object with the right secret is an event. */
	acceptsAnyObject?: boolean;
	/** @throws Error when something of the trigger is left at the vendor */
	checkGone?(url: string): void;
}

/** The bodies that the vendor sent to an address, each once, whatever became of them. */
export function bodiesTo(world: SandboxState, url: string): Array<Record<string, unknown>> {
	const bodies = world.deliveries.log
		.filter(({ job }) => job.url === url)
		.map(({ job }) => job.body);
	return [...new Set(bodies)].map((body) => JSON.parse(body)).filter(isRecord);
}

/** The value as an object; an empty one when it is none. */
export const part = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

/** So many of the newest events are sent once more: each costs n8n about 0.1 s. */
export const MAX_REPLAYED = 6;

let phones = 0;

/** A US number in E.164 that no lead of these tests has. */
export function newPhone(): string {
	phones += 1;
	return `+1206${5_550_000 + phones}`;
}
