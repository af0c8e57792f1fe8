import type { IHookFunctions } from 'n8n-workflow';
import { randomBytes } from 'crypto';
import { withClient } from '../../shared/transport/withClient';
import { toError, asText } from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { registrationState } from '../../shared/trigger/TriggerState';
import type { TriggerState } from '../../shared/trigger/TriggerState';
import { allAssistants } from './assistants';
import type { Assistant } from './assistants';
import { autocalls } from '../transport/vendor';
import { readOption } from '../../shared/parameters/triggerParameters';
import { byAssistant, hostOf, isOurs, kept, sendTo } from './state';
import { readAssistants } from './parameters';

/**
 * Our address without its token, which is in the query: n8n finds a webhook by a name in its path
 * only where the whole path is the node's own, and then two workflows cannot have the same.
 */
function baseOf(context: IHookFunctions): string {
	return `${context.getNodeWebhookUrl('default') ?? ''}?token=`;
}

/** By assistant and address of a test run under way: what the address has taken the place of. */
const beforeTest = new Map<string, string | null>();

/** What an assistant's webhook was before ours. A test run that goes on meanwhile does not count. */
function previousUrlOf(base: string, { id, webhookUrl }: Assistant): string | null {
	const found = beforeTest.get(`${id} ${webhookUrl ?? ''}`);
	if (found !== undefined) return found;
	const isTest = webhookUrl?.startsWith(base.replace('/webhook/', '/webhook-test/'));
	return isTest === true ? null : (webhookUrl ?? null);
}

/** The chosen assistants. @throws InvalidInputError for one that is not there, or when none is chosen */
function chosen(context: IHookFunctions, all: Assistant[]): Assistant[] {
	return readAssistants(context).map((id) => {
		const found = all.find((assistant) => assistant.id === id);
		if (found !== undefined) return found;
		throw new InvalidInputError(
			`Autocalls has no assistant ${id}`,
			'Choose the assistants again: it may have been deleted, or belong to another account',
		);
	});
}

/** Puts back what an assistant's webhook was before ours, unless somebody else has changed it since. */
async function restorePrevious(
	client: ApiClient,
	{ id, webhookUrl }: Assistant,
	base: string,
	state: TriggerState,
	before: unknown,
): Promise<void> {
	if (isOurs(webhookUrl, base, state)) await sendTo(client, id, asText(before));
}

/** Whether all chosen assistants tell us of their calls, and no other does. */
export async function webhooksExist(context: IHookFunctions): Promise<boolean> {
	const state = registrationState(context);
	const token = asText(state.fact(kept.token));
	const base = baseOf(context);
	if (token === undefined) return false;
	return await withClient(context, autocalls, async (client) => {
		const all = await allAssistants(client);
		const wanted = chosen(context, all);
		const before = byAssistant(state, kept.assistants);
		for (const id of Object.keys(before)) {
			if (wanted.some((assistant) => assistant.id === id)) continue;
			const dropped = all.find((assistant) => assistant.id === id);
			if (dropped !== undefined) await restorePrevious(client, dropped, base, state, before[id]);
			delete before[id];
		}
		state.keep({ [kept.assistants]: before });
		return wanted.every(({ webhookUrl }) => webhookUrl === `${base}${token}`);
	});
}

/**
 * Sets the webhook of every chosen assistant. All are looked at before any is changed, and those that
 * were changed are put back when a later one fails. @throws NodeOperationError in words for the user
 */
export async function setWebhooks(context: IHookFunctions): Promise<boolean> {
	const state = registrationState(context);
	const base = baseOf(context);
	const token = asText(state.fact(kept.token)) ?? randomBytes(24).toString('hex');
	await withClient(context, autocalls, async (client) => {
		const wanted = chosen(context, await allAssistants(client));
		const before = byAssistant(state, kept.assistants);
		for (const assistant of wanted) {
			const { id, webhookUrl } = assistant;
			// Where ours was there already, what it replaced is known from before.
			if (isOurs(webhookUrl, base, state)) {
				before[id] ??= null;
				continue;
			}
			assertSlotFree(context, assistant, base);
			before[id] = previousUrlOf(base, assistant);
		}
		// Before anything is changed: what is to be put back has to be known whatever happens then.
		state.keep({ [kept.token]: token, [kept.assistants]: before, [kept.base]: base });
		const tried: Assistant[] = [];
		try {
			for (const assistant of wanted) {
				// Autocalls may have done it even where its reply was lost.
				if (context.getMode() === 'manual') {
					beforeTest.set(`${assistant.id} ${base}${token}`, asText(before[assistant.id]) ?? null);
				}
				tried.push({ ...assistant, webhookUrl: `${base}${token}` });
				await sendTo(client, assistant.id, `${base}${token}`);
			}
		} catch (error) {
			// What goes wrong here would hide the failure that the user has to know of.
			await Promise.allSettled(
				tried.map(
					async (assistant) =>
						await restorePrevious(client, assistant, base, state, before[assistant.id]),
				),
			);
			throw toError(error);
		}
	});
	return true;
}

/** @throws InvalidInputError when an assistant tells somebody else, and the user did not say to replace that */
function assertSlotFree(
	context: IHookFunctions,
	{ name, webhookUrl }: Assistant,
	base: string,
): void {
	if (webhookUrl === undefined) return;
	const isActive =
		context.getMode() === 'manual' &&
		webhookUrl.startsWith(base.replace('/webhook-test/', '/webhook/'));
	// A test run must not take the calls of the active workflow, even where it may replace others.
	if (!isActive && readOption(context, 'replaceAnother') === true) return;
	throw isActive
		? new InvalidInputError(
				`The assistant "${name}" sends its calls to this workflow, which is active`,
				'Autocalls has room for one webhook an assistant: deactivate the workflow to listen for a test event',
			)
		: new InvalidInputError(
				`The assistant "${name}" has a webhook already, to ${hostOf(webhookUrl)}`,
				'Remove it in Autocalls, or turn on Replace Another Webhook in the options: it is put back when the workflow is deactivated',
			);
}

/** Takes our webhooks back. */
export async function removeWebhooks(context: IHookFunctions): Promise<boolean> {
	const state = registrationState(context);
	const base = baseOf(context);
	const url = `${base}${asText(state.fact(kept.token)) ?? ''}`;
	const before = byAssistant(state, kept.assistants);
	await withClient(context, autocalls, async (client) => {
		for (const assistant of await allAssistants(client)) {
			await restorePrevious(client, assistant, base, state, before[assistant.id]);
			beforeTest.delete(`${assistant.id} ${url}`);
		}
		state.keep({
			[kept.token]: undefined,
			[kept.assistants]: undefined,
			[kept.told]: undefined,
		});
	});
	return true;
}
