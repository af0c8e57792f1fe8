import { bodyOf, eventIds, useCloseTrigger } from '../../support/triggers/close';

const { activate, signed } = useCloseTrigger();

/** The bounds of the stored state are tested without n8n: TriggerState.test.ts, Watermark.test.ts. */
const EVENT_COUNT = 400;

describe('Close Trigger: a burst of 400 webhooks from 20 senders', () => {
	it('starts once for each event, and remembers them after a restart', async () => {
		const active = await activate();
		const bodies = Array.from({ length: EVENT_COUNT }, (_, index) => bodyOf(`burst-${index}`));
		const statuses: number[] = [];
		const waiting = [...bodies];
		const sender = async () => {
			for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
				statuses.push(await signed(active, body));
			}
		};
		await Promise.all(Array.from({ length: 20 }, sender));
		await active.restart();
		for (const body of [bodies[0], bodies.at(-1)]) statuses.push(await signed(active, body ?? ''));
		expect(statuses).toEqual(Array.from({ length: EVENT_COUNT + 2 }, () => 200));
		expect(active.executions).toHaveLength(EVENT_COUNT);
		expect(new Set(eventIds(active)).size).toBe(EVENT_COUNT);
	});
});
