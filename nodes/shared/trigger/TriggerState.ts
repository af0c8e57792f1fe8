import type { IDataObject, INode } from 'n8n-workflow';
import { isObject, asNumber, asText, getOwn } from '../values/json';
import { LruMap } from '../values/LruMap';
import { lazyJson, readJson } from './lazyStaticData';
import { SeenEvents } from './SeenEvents';

/** The contexts of n8n in which a trigger runs. */
export interface TriggerContext {
	getMode(): string;
	getNode(): INode;
	getWorkflow(): { id?: string };
	getWorkflowStaticData(type: 'node'): IDataObject;
}

/** The contexts in which n8n registers a trigger, or checks its registration. */
export type RegistrationContext = TriggerContext & {
	getInstanceId(): string;
};

/** The node, in its workflow. */
export const nodeKey = (context: TriggerContext) =>
	`${context.getWorkflow().id ?? ''}|${context.getNode().id}`;

/** Seen events in memory, for as long as the process lives. */
export const MAX_SEEN = 20_000;
/** Seen events that survive a restart: each adds 11 bytes to what n8n stores with every webhook. */
export const MAX_SEEN_STORED = 2_000;
/** The key in the node's static data. */
const STORAGE_KEY = 'leadDispatch';

/**
 * A trigger's registration (`data`, stored as `facts`) and the events it has seen. n8n loads static data for every
 * webhook and stores it afterward, so concurrent webhooks would overwrite each other: a process has one state
 * per node, and the static data holds a placeholder that becomes its JSON only when n8n stores it.
 */
export abstract class TriggerState<Data extends IDataObject = IDataObject> {
	readonly seen = new SeenEvents(MAX_SEEN, '', MAX_SEEN_STORED);
	private current: Data;
	/** The n8n whose registration `data` describes. */
	private instanceId: string | undefined;
	private changedAt = 0;

	/** @param isTest the state of a test run in the editor, which registers by itself */
	constructor(
		readonly isTest: boolean,
		private readonly onUpdate?: (state: TriggerState) => void,
	) {
		this.current = this.parse({});
	}

	/** Narrows stored data; what is missing or of another type is left out. */
	protected abstract parse(stored: IDataObject): Data;

	/** The data as it is stored; only needed where a stored key differs from its name in `Data`. */
	protected serialize(data: Data): IDataObject {
		return data;
	}

	get data(): Readonly<Data> {
		return this.current;
	}

	/** Changes some of the data; undefined removes an entry. */
	update(changes: Partial<Data>): void {
		this.current = { ...this.current, ...changes };
		this.changedAt = Date.now();
		this.onUpdate?.(this);
	}

	/** Drops data of another n8n: a copied workflow must not take over the registration of the original. */
	claimFor(instanceId: string): void {
		if (this.instanceId === instanceId) return;
		if (this.instanceId !== undefined) this.current = this.parse({});
		this.instanceId = instanceId;
		this.update({});
	}

	/** Adds the events of a stored state, and takes its data if they are newer than these. */
	merge(stored: unknown): void {
		this.seen.merge(getOwn(stored, 'seen'));
		const changedAt = asNumber(getOwn(stored, 'changedAt')) ?? 0;
		const facts = getOwn(stored, 'facts');
		if ((getOwn(stored, 'isTest') === true) !== this.isTest) return;
		if (changedAt <= this.changedAt || !isObject(facts)) return;
		const plain: IDataObject = JSON.parse(JSON.stringify(facts));
		this.current = this.parse(plain);
		this.instanceId = asText(plain.instanceId);
		this.changedAt = changedAt;
	}

	toJSON(): IDataObject {
		const { isTest, instanceId, changedAt } = this;
		const facts: IDataObject = { ...this.serialize(this.current), instanceId };
		return { seen: this.seen.toJSON(), facts, changedAt, isTest };
	}
}

/** The state of a trigger that registers nothing at the vendor: only the events it has seen. */
export class SeenEventsState extends TriggerState {
	protected override parse(): IDataObject {
		return {};
	}
}

/** The class of a trigger's state. */
export type TriggerStateClass<State extends TriggerState> = new (
	isTest: boolean,
	onUpdate?: (state: TriggerState) => void,
) => State;

/** The states of this process, by workflow and node. */
const states = new LruMap<string, TriggerState>(500);

/** n8n deep-copies the static data of a test run, which would lose a placeholder: stores JSON instead. */
function testState<State extends TriggerState>(
	StateClass: TriggerStateClass<State>,
	staticData: IDataObject,
	stored: unknown,
): State {
	const state = new StateClass(true, (updated) => {
		staticData[STORAGE_KEY] = updated.toJSON();
	});
	state.merge(stored);
	staticData[STORAGE_KEY] = state.toJSON();
	return state;
}

/** The running trigger's state. A test run has its own: `isTest` is stored, as `getMode()` does not identify its end. */
export function triggerState<State extends TriggerState>(
	context: TriggerContext,
	StateClass: TriggerStateClass<State>,
): State {
	const staticData = context.getWorkflowStaticData('node');
	const stored = readJson(staticData[STORAGE_KEY]);
	if (context.getMode() === 'manual' || getOwn(stored, 'isTest') === true) {
		return testState(StateClass, staticData, stored);
	}
	const key = nodeKey(context);
	const found = states.get(key);
	const state = found instanceof StateClass ? found : new StateClass(false);
	state.merge(stored);
	staticData[STORAGE_KEY] = lazyJson(state);
	states.set(key, state);
	return state;
}

/** The state for whatever depends on what this n8n, and no other, has registered and read at the vendor. */
export function registrationState<State extends TriggerState>(
	context: RegistrationContext,
	StateClass: TriggerStateClass<State>,
): State {
	const state = triggerState(context, StateClass);
	state.claimFor(context.getInstanceId());
	return state;
}
