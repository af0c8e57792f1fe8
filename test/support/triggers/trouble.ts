import type { ActiveTrigger, Network } from './ActiveTrigger';
import { refusal } from './ActiveTrigger';

/** What happens to requests of a trigger: refused, or carried out and then answered as refused, or n8n is killed at one. */
export type Trouble = { what: 'refused' | 'carriedOut' | 'killedBefore' | 'killedAfter' } & {
	/** From which request on, from 1. */
	at: number;
	/** How many requests; n8n can only be killed at one. */
	count: number;
};

const untroubled: Network = async (send) => await send();

/** Lets a trigger do something in trouble. @returns how many requests it made, whether it met the trouble, and whether n8n was killed */
export async function inTrouble<Result>(
	active: ActiveTrigger,
	{ what, at, count }: Trouble,
	act: () => Promise<Result>,
): Promise<{ requests: number; result: Result | undefined; met: boolean; killed: boolean }> {
	let requests = 0;
	let onKilled: () => void = () => {};
	const killed = new Promise<'killed'>((resolve) => {
		onKilled = () => resolve('killed');
	});
	active.network = async (send) => {
		requests++;
		if (requests < at || requests >= at + count) return await send();
		if (what === 'carriedOut' || what === 'killedAfter') await send();
		if (what === 'killedBefore' || what === 'killedAfter') {
			active.newProcess();
			onKilled();
		}
		return refusal();
	};
	const acting = act();
	const result = await Promise.race([acting, killed]);
	active.network = untroubled;
	// What goes on in the process that was killed reaches nobody.
	await acting.catch(() => {});
	const met = requests >= at;
	return result === 'killed'
		? { requests, result: undefined, met, killed: true }
		: { requests, result, met, killed: false };
}

/**
 * Publishes, or starts n8n, in trouble; then again without, as a user or n8n does.
 * @param expectNothingChanged checks that what is still active after a failure changes nothing
 */
export async function publishInTrouble(
	active: ActiveTrigger,
	trouble: Trouble,
	expectNothingChanged: (active: ActiveTrigger) => Promise<void> = async () => {},
): Promise<{ met: boolean; killed: boolean }> {
	const publish = async () => await active.publish();
	const { met, killed, result = [] } = await inTrouble(active, trouble, publish);
	if (killed || result.length > 0) {
		await expectNothingChanged(active);
		expect(await active.publish()).toEqual([]);
	}
	return { met, killed };
}

/** Each trouble at each request of what a trigger does, until there is no such request. @param act does it from the start, and checks the end */
export async function atEachRequest(
	act: (trouble: Trouble) => Promise<{ met: boolean }>,
	counts: readonly number[] = [1, 3, 100],
): Promise<number> {
	let scenarios = 0;
	for (const what of ['refused', 'carriedOut', 'killedBefore', 'killedAfter'] as const) {
		for (const count of what.startsWith('killed') ? [1] : counts) {
			for (let at = 1; ; at++) {
				if (!(await act({ what, at, count })).met) break;
				scenarios++;
			}
		}
	}
	return scenarios;
}
