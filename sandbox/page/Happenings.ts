/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the sandbox is a server, not a node */
import { setTimeout as wait } from 'node:timers/promises';
import { InvalidInput } from '../admin/input';
import type { SandboxState } from '../server/SandboxState';
import type { Delivery } from '../webhooks/deliveries';
import type { Done } from './vendorPage';

/** What a button did, with the webhooks that it caused. */
export interface Happening {
	id: number;
	at: number;
	/** One sentence. */
	what: string;
	/** Why nothing was sent; undefined when something was, or when nothing needs to be sent. */
	whySilent: string | undefined;
	/** True for an action that was refused; `what` is then the reason. */
	isRefused: boolean;
	/** Their attempts go on after the page is shown. */
	deliveries: Delivery[];
}

const MAX_HAPPENINGS = 50;
const MAX_WAIT_MS = 3000;
const CHECK_INTERVAL_MS = 15;

const isOpen = ({ attempts, state }: Delivery) => state === 'pending' && attempts.length === 0;

/** What the buttons of the page did, newest first. */
export class Happenings {
	readonly newest: Happening[] = [];
	private count = 0;

	constructor(private readonly state: SandboxState) {}

	/** Runs an action, and waits a moment for the first answers to its webhooks. */
	async run(act: () => Done): Promise<Happening> {
		const before = this.state.deliveries.log.length;
		const done = this.attempt(act);
		const deliveries = this.state.deliveries.log.slice(before);
		this.count += 1;
		const happening: Happening = {
			id: this.count,
			at: Date.now(),
			what: done.what,
			whySilent: deliveries.length > 0 ? undefined : done.ifSilent,
			isRefused: done.isRefused,
			deliveries,
		};
		this.newest.unshift(happening);
		this.newest.length = Math.min(this.newest.length, MAX_HAPPENINGS);
		const deadline = Date.now() + MAX_WAIT_MS;
		while (deliveries.some(isOpen) && Date.now() < deadline) await wait(CHECK_INTERVAL_MS);
		return happening;
	}

	/** The happening with this ID, as the address of a page has it. */
	find(id: string | undefined): Happening | undefined {
		return this.newest.find((happening) => String(happening.id) === id);
	}

	private attempt(act: () => Done): Done & { isRefused: boolean } {
		try {
			return { ...act(), isRefused: false };
		} catch (error) {
			// eslint-disable-next-line @n8n/community-nodes/require-node-api-error -- a server, not a node
			if (!(error instanceof InvalidInput)) throw error;
			return { what: error.message, isRefused: true };
		}
	}
}
