/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests run outside of n8n */
import { sleep } from 'n8n-workflow';
import type { RunOptions } from '../support/engine';
import { leads } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';

const scene = useSandbox();

/** Timers that keep the process alive; sockets and servers are none. */
const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

/** A timer of the node would stay as long as the node waits; those of HTTP connections end sooner. */
async function noTimerIsLeft(before: number): Promise<void> {
	for (let tries = 0; tries < 100 && timers() > before; tries++) await sleep(50);
	expect(timers()).toBeLessThanOrEqual(before);
}

type Begin = (hooks: Required<Pick<RunOptions, 'onStart' | 'onNodeEnd'>>) => Promise<unknown>;

/** Cancels an execution once it has begun, and waits until the node itself has ended. */
async function cancelWhen(hasBegun: () => boolean, begin: Begin): Promise<void> {
	await new Promise<void>((onNodeEnd) => {
		const onStart = async (cancel: () => void) => {
			while (!hasBegun()) await sleep(0);
			cancel();
		};
		void begin({ onStart: (cancel) => void onStart(cancel), onNodeEnd });
	});
}

const nothingMoreSent = async (vendor: 'aktify' | 'squadVoice') => {
	// A request that was sent before may still arrive.
	await sleep(100);
	const before = scene.requests(vendor).length;
	await sleep(300);
	expect(scene.requests(vendor)).toHaveLength(before);
};

describe('Cancelling an execution', () => {
	it('stops open requests, sends nothing more and leaves no timer', async () => {
		scene.world.settings.latencyMs = 20_000;
		const before = timers();
		await cancelWhen(
			() => scene.requests('aktify').length >= 10,
			async (hooks) => await scene.aktify({ items: leads(500), ...hooks }),
		);
		// No response has come: the node did not wait for one.
		expect(scene.requests('aktify').map(({ status }) => status)).toEqual(Array(10).fill(undefined));
		await nothingMoreSent('aktify');
		scene.world.clock.reset();
		await noTimerIsLeft(before);
	});

	it("stops a wait for the vendor's rate limit", async () => {
		const waitMs = 3_600_000;
		const headers = { 'retry-after': String(waitMs / 1000) };
		scene.world.faults.add({ kind: 'status', status: 429, headers });
		const before = timers();
		const startedAt = Date.now();
		// The node waits only once the responses have reached it.
		const isWaiting = () => {
			const answered = scene.requests('aktify').filter(({ status }) => status === 429);
			return (
				answered.length > 0 && answered.every(({ receivedAt }) => receivedAt < Date.now() - 300)
			);
		};
		const options = { giveUpAfter: (2 * waitMs) / 1000 };
		await cancelWhen(
			isWaiting,
			async (hooks) => await scene.aktify({ items: leads(50), options, ...hooks }),
		);
		expect(Date.now()).toBeLessThan(startedAt + waitMs);
		await nothingMoreSent('aktify');
		await noTimerIsLeft(before);
	});

	it('stops looking leads up after a lost response', async () => {
		scene.world.faults.add({ kind: 'resetAfter', method: 'POST' });
		await cancelWhen(
			() => scene.requests('squadVoice').length >= 1,
			async (hooks) => await scene.squadVoice({ items: leads(5), ...hooks }),
		);
		await nothingMoreSent('squadVoice');
		expect(scene.requests('squadVoice').filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('sends nothing when items are still being read', async () => {
		let started = false;
		await cancelWhen(
			() => started,
			async (hooks) =>
				await scene.aktify({ items: leads(5000), onNodeStart: () => (started = true), ...hooks }),
		);
		expect(scene.requests('aktify')).toHaveLength(0);
	});
});
