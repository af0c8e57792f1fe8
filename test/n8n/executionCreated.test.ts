import { nodeType } from '../support/engine';
import { bodyOf, useCloseTrigger } from '../support/triggers/close';

/**
 * What `executionCreated.ts` relies on. n8n's code is in the package `n8n`, which the tests of this
 * package do not load: here, `ActiveTrigger` does what n8n does. `npm run test:host` proves the same
 * in a complete n8n.
 */

const { activate, signed } = useCloseTrigger();

const TRIGGERS = ['aktifyTrigger', 'autocallsTrigger', 'closeTrigger', 'squadVoiceTrigger'];

describe('the response of a webhook', () => {
	it.each(TRIGGERS)(
		'of %s is empty in the description, so that n8n reads webhookResponse',
		async (name) => {
			const { description } = await nodeType(name);
			expect(description.webhooks?.map(({ responseData }) => responseData)).toEqual(['']);
		},
	);

	it('is read after n8n has created the execution, which is then stored as seen', async () => {
		const active = await activate();
		expect(await signed(active, bodyOf('created'))).toBe(200);
		await active.restart();
		expect(await signed(active, bodyOf('created'))).toBe(200);
		expect(active.executions).toHaveLength(1);
	});

	it('is not read when n8n cannot create the execution', async () => {
		const active = await activate();
		active.outOfOrder = true;
		expect(await signed(active, bodyOf('failed'))).toBe(500);
		active.outOfOrder = false;
		expect(await signed(active, bodyOf('failed'))).toBe(200);
		expect(active.executions).toHaveLength(1);
	});
});
