import { sleep } from 'n8n-workflow';
import { signClose } from '../../../sandbox';
import { bodyOf, eventIds, storedOf, useCloseTrigger } from '../../support/triggers/close';
import type { ActiveTrigger } from '../../support/triggers/ActiveTrigger';
import { post } from '../../support/triggers/ActiveTrigger';

const { scene, close, activate, emitted, settled, signed, subscriptionOf, underWay } =
	useCloseTrigger();

const contacts = { contacts: [] };
const once = async (trigger: ActiveTrigger, id: string) => await signed(trigger, bodyOf(id));

describe('Close Trigger: each event starts the workflow once', () => {
	it('an event that is redelivered and replayed, also after a restart', async () => {
		const active = await activate();
		const { id } = emitted({ action: 'created', leadId: 'lead_1', data: contacts });
		await settled();
		const answers = [
			...(await close().webhooks.forge('redelivery', id)),
			...(await close().webhooks.forge('replay', id)),
		];
		await active.restart();
		answers.push(...(await close().webhooks.forge('redelivery', id)));
		answers.push(...(await close().webhooks.forge('replay', id)));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
		expect(eventIds(active)).toEqual([id]);
	});

	it('an event that arrives twenty times at the same time', async () => {
		const active = await activate();
		const answers = await Promise.all(
			Array.from({ length: 20 }, async () => await once(active, 'same')),
		);
		expect(answers).toEqual(Array.from({ length: 20 }, () => 200));
		expect(active.executions).toHaveLength(1);
	});

	it('an event that arrives again while its lead is being read', async () => {
		const active = await activate();
		const first = await underWay(active, 'slow');
		// Nobody knows yet whether the first will start it: so Close is to deliver it once more.
		expect(await once(active, 'slow')).toBe(503);
		expect(await first.answer).toBe(200);
		expect(await once(active, 'slow')).toBe(200);
		expect(eventIds(active)).toEqual(['slow']);
	});

	it('accepts events in any order', async () => {
		const active = await activate();
		close().webhooks.hold();
		const ids = [1, 2, 3].map(
			(number) => emitted({ action: 'created', leadId: `lead_${number}`, data: contacts }).id,
		);
		await close().webhooks.release('reversed');
		expect(eventIds(active)).toEqual(ids.reverse());
	});
});

describe('Close Trigger: when n8n cannot create the execution', () => {
	it('the delivery fails, and the next one starts the workflow', async () => {
		const active = await activate();
		scene.world.deliveries.speed = 50;
		active.outOfOrder = true;
		const { id } = emitted({ action: 'created', leadId: 'lead_1', data: contacts });
		const attempts = () => scene.world.deliveries.log.flatMap((delivery) => delivery.attempts);
		while (attempts().length === 0) await sleep(5);
		active.outOfOrder = false;
		await settled();
		expect(attempts().map(({ status }) => status)).toEqual([500, 200]);
		expect(eventIds(active)).toEqual([id]);
	});

	it('the next delivery starts the workflow, even if another webhook was stored meanwhile', async () => {
		const active = await activate();
		const failing = await underWay(active, 'failing');
		expect(await once(active, 'other')).toBe(200);
		active.outOfOrder = true;
		expect(await failing.answer).toBe(500);
		active.outOfOrder = false;
		expect(await once(active, 'failing')).toBe(200);
		expect(eventIds(active)).toEqual(['other', 'failing']);
	});
});

describe('Close Trigger: concurrent webhooks', () => {
	it('are all remembered after a restart', async () => {
		const active = await activate();
		const slow = await underWay(active, 'slow');
		expect(await once(active, 'quick')).toBe(200);
		expect(await slow.answer).toBe(200);
		await active.restart();
		expect([await once(active, 'slow'), await once(active, 'quick')]).toEqual([200, 200]);
		expect(eventIds(active)).toEqual(['quick', 'slow']);
	});

	it('one that is pending during publishing does not restore the old secret', async () => {
		const active = await activate();
		const before = subscriptionOf(active).signatureKey;
		const slow = await underWay(active, 'slow');
		await active.deactivate();
		await active.activate();
		expect(await slow.answer).toBe(200);
		const { signatureKey } = subscriptionOf(active);
		expect(signatureKey).not.toBe(before);
		expect(storedOf(active).facts.signatureKey).toBe(signatureKey);
		await active.restart();
		const body = bodyOf('next');
		const old = await post(active.webhookUrl, body, signClose(before, body, Date.now()));
		expect([old, await once(active, 'next')]).toEqual([401, 200]);
		expect(eventIds(active)).toEqual(['slow', 'next']);
	});
});
