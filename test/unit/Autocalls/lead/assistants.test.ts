import { setWebhook } from '../../../../nodes/Autocalls/lead/assistants';
import { fakeClient } from '../../../support/fakes';

const URL = 'https://n8n.example.com/webhook/1?token=0123456789abcdef';

test('a webhook is set and disabled by the ID of its assistant', async () => {
	const { client, requests } = fakeClient(() => ({ body: { message: 'Done', data: [] } }));
	await setWebhook(client, '501', URL);
	await setWebhook(client, '501', undefined);
	expect(requests).toMatchObject([
		{
			path: ['user', 'assistants', 'enable-webhook'],
			body: { assistant_id: 501, webhook_url: URL },
		},
		{ path: ['user', 'assistants', 'disable-webhook'], body: { assistant_id: 501 } },
	]);
	expect(requests[1]?.body).not.toHaveProperty('webhook_url');
});

describe('disabling a webhook', () => {
	const answer = (body: unknown) => fakeClient(() => ({ status: 404, body }));

	it('is done if the assistant was deleted', async () => {
		const { client, requests } = answer({ message: 'Assistant not found' });
		await setWebhook(client, '501', undefined);
		expect(requests).toHaveLength(1);
	});

	it('is not done if the host has no such route', async () => {
		const { client } = answer({ message: 'The route api/user/assistants could not be found.' });
		await expect(setWebhook(client, '501', undefined)).rejects.toThrow(
			/POST \/user\/assistants\/disable-webhook/,
		);
	});
});
