import type { IDataObject } from 'n8n-workflow';
import { seededRandom } from '../../../sandbox/lib/random';
import type { TriggerContext } from '../../../nodes/shared/trigger/TriggerState';

/**
 * How n8n stores what a poll changes. `memory`: it keeps the static data in memory, and stores them with an execution.
 * `scheduler`: it reads them anew for each poll, and drops them if there are no items. `cursors`: it keeps a copy of
 * its own, stored also without items, except after the first poll of an activation.
 */
export type PollingMode = 'memory' | 'scheduler' | 'cursors';
export const pollingModes: readonly PollingMode[] = ['memory', 'scheduler', 'cursors'];

/** One poll of the node. @returns the events that it outputs, or null */
type PollNode = (context: TriggerContext) => Promise<string[] | null>;

let workflows = 0;

/** An n8n of one or more processes that polls one node. What a process remembers it remembers by the node's ID. */
export class PollingN8n {
	/** The events that started the workflow. */
	readonly output: string[] = [];
	private readonly workflow = `polled-${workflows++}`;
	private stored = '{}';
	private cursor: string | undefined;
	/** The static data in the memory of the one process of mode `memory`. */
	private standing: IDataObject = {};
	private starts = 0;

	constructor(
		readonly mode: PollingMode,
		private readonly node: PollNode,
	) {}

	/** True once a process that starts finds where the trigger was. */
	get isStored(): boolean {
		return this.mode === 'cursors' ? this.cursor !== undefined : this.stored !== '{}';
	}

	private context(staticData: IDataObject, process: number): TriggerContext {
		return {
			getMode: () => 'trigger',
			getNode: () => ({
				id: `node ${this.starts} ${process}`,
				name: 'Trigger',
				type: 'test',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			}),
			getWorkflow: () => ({ id: this.workflow }),
			getWorkflowStaticData: () => staticData,
		};
	}

	/** The workflow is published, or n8n starts: the first poll is part of that. */
	async activate(): Promise<void> {
		const staticData: IDataObject = JSON.parse(this.cursor ?? this.stored);
		this.standing = staticData;
		const events = await this.node(this.context(staticData, 0));
		if (events !== null) this.output.push(...events);
		if (this.mode !== 'cursors') this.stored = JSON.stringify(staticData);
		else if (events !== null) this.cursor = JSON.stringify(staticData);
	}

	/** All processes end, and what was only in their memory is gone. */
	async restart(): Promise<void> {
		this.starts++;
		// A job of the durable scheduler is still there: it goes on without a first poll.
		if (this.mode === 'memory') await this.activate();
	}

	/** A poll at the Poll Times. @param isDropped n8n abandons it, or its process has lost the lease */
	async poll({ process = 0, isDropped = false } = {}): Promise<void> {
		if (this.mode === 'memory') {
			const events = await this.node(this.context(this.standing, 0));
			// n8n drops the result of a poll only if the workflow was published again meanwhile.
			if (isDropped) return await this.activate();
			if (events === null) return;
			this.output.push(...events);
			this.stored = JSON.stringify(this.standing);
			return;
		}
		const staticData: IDataObject = JSON.parse(this.cursor ?? this.stored);
		const events = await this.node(this.context(staticData, process));
		if (isDropped) return;
		if (events !== null) this.output.push(...events);
		if (this.mode === 'cursors') this.cursor = JSON.stringify(staticData);
		else if (events !== null) this.stored = JSON.stringify(staticData);
	}
}

/** Polls of a published trigger, with all that can go wrong, and what happens at the vendor in between. */
export async function pollThroughTroubles(
	n8n: PollingN8n,
	seed: number,
	polls: number,
	happens: (random: () => number) => void,
): Promise<void> {
	const random = seededRandom(seed);
	const isQuiet = random() < 0.3;
	for (let count = 0; count < polls; count++) {
		if (!isQuiet || random() < 0.05) happens(random);
		const isSafe = !n8n.isStored;
		const process = isSafe || random() < 0.8 ? 0 : 1;
		await n8n.poll({ process, isDropped: random() < 0.1 });
		if (!isSafe && random() < 0.03) await n8n.restart();
	}
}
