import { DescribedError } from '../errors/DescribedError';
import { toNodeError } from '../errors/toNodeError';
import { sleep } from '../values/sleep';
import { activating } from './activationError';
import {
	nodeKey,
	registrationState,
	type RegistrationContext,
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
/** The nodes that this process has registered, so that n8n answers at their address. */
const registered = new Set<string>();

/** Whether a node of this process is registered at the vendor; `underWay` while that may change. */
export function registrationOf(context: RegistrationContext): 'complete' | 'underWay' | 'missing' {
	const key = nodeKey(context);
	if (turns.get(key)?.isBusy === true) return 'underWay';
	return registered.has(key) ? 'complete' : 'missing';
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

/**
 * The work of the hooks `checkExists` and `create`. n8n 2.41 runs them next to `poll()` and `trigger()`, tries them again, and may
 * abandon one that still runs: the registrations of one node come one after the other. @param work true when the node is registered
 * @throws NodeOperationError whose message says what to do
 */
export async function register<State extends TriggerState>(
	context: RegistrationContext,
	StateClass: TriggerStateClass<State>,
	work: (state: State) => Promise<boolean>,
): Promise<boolean> {
	return await activating(
		context,
		async () =>
			await inTurn(context, StateClass, async (state) => {
				const key = nodeKey(context);
				if (!state.isTest) registered.delete(key);
				const isRegistered = await work(state);
				if (isRegistered && !state.isTest) registered.add(key);
				return isRegistered;
			}),
	);
}

/** The work of the hook `delete`. @throws NodeOperationError; n8n then calls the hook again */
export async function deregister<State extends TriggerState>(
	context: RegistrationContext,
	StateClass: TriggerStateClass<State>,
	work: (state: State) => Promise<void>,
): Promise<boolean> {
	try {
		await inTurn(context, StateClass, async (state) => {
			if (!state.isTest) registered.delete(nodeKey(context));
			await work(state);
		});
		return true;
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
