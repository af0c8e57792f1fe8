import { phoneOf } from '../support/fixtures';
import { useSandbox } from '../support/sandbox';
import { post } from '../support/triggers/ActiveTrigger';
import { campaign, clientSecret, useAktifyTrigger } from '../support/triggers/aktify';
import { useSquadVoiceTrigger, webhookToken } from '../support/triggers/squadVoice';

const scene = useSandbox();
const { openV4 } = useSquadVoiceTrigger(scene);
const { open: openAktify, configure, answers } = useAktifyTrigger(scene);

describe('A trigger whose webhook the user sets up, published by n8n 2.41', () => {
	it('Aktify: an event starts the workflow, once the client secret is there', async () => {
		const active = await openAktify({ credentials: { clientSecret: '' } });
		expect(await active.publish()).toHaveLength(1);
		Object.assign(active.options.credentials.leadDispatchAktifyApi ?? {}, { clientSecret });
		expect(await active.publish()).toEqual([]);
		configure(active);
		scene.world.aktify.play(campaign, phoneOf(0), 'lead.call_ended');
		expect(await answers()).toEqual([200]);
		expect(active.executions).toHaveLength(1);
		expect(await active.unpublish()).toBeUndefined();
		expect(await post(active.webhookUrl, '{}')).toBe(404);
	});

	it('SquadVoice: an event starts the workflow once, and none after unpublishing', async () => {
		const active = await openV4({ source: 'webhook' });
		expect(await active.publish()).toEqual([]);
		const url = `${active.webhookUrl}?token=${webhookToken}`;
		const body = JSON.stringify({ lead_id: 'a', processed_at: '2026-01-01T00:00:00Z' });
		expect([await post(url, body), await post(url, body)]).toEqual([201, 201]);
		expect(active.executions).toHaveLength(1);
		expect(await active.unpublish()).toBeUndefined();
		expect(await post(url, body)).toBe(404);
	});
});
