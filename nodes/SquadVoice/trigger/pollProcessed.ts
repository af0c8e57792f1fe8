import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { ApiClient } from '../../shared/transport/ApiClient';
import type { ApiResponse } from '../../shared/transport/request';
import { hasList } from '../../shared/transport/responseValidators';
import { withClient } from '../../shared/transport/withClient';
import { activatingIfFirst } from '../../shared/trigger/activationError';
import { pollTime, runPoll, skipIfRunning } from '../../shared/trigger/polling';
import { loadPollState } from '../../shared/trigger/pollState';
import { pollTestEvent } from '../../shared/trigger/testEvent';
import { asNumber, asObjects, getOwn } from '../../shared/values/json';
import {
	leadsRequest,
	requireStandard,
	squadVoice,
	type SquadVoiceAccount,
} from '../transport/vendor';
import {
	eventIdOf,
	parametersOf,
	readCampaign,
	readLookBackMs,
	toOutput,
	usesWebhook,
} from './parameters';
import {
	PAGE_SIZE,
	readCursor,
	scanProcessed,
	stageOf,
	type ResultsPage,
	type TimeWindow,
} from './scan';

type Client = ApiClient<SquadVoiceAccount>;

/** In the editor, a sample is looked for in the last 30 days. */
const SAMPLE_WINDOW_MS = 30 * 24 * 3_600_000;

async function requestPage(
	client: Client,
	campaign: string,
	{ from, to }: TimeWindow,
	page = 1,
	pageSize = PAGE_SIZE,
): Promise<ApiResponse> {
	return await client.request(
		leadsRequest(client.account, 'responses', campaign, {
			method: 'GET',
			safety: 'safe',
			query: { processed_after: from, processed_before: to, page, page_size: pageSize },
			expectedStatuses: page > 1 ? [404] : [],
			validateBody: hasList('results'),
		}),
	);
}

const resultsIn = (body: unknown) => asObjects(getOwn(body, 'results'));

function toPage({ body }: ApiResponse): ResultsPage {
	return {
		leads: resultsIn(body),
		hasMore: typeof getOwn(body, 'next') === 'string',
		count: asNumber(getOwn(body, 'count')),
	};
}

/** The time by the vendor's clock, which `processed_at` uses. */
async function vendorNow(client: Client, campaign: string): Promise<number> {
	const window = { from: Date.now(), to: Date.now() + 1 };
	const { answeredAt = Date.now() } = await requestPage(client, campaign, window, 1, 1);
	return answeredAt;
}

/** The items of leads processed since the last poll, and a little before, or null. @throws NodeOperationError */
async function pollProcessed(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const { simplify } = parametersOf(context);
	const { maxMs, hasTime } = pollTime(context);
	const poll = async (client: Client) => {
		requireStandard(client.account);
		const campaign = readCampaign(context);
		if (context.getMode() === 'manual') {
			const now = await vendorNow(client, campaign);
			const window = { from: now - SAMPLE_WINDOW_MS, to: now };
			const [sample] = resultsIn((await requestPage(client, campaign, window, 1, 1)).body);
			return sample === undefined ? null : [[{ json: toOutput(sample, simplify) }]];
		}
		const state = loadPollState(context);
		const cursor = readCursor(state.cursor, campaign);
		const upTo = cursor.scanUpTo ?? (await vendorNow(client, campaign));
		return await runPoll({
			state,
			stage: stageOf(cursor),
			scan: () =>
				scanProcessed(
					async (window, page) => toPage(await requestPage(client, campaign, window, page)),
					cursor,
					upTo,
					readLookBackMs(context),
				),
			eventIdOf,
			toOutput: (lead) => toOutput(lead, simplify),
			hasTime,
		});
	};
	return await withClient(context, squadVoice, poll, maxMs);
}

/** Runs at the Poll Times; if leads come by webhook, there is nothing to do. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (!usesWebhook(context)) {
		const pollOnce = async () => await pollProcessed(context);
		return await skipIfRunning(context, async () => await activatingIfFirst(context, pollOnce));
	}
	return context.getMode() === 'manual' ? pollTestEvent(context) : null;
}
