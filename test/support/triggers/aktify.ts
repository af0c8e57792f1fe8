import type { INodeParameters } from 'n8n-workflow';
import { aktifyAccounts, EVENT_TYPES_V1, EVENT_TYPES_V2 } from '../../../sandbox';
import type { AktifyWebhook, WebhookConfig } from '../../../sandbox';
import type { useSandbox } from '../sandbox';
import { ActiveTrigger } from './ActiveTrigger';

/** The campaign whose events the tests let happen. */
export const campaign = aktifyAccounts.one.campaign;
/** What Aktify signs with. */
export const clientSecret = aktifyAccounts.one.key;
/** What custom payloads bring along. */
export const webhookToken = aktifyAccounts.two.key;
/** What custom payloads log in with. */
export const basicAuth = { user: 'aktify', password: aktifyAccounts.two.key };
/** Every event of the sandbox's Aktify, once each. */
export const allEvents = [...new Set([...EVENT_TYPES_V2, ...EVENT_TYPES_V1])];

type Wishes = Record<string, unknown> & { credentials?: Record<string, string> };

/** Aktify Triggers for the tests of one file; each is closed after its test. */
export function useAktifyTrigger(scene: ReturnType<typeof useSandbox>) {
	let opened: ActiveTrigger | undefined;
	afterEach(async () => await opened?.close());

	/** A trigger that listens to all events unless overridden, and is not active yet. */
	async function open({ credentials = {}, ...parameters }: Wishes = {}): Promise<ActiveTrigger> {
		const more: INodeParameters = JSON.parse(JSON.stringify(parameters));
		opened = await ActiveTrigger.open({
			node: 'aktifyTrigger',
			parameters: { verifyWith: 'signature', triggerOn: allEvents, options: {}, ...more },
			credentials: {
				leadDispatchAktifyApi: {
					baseUrl: `${scene.url}/aktify`,
					apiKey: aktifyAccounts.one.key,
					clientSecret,
					webhookToken,
					webhookUser: basicAuth.user,
					webhookPassword: basicAuth.password,
					...credentials,
				},
			},
		});
		return opened;
	}

	/** Fills in the trigger's address in the sandbox's Portal. */
	function configure(
		{ webhookUrl }: ActiveTrigger,
		change: Partial<WebhookConfig> = {},
	): AktifyWebhook {
		const usual = { clientSecret, version: 'v2', signature: 'v2' } as const;
		return scene.world.aktify.webhooks.configureWebhook(campaign, {
			url: webhookUrl,
			events: [...EVENT_TYPES_V2],
			...usual,
			...change,
		});
	}

	/** An active trigger that Aktify knows of. */
	async function activate(
		wishes: Wishes = {},
		change: Partial<WebhookConfig> = {},
	): Promise<ActiveTrigger> {
		const active = await open(wishes);
		await active.activate();
		configure(active, change);
		return active;
	}

	/** What was answered to each attempt so far, once all have been made. */
	async function answers(): Promise<Array<number | undefined>> {
		await scene.world.deliveries.settled();
		return scene.world.deliveries.log.flatMap(({ attempts }) =>
			attempts.map(({ status }) => status),
		);
	}

	return { open, configure, activate, answers };
}
