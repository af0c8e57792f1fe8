import { setWebhook } from '../../../../nodes/Autocalls/lead/assistants';
import { missingPart } from '../../../../nodes/Autocalls/transport/notFound';
import { fakeClient } from '../../../support/fakes';

describe('missingPart', () => {
	it.each([
		[{ message: 'Lead not found' }, 'record'],
		[{ message: 'lead not found.' }, 'record'],
		[{ message: 'No query results for model [App\\Models\\Lead] 7' }, 'record'],
		[{ message: 'The route api/user/leads/7 could not be found.' }, 'route'],
		[{ message: '' }, 'route'],
		[undefined, 'route'],
		[{ message: 'Campaign not found' }, 'other'],
		[{ message: 'No query results for model [App\\Models\\Campaign] 7' }, 'other'],
		[{ message: 'Not Found' }, 'other'],
		[{ error: 'Lead not found' }, 'other'],
		[{}, 'other'],
		['Lead not found', 'other'],
		[[], 'other'],
	])('of %j: %s', (body, part) => {
		expect(missingPart(body, 'lead')).toBe(part);
	});
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
