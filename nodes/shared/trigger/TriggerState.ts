import type { IDataObject, INode } from 'n8n-workflow';
import { isObject, numberOf, own } from '../values/json';
import { SeenEvents } from './SeenEvents';

/** Contexts in which a trigger of ours runs. */
export interface TriggerContext {
	getMode(): string;
	getNode(): INode;
	getWorkflow(): { id?: string };
	getWorkflowStaticData(type: 'node'): IDataObject;
}

/** So many events are known while the process lives. */
export const mostSeen = 20_000;
/** So many events are kept over a restart: each costs 11 bytes with every webhook. */
export const mostSeenStored = 2_000;
const storedUnder = 'leadDispatch';
/** The fact that says of which n8n the facts are. */
const keptBy = 'instanceId';

/**
 * What a trigger has to remember: what it registered at the vendor, and the events it has seen.
 *
 * n8n loads a workflow's static data anew for every webhook and stores it after each, so that of two
 * webhooks at the same time the later to end would store a state without the other's event, and one
 * that began before an activation would store the secret from before it. Therefore one process has
 * one state of a node, and every copy of the static data holds something that turns into this
 * state's JSON only when n8n stores it.
 */
export class TriggerState {
	readonly seen: SeenEvents;
	private facts: IDataObject = {};
	private changedAt = 0;

	/**
	 * @param isTest whether it is of a test run in the editor, whose registrations are its own
	 * @param onKeep called when facts were kept
	 */
	constructor(
		private readonly isTest: boolean,
		private readonly onKeep?: (state: TriggerState) => void,
	) {
		this.seen = new SeenEvents(mostSeen, '', mostSeenStored);
	}

	/** A fact that was kept; undefined when there is none. */
	fact(name: string): unknown {
		return own(this.facts, name);
	}

	/** Keeps facts besides those that are there; undefined removes one. */
	keep(facts: IDataObject): void {
		this.facts = { ...this.facts, ...facts };
		this.changedAt = Date.now();
		this.onKeep?.(this);
	}

	/**
	 * Facts are of the n8n that kept them. One that got the workflow with its static data from another
	 * n8n drops them, or it would take that one's registrations for its own.
	 */
	belongTo(instanceId: string): void {
		const owner = this.fact(keptBy);
		if (owner === instanceId) return;
		if (owner !== undefined) this.facts = {};
		this.keep({ [keptBy]: instanceId });
	}

	/** Takes in what is stored: events that another process saw, and its facts if they are newer. */
	adopt(stored: unknown): void {
		this.seen.adopt(own(stored, 'seen'));
		const changedAt = numberOf(own(stored, 'changedAt')) ?? 0;
		const facts = own(stored, 'facts');
		if ((own(stored, 'isTest') === true) !== this.isTest) return;
		if (changedAt <= this.changedAt || !isObject(facts)) return;
		this.facts = JSON.parse(JSON.stringify(facts));
		this.changedAt = changedAt;
	}

	toJSON(): IDataObject {
		const { isTest, facts, changedAt } = this;
		return { seen: this.seen.toJSON(), facts, changedAt, isTest };
	}
}

const states = new Map<string, TriggerState>();
const mostStates = 500;

/**
 * What is put into the static data. n8n wraps all that it finds there in proxies, which a class would
 * not survive: it finds nothing here.
 */
function holderOf(state: TriggerState): IDataObject {
	return Object.defineProperty({}, 'toJSON', { value: () => state.toJSON() });
}

/** Of a test run n8n keeps a deep copy of the static data, in which a holder would be an empty object. */
function testState(staticData: IDataObject, stored: unknown): TriggerState {
	const state = new TriggerState(true, (kept) => {
		staticData[storedUnder] = kept.toJSON();
	});
	state.adopt(stored);
	staticData[storedUnder] = state.toJSON();
	return state;
}

/**
 * The state of the trigger that runs. A test run in the editor has one of its own, made from what is
 * stored, so that it leaves the active workflow's alone. Its end is not told by the mode: n8n takes
 * back what a test run registered in the same mode as what an active workflow did.
 */
export function stateOf(context: TriggerContext): TriggerState {
	const staticData = context.getWorkflowStaticData('node');
	const stored: unknown = JSON.parse(JSON.stringify(staticData[storedUnder] ?? null));
	if (context.getMode() === 'manual' || own(stored, 'isTest') === true) {
		return testState(staticData, stored);
	}
	const key = `${context.getWorkflow().id ?? ''}|${context.getNode().id}`;
	const state = states.get(key) ?? new TriggerState(false);
	state.adopt(stored);
	staticData[storedUnder] = holderOf(state);
	keepInMemory(key, state);
	return state;
}

/** The state of a trigger that registers at the vendor, or takes that back, in this n8n. */
export function registrationOf(
	context: TriggerContext & { getInstanceId(): string },
): TriggerState {
	const state = stateOf(context);
	state.belongTo(context.getInstanceId());
	return state;
}

/** Last in the map is last used: the first is the one to let go. */
function keepInMemory(key: string, state: TriggerState): void {
	states.delete(key);
	states.set(key, state);
	for (const [oldest] of states) {
		if (states.size <= mostStates) break;
		states.delete(oldest);
	}
}
