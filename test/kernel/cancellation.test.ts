/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests run outside of n8n */
import { sleep } from 'n8n-workflow';
import type { RunOptions } from '../support/engine';
import { leads } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

/** Timers that keep the process alive; sockets and servers are none. */
const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

/** A timer of the node would stay for the 20 or 60 seconds it waits for; those of HTTP connections go sooner. */
async function noTimerIsLeft(before: number): Promise<void> {
	for (let tries = 0; tries < 100 && timers() > before; tries++) await sleep(50);
	expect(timers()).toBeLessThanOrEqual(before);
}

type Begin = (hooks: Required<Pick<RunOptions, 'onStart' | 'onNodeEnd'>>) => Promise<unknown>;

/** Cancels an execution once it has begun. @returns how long the node itself went on after that */
async function cancelWhen(begun: () => boolean, begin: Begin): Promise<number> {
	let cancelledAt = 0;
	const ended = new Promise<number>((onNodeEnd) => {
		const onStart = async (cancel: () => void) => {
			while (!begun()) await sleep(0);
			cancelledAt = Date.now();
			cancel();
		};
		void begin({
			onStart: (cancel) => void onStart(cancel),
			onNodeEnd: () => onNodeEnd(Date.now()),
		});
	});
	return (await ended) - cancelledAt;
}

const nothingMoreSent = async (vendor: 'aktify' | 'squadVoice') => {
	// What had left before may still arrive.
	await sleep(100);
	const before = scene.requests(vendor).length;
	await sleep(300);
	expect(scene.requests(vendor)).toHaveLength(before);
};

describe('Cancelling an execution', () => {
	it('stops open requests, sends nothing more and leaves no timer', async () => {
		scene.world.settings.latencyMs = 20_000;
		const before = timers();
		const sinceCancelMs = await cancelWhen(
			() => scene.requests('aktify').length >= 10,
			async (hooks) => await scene.aktify({ items: leads(500), ...hooks }),
		);
		expect(sinceCancelMs).toBeLessThan(1000);
		expect(scene.requests('aktify').length).toBeLessThanOrEqual(10);
		await nothingMoreSent('aktify');
		scene.world.clock.reset();
		await noTimerIsLeft(before);
	});

	it("stops a wait for the vendor's rate limit", async () => {
		scene.world.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '60' } });
		const before = timers();
		// The node is in its wait only once the replies have reached it.
		const isWaiting = () => {
			const answered = scene.requests('aktify').filter(({ status }) => status === 429);
			return (
				answered.length > 0 && answered.every(({ receivedAt }) => receivedAt < Date.now() - 300)
			);
		};
		const sinceCancelMs = await cancelWhen(
			isWaiting,
			async (hooks) => await scene.aktify({ items: leads(50), ...hooks }),
		);
		expect(sinceCancelMs).toBeLessThan(1000);
		await nothingMoreSent('aktify');
		await noTimerIsLeft(before);
	});

	it('stops looking leads up after a lost response', async () => {
		scene.world.faults.add({ kind: 'resetAfter', method: 'POST' });
		const sinceCancelMs = await cancelWhen(
			() => scene.requests('squadVoice').length >= 1,
			async (hooks) => await scene.squadVoice({ items: leads(5), ...hooks }),
		);
		expect(sinceCancelMs).toBeLessThan(1000);
		await nothingMoreSent('squadVoice');
		expect(scene.requests('squadVoice').filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('sends nothing when items are still being read', async () => {
		let started = false;
		const sinceCancelMs = await cancelWhen(
			() => started,
			async (hooks) =>
				await scene.aktify({ items: leads(5000), onNodeStart: () => (started = true), ...hooks }),
		);
		expect(sinceCancelMs).toBeLessThan(1000);
		expect(scene.requests('aktify')).toHaveLength(0);
	});
});
