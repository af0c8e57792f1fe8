import type { IDataObject, INode } from 'n8n-workflow';
import { isObject, asNumber, getOwn } from '../values/json';
import { SeenEvents } from './SeenEvents';

/** Contexts in which a trigger of ours runs. */
export interface TriggerContext {
	getMode(): string;
	getNode(): INode;
	getWorkflow(): { id?: string };
	getWorkflowStaticData(type: 'node'): IDataObject;
}

/** So many events are known while the process lives. */
export const MAX_SEEN = 20_000;
/** So many events are kept over a restart: each costs 11 bytes with every webhook. */
export const MAX_SEEN_STORED = 2_000;
const STORAGE_KEY = 'leadDispatch';
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
		this.seen = new SeenEvents(MAX_SEEN, '', MAX_SEEN_STORED);
	}

	/** A fact that was kept; undefined when there is none. */
	fact(name: string): unknown {
		return getOwn(this.facts, name);
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
	claimFor(instanceId: string): void {
		const owner = this.fact(keptBy);
		if (owner === instanceId) return;
		if (owner !== undefined) this.facts = {};
		this.keep({ [keptBy]: instanceId });
	}

	/** Takes in what is stored: events that another process saw, and its facts if they are newer. */
	merge(stored: unknown): void {
		this.seen.merge(getOwn(stored, 'seen'));
		const changedAt = asNumber(getOwn(stored, 'changedAt')) ?? 0;
		const facts = getOwn(stored, 'facts');
		if ((getOwn(stored, 'isTest') === true) !== this.isTest) return;
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
const MAX_STATES = 500;

/**
 * What is put into the static data. n8n wraps all that it finds there in proxies, which a class would
 * not survive: it finds nothing here.
 */
function lazyJson(state: TriggerState): IDataObject {
	return Object.defineProperty({}, 'toJSON', { value: () => state.toJSON() });
}

/** Of a test run n8n keeps a deep copy of the static data, in which a holder would be an empty object. */
function testState(staticData: IDataObject, stored: unknown): TriggerState {
	const state = new TriggerState(true, (kept) => {
		staticData[STORAGE_KEY] = kept.toJSON();
	});
	state.merge(stored);
	staticData[STORAGE_KEY] = state.toJSON();
	return state;
}

/**
 * The state of the trigger that runs. A test run in the editor has one of its own, made from what is
 * stored, so that it leaves the active workflow's alone. Its end is not told by the mode: n8n takes
 * back what a test run registered in the same mode as what an active workflow did.
 */
export function triggerState(context: TriggerContext): TriggerState {
	const staticData = context.getWorkflowStaticData('node');
	const stored: unknown = JSON.parse(JSON.stringify(staticData[STORAGE_KEY] ?? null));
	if (context.getMode() === 'manual' || getOwn(stored, 'isTest') === true) {
		return testState(staticData, stored);
	}
	const key = `${context.getWorkflow().id ?? ''}|${context.getNode().id}`;
	const state = states.get(key) ?? new TriggerState(false);
	state.merge(stored);
	staticData[STORAGE_KEY] = lazyJson(state);
	keepInMemory(key, state);
	return state;
}

/** The state of a trigger that registers at the vendor, or takes that back, in this n8n. */
export function registrationState(
	context: TriggerContext & { getInstanceId(): string },
): TriggerState {
	const state = triggerState(context);
	state.claimFor(context.getInstanceId());
	return state;
}

/** Last in the map is last used: the first is the one to let go. */
function keepInMemory(key: string, state: TriggerState): void {
	states.delete(key);
	states.set(key, state);
	for (const [oldest] of states) {
		if (states.size <= MAX_STATES) break;
		states.delete(oldest);
	}
}
