import type { INodeParameters } from 'n8n-workflow';
import { squadVoiceAccounts } from '../../../sandbox';
import type { useSandbox } from '../sandbox';
import { ActiveTrigger } from './ActiveTrigger';

const { standard, v4 } = squadVoiceAccounts;
/** What the webhook of the trigger has to bring. */
export const webhookToken = v4.token.repeat(2);

type Wishes = Record<string, unknown> & {
	credentials?: Record<string, string>;
	pollBudgetMs?: number;
};

/** SquadVoice Triggers for the tests of one file; each is closed after its test. */
export function useSquadVoiceTrigger(scene: ReturnType<typeof useSandbox>) {
	let opened: ActiveTrigger | undefined;
	afterEach(async () => await opened?.close());
	const squad = () => scene.world.squadVoice;

	/** A trigger that polls the standard account's campaign, unless overridden, and is not active yet. */
	async function open({
		credentials = {},
		pollBudgetMs,
		...parameters
	}: Wishes = {}): Promise<ActiveTrigger> {
		const more: INodeParameters = JSON.parse(JSON.stringify(parameters));
		opened = await ActiveTrigger.open({
			node: 'squadVoiceTrigger',
			parameters: {
				triggerOn: 'leadProcessed',
				source: 'polling',
				campaign: { __rl: true, mode: 'id', value: standard.campaign },
				options: {},
				...more,
			},
			credentials: {
				leadDispatchSquadVoiceApi: {
					apiVersion: 'v1',
					baseUrl: `${scene.url}/squadvoice`,
					accessToken: standard.token,
					...credentials,
				},
			},
			pollBudgetMs,
		});
		return opened;
	}

	const openV4 = async (parameters: Record<string, unknown> = {}) =>
		await open({
			campaign: { __rl: true, mode: 'id', value: v4.campaign },
			...parameters,
			credentials: { apiVersion: 'v4', accessToken: v4.token, webhookToken },
		});

	/** Processes seeded leads `from` to `to`, each at a moment of its own `secondsAgo` seconds ago and later. */
	function process(
		from: number,
		to: number,
		secondsAgo = 60,
		stepMs = 1,
		ofCampaign: string = standard.campaign,
	): void {
		const start = squad().now() - secondsAgo * 1000;
		for (let number = from; number <= to; number++) {
			squad().process(ofCampaign, `seed-${number}`, { at: start + (number - from) * stepMs });
		}
	}

	const leadIds = ({ executions }: ActiveTrigger) =>
		executions.flat().map(({ json }) => String(json.leadId));
	const seeds = (from: number, to: number) =>
		Array.from({ length: to - from + 1 }, (_, index) => `seed-${from + index}`);

	return { open, openV4, squad, process, leadIds, seeds };
}
