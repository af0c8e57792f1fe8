import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { withClient } from '../../shared/transport/withClient';
import { pollTime, runPoll } from '../../shared/trigger/polling';
import { loadPollState } from '../../shared/trigger/pollState';
import { asText, asTexts, toRawOutput, type JsonObject } from '../../shared/values/json';
import { leadPage, simplifyListedLead } from '../lead/lead';
import { autocalls } from '../transport/vendor';
import { parametersOf, readCampaign } from './parameters';
import { eventIdOf, readScan, scanLeads, stageOf } from './scan';

function toOutput(lead: JsonObject, simplify: boolean): IDataObject {
	return {
		event: 'lead.status_changed',
		...(simplify ? simplifyListedLead(lead) : toRawOutput(lead)),
	};
}

/** The leads that reached a selected status since the last poll, or null. @throws NodeOperationError */
export async function pollStatuses(
	context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const parameters = parametersOf(context);
	const { simplify } = parameters;
	const statuses = new Set(asTexts(parameters.value('statuses')));
	const isSelected = (lead: JsonObject) => statuses.has(asText(lead.status) ?? '');
	const { maxMs, hasTime } = pollTime(context);
	const poll = async (client: ApiClient) => {
		const campaign = readCampaign(context);
		const query: Record<string, string | number> = { campaign_id: campaign };
		if (context.getMode() === 'manual') {
			for (const status of statuses) {
				const { entries } = await leadPage(client, { ...query, status }, 1, 1);
				const sample = entries.find(isSelected);
				if (sample !== undefined) return [[{ json: toOutput(sample, simplify) }]];
			}
			return null;
		}
		const [only] = statuses.size === 1 ? statuses : [];
		if (only !== undefined) query.status = only;
		const state = loadPollState(context);
		const start = readScan(state.cursor, { campaign, statuses: [...statuses].sort().join() });
		const readPage = async (page: number) => await leadPage(client, query, page);
		return await runPoll({
			state,
			stage: stageOf(start),
			scan: (seen) => scanLeads(start, { readPage, isSelected, seen }),
			eventIdOf,
			toOutput: (lead) => toOutput(lead, simplify),
			hasTime,
		});
	};
	return await withClient(context, autocalls, poll, maxMs);
}
