import { sleep } from 'n8n-workflow';
import { bodyOf, eventIds, useCloseTrigger } from '../../support/triggers/close';
import type { ActiveTrigger } from '../../support/triggers/ActiveTrigger';

const { scene, close, activate, emitted, quiet, requests, signed, underWay } = useCloseTrigger();

/** Delivers a body again while the answer asks for it. @returns the answer after that */
async function again(trigger: ActiveTrigger, body: string): Promise<number> {
	for (;;) {
		const answer = await signed(trigger, body);
		if (answer !== 503) return answer;
		await sleep(20);
	}
}

/** An event that no webhook brings: the trigger has found it in the log, and asks for its lead. @returns its ID */
async function foundInLog(active: ActiveTrigger): Promise<string> {
	const leadId = close().seedLeads(1)[0]?.id ?? '';
	const path = `/lead/${leadId}/`;
	close().webhooks.hold();
	const { id } = emitted({ action: 'created', leadId });
	scene.world.faults.add({ vendor: 'close', path, kind: 'stallAfter', ms: 500, nth: 1 });
	void active.tick();
	while (requests('GET', /^\/lead\//).length === 0) await sleep(5);
	return id;
}

describe('Close Trigger: interruptions lose no event', () => {
	it('an event pending when n8n dies starts the workflow after the restart', async () => {
		const active = await activate();
		const slow = await underWay(active, 'slow');
		expect(await signed(active, bodyOf('quick'))).toBe(200);
		const storedAtDeath = active.stored;
		active.outOfOrder = true;
		expect(await slow.answer).toBe(500);
		active.outOfOrder = false;
		active.stored = storedAtDeath;
		await active.restart();
		expect(await signed(active, slow.body)).toBe(200);
		expect(eventIds(active)).toEqual(['quick', 'slow']);
	});

	it('an event whose sender disconnected, and that n8n failed to start, starts with the next delivery', async () => {
		const active = await activate();
		const senders = new AbortController();
		const slow = await underWay(active, 'slow', senders.signal);
		senders.abort();
		expect(await slow.answer).toBeUndefined();
		active.outOfOrder = true;
		expect(await again(active, slow.body)).toBe(500);
		active.outOfOrder = false;
		expect(await signed(active, slow.body)).toBe(200);
		expect(eventIds(active)).toEqual(['slow']);
	});

	it('an event whose sender disconnected before n8n started it starts once', async () => {
		const active = await activate();
		const senders = new AbortController();
		const slow = await underWay(active, 'slow', senders.signal);
		senders.abort();
		expect(await slow.answer).toBeUndefined();
		expect(await again(active, slow.body)).toBe(200);
		expect(eventIds(active)).toEqual(['slow']);
	});

	it('an event found in the log when n8n dies starts the workflow after the restart', async () => {
		const active = await activate();
		const id = await foundInLog(active);
		expect(await signed(active, bodyOf('quick'))).toBe(200);
		const storedAtDeath = active.stored;
		expect(eventIds(active)).toEqual(['quick']);
		await quiet();
		active.executions.length = 0;
		active.stored = storedAtDeath;
		await active.restart();
		expect(eventIds(active)).toEqual([id]);
	});

	it('an event that arrives by webhook while the log is read starts once', async () => {
		const active = await activate();
		const id = await foundInLog(active);
		await close().webhooks.release();
		await quiet();
		expect(eventIds(active)).toEqual([id]);
	});
});
