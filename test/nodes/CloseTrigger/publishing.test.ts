import { sleep } from 'n8n-workflow';
import { activeFor, eventIds, storedOf, useCloseTrigger } from '../../support/triggers/close';
import type { ActiveTrigger } from '../../support/triggers/ActiveTrigger';
import {
	atEachRequest,
	inTrouble,
	publishInTrouble,
	type Trouble,
} from '../../support/triggers/trouble';

const {
	scene,
	close,
	open,
	call,
	subscriptionOf,
	emitted,
	missed,
	settled,
	anHourLater,
	requests,
} = useCloseTrigger();

const subscriptions = () => [...close().webhooks.subscriptions.values()];
const stranger = {
	url: 'https://stranger.example/hook',
	events: [{ object_type: 'lead', action: 'created' }],
};
const writes = () =>
	['POST', 'PUT', 'DELETE'].flatMap((method) => requests(method, /^\/webhook\//));

/** A trigger next to the subscription of a stranger. */
async function openAfresh(): Promise<ActiveTrigger> {
	scene.world.reset();
	await call('POST', '/webhook/', stranger);
	return await open();
}

/** An hourly check after publishing failed or was undone. */
async function expectNothingChanged(active: ActiveTrigger): Promise<void> {
	const before = writes().length;
	await active.tick();
	await settled();
	expect(writes()).toHaveLength(before);
}

/** One subscription that works, and whose events arrive once; nothing left when it is unpublished. */
async function expectWhole(active: ActiveTrigger): Promise<void> {
	expect(subscriptions()).toHaveLength(2);
	const { id, signatureKey } = subscriptionOf(active);
	expect(storedOf(active).facts).toMatchObject({ subscriptionId: id, signatureKey });
	const before = eventIds(active);
	const event = emitted({ action: 'created', leadId: 'lead_1', data: { contacts: [] } });
	await settled();
	await anHourLater(active);
	expect(eventIds(active)).toEqual([...before, event.id]);
	expect(await active.unpublish()).toBeUndefined();
	expectNothingLeft();
}

function expectNothingLeft(): void {
	expect(subscriptions().map(({ url }) => url)).toEqual([stranger.url]);
}

/** Publishes, or starts n8n, in trouble, and checks that the trigger works. */
async function startInTrouble(active: ActiveTrigger, trouble: Trouble): Promise<boolean> {
	const { met } = await publishInTrouble(active, trouble, expectNothingChanged);
	await expectWhole(active);
	return met;
}

describe('Close Trigger: publishing by n8n 2.41', () => {
	it('ends with one subscription, whatever request fails and wherever n8n is killed', async () => {
		const scenarios = await atEachRequest(async (trouble) => {
			const active = await openAfresh();
			return { met: await startInTrouble(active, trouble) };
		});
		expect(scenarios).toBeGreaterThan(40);
	});

	it('keeps it at a start of n8n, whatever request fails and wherever n8n is killed', async () => {
		await atEachRequest(async (trouble) => {
			const active = await openAfresh();
			await active.publish();
			active.newProcess();
			return { met: await startInTrouble(active, trouble) };
		});
	});

	it('leaves nothing at Close when it is unpublished, whatever fails and wherever n8n is killed', async () => {
		await atEachRequest(
			async (trouble) => {
				const active = await openAfresh();
				await active.publish();
				const before = active.stored;
				const { met, killed } = await inTrouble(
					active,
					trouble,
					async () => await active.unpublish(),
				);
				if (killed) await active.unpublish();
				expectNothingLeft();
				await expectNothingChanged(active);
				// n8n may call the hook again with static data from before.
				active.stored = before;
				await active.unpublish();
				expectNothingLeft();
				return { met };
			},
			[1, 2],
		);
	});

	it('leaves nothing if it is unpublished after publishing failed, or n8n was killed meanwhile', async () => {
		await atEachRequest(async (trouble) => {
			const active = await openAfresh();
			const { met } = await inTrouble(active, trouble, async () => await active.publish());
			await active.unpublish();
			expectNothingLeft();
			return { met };
		});
	});

	it('starts the workflow once with each missed event while the other half is tried again', async () => {
		await atEachRequest(async (trouble) => {
			const active = await openAfresh();
			await active.publish();
			active.newProcess();
			activeFor(active, 3600);
			const ids = missed(3, 60);
			const { met } = await inTrouble(active, trouble, async () => await active.publish());
			await active.publish();
			await anHourLater(active);
			expect([trouble, eventIds(active)]).toEqual([trouble, ids]);
			return { met };
		});
	});

	it('stores the secret, although the other half starts the workflow meanwhile', async () => {
		const active = await openAfresh();
		await active.publish();
		await active.unpublish();
		active.newProcess();
		activeFor(active, 3600);
		missed(3, 60);
		scene.world.faults.add({
			vendor: 'close',
			method: 'POST',
			path: '/webhook/',
			kind: 'stallAfter',
			ms: 200,
		});
		await active.publish();
		expect(active.items()).toHaveLength(3);
		expect(storedOf(active).facts).toMatchObject({
			signatureKey: subscriptionOf(active).signatureKey,
		});
	});
	it('creates nothing when n8n has given up publishing, and then unpublishes', async () => {
		const active = await openAfresh();
		let release: () => void = () => {};
		const released = new Promise<void>((resolve) => {
			release = resolve;
		});
		let isHeld = false;
		active.network = async (send) => {
			isHeld = true;
			await released;
			return await send();
		};
		const publishing = active.publish();
		while (!isHeld) await sleep(1);
		active.isAbandoned = true;
		const unpublishing = active.unpublish();
		release();
		expect(await unpublishing).toBeUndefined();
		await publishing;
		expectNothingLeft();
	});

	it('with all subscriptions in use, events come by the hourly check, each once', async () => {
		const active = await openAfresh();
		for (let count = 1; count < 40; count++) await call('POST', '/webhook/', stranger);
		expect(await active.publish()).toHaveLength(1);
		const ids = missed(2);
		await anHourLater(active);
		await anHourLater(active);
		expect(eventIds(active)).toEqual(ids);
		expect(active.failures).toEqual([]);
		expect(subscriptions()).toHaveLength(40);
		active.newProcess();
		await active.publish();
		await anHourLater(active);
		expect(eventIds(active)).toEqual(ids);
	});
});

describe('Close Trigger: the hourly check warns in the log that no events come by webhook', () => {
	it('if n8n could not register it', async () => {
		const active = await openAfresh();
		for (let count = 1; count < 40; count++) await call('POST', '/webhook/', stranger);
		expect(await active.publish()).toHaveLength(1);
		await anHourLater(active);
		expect(active.warnings).toEqual([expect.stringContaining('no events come by webhook')]);
	});

	it('but not in a process that did not register it itself', async () => {
		const active = await openAfresh();
		await active.publish();
		active.newProcess();
		await active.startAgain();
		await anHourLater(active);
		expect(active.warnings).toEqual([]);
	});
});

describe('Close Trigger: a subscription that is deleted while it is published', () => {
	it('is created again at the same address, and reported', async () => {
		const active = await openAfresh();
		await active.publish();
		const { url } = subscriptionOf(active);
		close().webhooks.subscriptions.delete(subscriptionOf(active).id);
		const [event] = missed(1);
		await anHourLater(active);
		expect(subscriptionOf(active)).toMatchObject({ url, status: 'active' });
		expect(active.failures.map(({ message }) => message)).toEqual([
			'The webhook subscription was deleted in Close. The node has created a new one, and nothing needs to be done',
		]);
		await active.startAgain();
		expect(eventIds(active)).toEqual([event]);
		expect(storedOf(active).facts.subscriptionId).toBe(subscriptionOf(active).id);
		await expectWhole(active);
	});

	it('is created again an hour later if that failed, or if the reply was lost', async () => {
		const active = await openAfresh();
		await active.publish();
		for (const what of ['refused', 'carriedOut'] as const) {
			close().webhooks.subscriptions.delete(subscriptionOf(active).id);
			await inTrouble(active, { what, at: 3, count: 1 }, async () => await anHourLater(active));
			expect(active.failures.at(-1)?.message).toContain('once an hour to create a new one');
			await active.startAgain();
			await anHourLater(active);
			expect(active.failures.at(-1)?.message).toContain('has created a new one');
			await active.startAgain();
			expect(storedOf(active).facts.subscriptionId).toBe(subscriptionOf(active).id);
		}
		await expectWhole(active);
	});

	it('is not created again by a check that is under way when the workflow is unpublished', async () => {
		for (let at = 1; ; at++) {
			const active = await openAfresh();
			await active.publish();
			close().webhooks.subscriptions.delete(subscriptionOf(active).id);
			const isUnpublished = await unpublishAtRequest(active, at);
			expect(active.failures).toHaveLength(isUnpublished ? 0 : 1);
			if (!isUnpublished) break;
			expectNothingLeft();
		}
	});
});

it('Close Trigger: a check that is under way when the workflow is unpublished starts nothing, and forgets nothing', async () => {
	for (let at = 1; ; at++) {
		const active = await openAfresh();
		await active.publish();
		const ids = missed(2);
		const isUnpublished = await unpublishAtRequest(active, at);
		expect(eventIds(active)).toEqual(isUnpublished ? [] : ids);
		if (!isUnpublished) break;
		expectNothingLeft();
		await active.publish();
		expect(eventIds(active)).toEqual(ids);
	}
});

/** Unpublishes the workflow at a request of the hourly check. @returns false if it made fewer */
async function unpublishAtRequest(active: ActiveTrigger, at: number): Promise<boolean> {
	let requestsMade = 0;
	let unpublishing: Promise<unknown> | undefined;
	active.network = async (send) => {
		if (++requestsMade === at) unpublishing = active.unpublish();
		return await send();
	};
	await anHourLater(active);
	active.network = async (send) => await send();
	await unpublishing;
	return unpublishing !== undefined;
}
