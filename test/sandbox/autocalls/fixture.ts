import { autocallsAccounts } from '../../../sandbox';
import { bearer, send, useSandbox } from '../helpers';
import { useReceiver } from '../receiver';

/** A sandbox and a receiver for the tests of one file, with helpers for Autocalls' calls. */
export function useAutocalls() {
	const sandbox = useSandbox();
	const receiver = useReceiver();
	const state = () => sandbox().world.autocalls;
	const headers = { ...bearer(autocallsAccounts.one.key), accept: 'application/json' };
	const call = async (path: string, json?: unknown) =>
		await send(`${sandbox().url}/autocalls/user/${path}`, { json, headers });
	return {
		sandbox,
		receiver,
		state,
		/** Calls Autocalls: a POST when there is a body. */
		call,
		settled: async () => await sandbox().world.deliveries.settled(),
		/** The received bodies. */
		bodies: () => receiver().received.map(({ body }): unknown => JSON.parse(body)),
		/** Enables an assistant's webhook to the receiver. */
		enable: async (assistant_id = 501, webhook_url = `${receiver().url}/hook`) => {
			await call('assistants/enable-webhook', { assistant_id, webhook_url });
		},
		/** The ID of a new lead. */
		seedOne: (campaignId = 1): number => {
			const [lead] = state().seedLeads(campaignId, 1);
			if (!lead) throw new Error('No lead was created.');
			return lead.id;
		},
	};
}
