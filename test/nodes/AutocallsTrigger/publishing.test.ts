import { useAutocallsTrigger } from '../../support/triggers/autocalls';
import { useSandbox } from '../../support/sandbox';
import { post, type ActiveTrigger } from '../../support/triggers/ActiveTrigger';
import {
	atEachRequest,
	inTrouble,
	publishInTrouble,
	type Trouble,
} from '../../support/triggers/trouble';

const scene = useSandbox();
const { openForCalls, webhookOf, setWebhook, writes } = useAutocallsTrigger(scene);

const foreign = 'https://crm.example.com/hooks/path-of-theirs?key=key-of-theirs';
const assistants = ['501', '502', '513'];
const webhooks = () => assistants.map((id) => webhookOf(Number(id)));

/** A trigger for three assistants, of which another system has the second. */
async function openAfresh(replaceAnother: boolean): Promise<ActiveTrigger> {
	scene.world.reset();
	setWebhook(502, replaceAnother ? foreign : null);
	return await openForCalls({ assistants, options: { replaceAnother } });
}

/** All assistants send their calls here, and each call arrives once. */
async function expectRegistered(active: ActiveTrigger): Promise<void> {
	const [url = ''] = webhooks().map(String);
	expect(url).toContain(`${active.webhookUrl}?token=`);
	expect(webhooks()).toEqual(assistants.map(() => url));
	expect(active.stored).toContain(url.slice(-48));
	const before = active.executions.length;
	const body = JSON.stringify({ id: 1, status: 'completed' });
	expect([await post(url, body), await post(url, body)]).toEqual([200, 200]);
	expect(active.executions).toHaveLength(before + 1);
}

/** A check at the Poll Times after publishing failed or was undone. */
async function expectNothingChanged(active: ActiveTrigger): Promise<void> {
	const before = writes().length;
	await active.poll();
	expect(writes()).toHaveLength(before);
}

/** Publishes, or starts n8n, in trouble, and then unpublishes. */
async function startInTrouble(
	active: ActiveTrigger,
	trouble: Trouble,
	expected: Array<string | null>,
): Promise<{ met: boolean }> {
	const { met, killed } = await publishInTrouble(active, trouble, expectNothingChanged);
	await expectRegistered(active);
	expect(await active.unpublish()).toBeUndefined();
	// What was replaced is not stored if n8n is killed before the end.
	if (!killed) expect(webhooks()).toEqual(expected);
	else expect([expected, assistants.map(() => null)]).toContainEqual(webhooks());
	await expectNothingChanged(active);
	return { met };
}

describe.each([
	['free assistants', false, [null, null, null]],
	['an assistant of another system', true, [null, foreign, null]],
])('Autocalls Trigger: publishing by n8n 2.41, with %s', (_what, replaceAnother, before) => {
	it('ends with all webhooks, whatever request fails and wherever n8n is killed', async () => {
		const scenarios = await atEachRequest(async (trouble) => {
			return await startInTrouble(await openAfresh(replaceAnother), trouble, before);
		});
		expect(scenarios).toBeGreaterThan(30);
	});

	it('keeps them at a start of n8n, whatever request fails and wherever n8n is killed', async () => {
		await atEachRequest(async (trouble) => {
			const active = await openAfresh(replaceAnother);
			await active.publish();
			active.newProcess();
			return await startInTrouble(active, trouble, before);
		});
	});

	it('moves them to the new address of n8n, whatever request fails and wherever n8n is killed', async () => {
		await atEachRequest(async (trouble) => {
			const active = await openAfresh(replaceAnother);
			await active.publish();
			active.host = 'localhost';
			active.newProcess();
			return await startInTrouble(active, trouble, before);
		});
	});

	it('leaves nothing if it is unpublished after publishing failed, or n8n was killed meanwhile', async () => {
		await atEachRequest(async (trouble) => {
			const active = await openAfresh(replaceAnother);
			const { met, killed } = await inTrouble(active, trouble, async () => await active.publish());
			await active.unpublish();
			if (!killed) expect(webhooks()).toEqual(before);
			else expect([before, [null, null, null]]).toContainEqual(webhooks());
			return { met };
		});
	});

	it('restores all when it is unpublished, whatever fails and wherever n8n is killed', async () => {
		await atEachRequest(
			async (trouble) => {
				const active = await openAfresh(replaceAnother);
				await active.publish();
				const stored = active.stored;
				const { met, killed } = await inTrouble(
					active,
					trouble,
					async () => await active.unpublish(),
				);
				if (killed) await active.unpublish();
				expect(webhooks()).toEqual(before);
				await expectNothingChanged(active);
				// n8n may call the hook again with static data from before.
				active.stored = stored;
				await active.unpublish();
				expect(webhooks()).toEqual(before);
				return { met };
			},
			[1, 2],
		);
	});
});

it('the check at the Poll Times touches and reports nothing while the webhooks are being set', async () => {
	const active = await openAfresh(false);
	await active.publish();
	active.newProcess();
	setWebhook(501, null);
	setWebhook(502, foreign);
	let polls = 0;
	active.network = async (send) => {
		active.network = async (sendNow) => await sendNow();
		const { length } = scene.requests('autocalls');
		await active.poll();
		expect(scene.requests('autocalls')).toHaveLength(length);
		polls++;
		return await send();
	};
	const [failure] = await active.publish();
	expect(failure?.message).toContain('already has a webhook, to crm.example.com');
	expect(polls).toBe(1);
	expect(webhooks()).toEqual([null, foreign, null]);
});

it('a check that is under way when the workflow is unpublished sets nothing', async () => {
	for (let at = 1; ; at++) {
		const active = await openAfresh(true);
		await active.publish();
		setWebhook(501, null);
		setWebhook(513, null);
		let requests = 0;
		let unpublishing: Promise<unknown> | undefined;
		active.network = async (send) => {
			if (++requests === at) unpublishing = active.unpublish();
			return await send();
		};
		await active.poll();
		if (unpublishing === undefined) break;
		await unpublishing;
		expect(webhooks()).toEqual([null, foreign, null]);
	}
});
