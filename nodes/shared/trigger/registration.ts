import { DescribedError } from '../errors/DescribedError';
import { toNodeError } from '../errors/toNodeError';
import { LruMap } from '../values/LruMap';
import { sleep } from '../values/sleep';
import { activating } from './activationError';
import {
	nodeKey,
	registrationState,
	type RegistrationContext,
	type TriggerContext,
	type TriggerState,
	type TriggerStateClass,
} from './TriggerState';

/** Less than the 84 s after which n8n 2.41 gives up activating a workflow. */
const MAX_WAIT_MS = 60_000;

/** Lets one piece of work run after the other, in the order in which they came. */
class Turns {
	private last: Promise<void> = Promise.resolve();
	private open = 0;

	get isBusy(): boolean {
		return this.open > 0;
	}

	/** @throws DescribedError if the work before does not end in time */
	async run<Result>(work: () => Promise<Result>): Promise<Result> {
		const before = this.last;
		let end = () => {};
		const ended = new Promise<void>((resolve) => {
			end = resolve;
		});
		this.last = before.then(async () => await ended);
		this.open++;
		try {
			await waitFor(before);
			return await work();
		} finally {
			this.open--;
			end();
		}
	}
}

async function waitFor(before: Promise<void>): Promise<void> {
	const timer = new AbortController();
	const timeUp = sleep(MAX_WAIT_MS, timer.signal).then(() => {
		throw new DescribedError(
			'An earlier attempt to register this trigger, or to remove it, still waits for an answer',
			'Wait a few minutes',
		);
	});
	try {
		await Promise.race([before, timeUp]);
	} finally {
		timer.abort();
	}
}

/** By node: what registers at the vendor now. */
const turns = new Map<string, Turns>();
/**
 * By node: `wanted` from `checkExists` on, `complete` when n8n answers at an address that the vendor has, `removed` from
 * `delete` on.
 */
const stages = new LruMap<string, 'wanted' | 'complete' | 'removed'>(10_000);

/** A test run in the editor registers by itself. */
const stageKey = (context: TriggerContext, { isTest }: TriggerState) =>
	`${nodeKey(context)}${isTest ? '|test' : ''}`;

/**
 * Whether a node is registered at the vendor: `underWay` while that may change, `unknown` if this process had no part in it,
 * as before n8n 2.41 when a main process takes over.
 */
export function registrationOf(
	context: TriggerContext,
): 'complete' | 'underWay' | 'missing' | 'unknown' {
	const key = nodeKey(context);
	if (turns.get(key)?.isBusy === true) return 'underWay';
	const stage = stages.get(key);
	if (stage === undefined) return 'unknown';
	return stage === 'complete' ? 'complete' : 'missing';
}

async function inTurn<State extends TriggerState, Result>(
	context: RegistrationContext,
	StateClass: TriggerStateClass<State>,
	work: (state: State) => Promise<Result>,
): Promise<Result> {
	const key = nodeKey(context);
	const own = turns.get(key) ?? new Turns();
	turns.set(key, own);
	try {
		return await own.run(async () => {
			try {
				return await work(registrationState(context, StateClass));
			} finally {
				// Opened again: n8n stores static data only if an entry was set since it last stored them.
				registrationState(context, StateClass);
			}
		});
	} finally {
		if (!own.isBusy) turns.delete(key);
	}
}

/*
 * n8n 2.41 runs the hooks next to `poll()` and `trigger()`, tries them again, and may abandon one that still runs: whatever registers
 * one node comes one after the other.
 */

/** The work of the hook `checkExists`. @param find true if the node is registered. @throws NodeOperationError that says what to do */
export async function findRegistration<State extends TriggerState>(
	context: RegistrationContext,
	StateClass: TriggerStateClass<State>,
	find: (state: State) => Promise<boolean>,
): Promise<boolean> {
	const findOnce = async (state: State): Promise<boolean> => {
		const key = stageKey(context, state);
		stages.set(key, 'wanted');
		const exists = await find(state);
		if (exists) stages.set(key, 'complete');
		return exists;
	};
	return await activating(context, async () => await inTurn(context, StateClass, findOnce));
}

/** The work of the hook `create`. @throws NodeOperationError that says what to do */
export async function createRegistration<State extends TriggerState>(
	context: RegistrationContext,
	StateClass: TriggerStateClass<State>,
	create: (state: State) => Promise<void>,
): Promise<boolean> {
	const createOnce = async (state: State): Promise<boolean> => {
		const key = stageKey(context, state);
		// After `checkExists`, n8n also goes on with an attempt that it has abandoned.
		if ((stages.get(key) ?? 'removed') === 'removed') {
			throw new DescribedError('The workflow was unpublished before the trigger was registered');
		}
		stages.set(key, 'wanted');
		await create(state);
		stages.set(key, 'complete');
		return true;
	};
	return await activating(context, async () => await inTurn(context, StateClass, createOnce));
}

/** The work of the hook `delete`. @throws NodeOperationError; n8n then calls the hook again */
export async function removeRegistration<State extends TriggerState>(
	context: RegistrationContext,
	StateClass: TriggerStateClass<State>,
	remove: (state: State) => Promise<void>,
): Promise<boolean> {
	const removeOnce = async (state: State): Promise<boolean> => {
		stages.set(stageKey(context, state), 'removed');
		await remove(state);
		return true;
	};
	try {
		return await inTurn(context, StateClass, removeOnce);
	} catch (error) {
		throw toNodeError(context, error);
	}
}

/**
 * Checks and repairs a registration while the workflow is published. Not called before it is complete and after it failed or was removed,
 * when n8n answers 404 at the address. @returns undefined if it was not called
 */
export async function checkRegistration<State extends TriggerState, Result>(
	context: RegistrationContext,
	StateClass: TriggerStateClass<State>,
	check: (state: State) => Promise<Result>,
): Promise<Result | undefined> {
	if (registrationOf(context) !== 'complete') return undefined;
	return await inTurn(context, StateClass, check);
}
