import { signClose } from '../../../sandbox';
import { bodyOf, eventIds, useCloseTrigger } from '../../support/triggers/close';
import { post } from '../../support/triggers/ActiveTrigger';

const { activate, subscriptionOf } = useCloseTrigger();

const eventCount = 10_000;

describe('Close Trigger in a burst of 10,000 events', () => {
	it('starts 10,000 times, and its stored state stays small', async () => {
		const active = await activate();
		const { url, signatureKey } = subscriptionOf(active);
		const statuses = new Map<number, number>();
		const sizes: number[] = [];
		const send = async (id: string) => {
			const body = bodyOf(id);
			const status = await post(url, body, signClose(signatureKey, body, Date.now()));
			statuses.set(status, (statuses.get(status) ?? 0) + 1);
		};
		const waiting = Array.from({ length: eventCount }, (_, index) => `burst-${index}`);
		const sender = async () => {
			for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
				await send(id);
				if (waiting.length === eventCount / 2) sizes.push(active.stored.length);
			}
		};
		await Promise.all(Array.from({ length: 20 }, sender));
		sizes.push(active.stored.length);

		expect([...statuses]).toEqual([[200, eventCount]]);
		expect(active.executions).toHaveLength(eventCount);
		expect(new Set(eventIds(active)).size).toBe(eventCount);
		expect(Math.max(...sizes)).toBeLessThan(30_000);

		// The first of them is known as long as the process lives, the last over a restart.
		await send('burst-0');
		await active.restart();
		await send(`burst-${eventCount - 1}`);
		expect([...statuses]).toEqual([[200, eventCount + 2]]);
		expect(active.executions).toHaveLength(eventCount);
	}, 300_000);
});
