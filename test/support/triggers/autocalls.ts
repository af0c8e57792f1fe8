import type { INodeParameters } from 'n8n-workflow';
import { autocallsAccounts } from '../../../sandbox';
import type { RequestRecord } from '../../../sandbox';
import type { useSandbox } from '../sandbox';
import { ActiveTrigger } from './ActiveTrigger';

type Wishes = Record<string, unknown> & {
	credentials?: Record<string, string>;
	pollBudgetMs?: number;
};

/** Autocalls Triggers for the tests of one file; each is closed after its test. */
export function useAutocallsTrigger(scene: ReturnType<typeof useSandbox>) {
	const opened: ActiveTrigger[] = [];
	afterEach(async () => {
		for (const trigger of opened.splice(0)) await trigger.close();
	});

	async function open({
		credentials = {},
		pollBudgetMs,
		...parameters
	}: Wishes): Promise<ActiveTrigger> {
		const more: INodeParameters = JSON.parse(JSON.stringify(parameters));
		const trigger = await ActiveTrigger.open({
			node: 'autocallsTrigger',
			parameters: { options: {}, ...more },
			credentials: {
				leadDispatchAutocallsApi: {
					baseUrl: `${scene.url}/autocalls`,
					apiKey: autocallsAccounts.one.key,
					...credentials,
				},
			},
			pollBudgetMs,
		});
		opened.push(trigger);
		return trigger;
	}

	/** A trigger for calls of assistant 501, which makes those of campaign 1, unless overridden. */
	const openForCalls = async (wishes: Wishes = {}) =>
		await open({ triggerOn: 'callEnded', assistants: ['501'], ...wishes });

	/** A trigger for leads of campaign 1 that were called to the end, unless overridden. */
	const openForStatuses = async (wishes: Wishes = {}) =>
		await open({
			triggerOn: 'leadStatusChanged',
			campaign: { __rl: true, mode: 'id', value: '1' },
			statuses: ['completed', 'reached-max-retries'],
			...wishes,
		});

	/** Where an assistant's calls are reported to; null for nowhere. */
	function webhookOf(assistant: number): string | null | undefined {
		return scene.world.autocalls.assistants.get(assistant)?.webhookUrl;
	}

	/** Somebody else sets an assistant's webhook, or, with null, switches it off. */
	function setWebhook(assistant: number, url: string | null): void {
		Object.assign(scene.world.autocalls.assistants.get(assistant) ?? {}, {
			webhookUrl: url,
			isWebhookActive: url !== null,
		});
	}

	/** The writes that Autocalls carried out, such as `enable-webhook 501`. */
	function writes(): string[] {
		const isWrite = ({ method, effect }: RequestRecord) => method !== 'GET' && effect;
		return scene.requests('autocalls').filter(isWrite).map(toLine);
	}

	return { openForCalls, openForStatuses, webhookOf, setWebhook, writes };
}

function toLine({ path, body }: RequestRecord): string {
	const { assistant_id: id } = Object.assign({ assistant_id: undefined }, body);
	return `${path.split('/').at(-1) ?? ''} ${String(id)}`;
}

/** The parameters of an open trigger are changed, as in the editor. */
export function change({ node }: ActiveTrigger, parameters: Record<string, unknown>): void {
	node.parameters = JSON.parse(JSON.stringify({ ...node.parameters, ...parameters }));
}
