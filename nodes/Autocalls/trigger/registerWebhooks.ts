import type { IHookFunctions } from 'n8n-workflow';
import { randomBytes } from 'crypto';
import { LruMap } from '../../shared/values/LruMap';
import { openClient } from '../../shared/transport/withClient';
import { toError } from '../../shared/values/json';
import { InvalidInputError } from '../../shared/errors/InvalidInputError';
import type { ApiClient } from '../../shared/transport/ApiClient';
import {
	createRegistration,
	findRegistration,
	removeRegistration,
} from '../../shared/trigger/registration';
import { allAssistants, hostOf, setWebhook, type Assistant } from '../lead/assistants';
import { autocalls } from '../transport/vendor';
import { AutocallsTriggerState } from './state';
import { parametersOf, readAssistants } from './parameters';

/** Our address up to its token, in the query: a token in the path needs a path that only one workflow has. */
function baseOf(context: IHookFunctions): string {
	return `${context.getNodeWebhookUrl('default') ?? ''}?token=`;
}

/** By assistant and address of a running test: the address that the test has replaced; null for none. */
const urlsBeforeTest = new LruMap<string, string | null>(1_000);

/** The address of an assistant's webhook before ours, not counting that of a running test. */
function previousUrlOf(base: string, { id, webhookUrl }: Assistant): string | null {
	const found = urlsBeforeTest.get(`${id} ${webhookUrl ?? ''}`);
	if (found !== undefined) return found;
	const isTest = webhookUrl?.startsWith(base.replace('/webhook/', '/webhook-test/'));
	return isTest === true ? null : (webhookUrl ?? null);
}

function findAssistants(ids: string[], all: Assistant[]): Assistant[] {
	return ids.map((id) => {
		const found = all.find((assistant) => assistant.id === id);
		if (found !== undefined) return found;
		throw new InvalidInputError(
			`Autocalls has no assistant ${id}`,
			'It may have been deleted, or belong to another account. Choose the assistants again',
		);
	});
}

/** Restores an assistant's webhook from before ours, unless it was changed since. */
async function restorePrevious(
	client: ApiClient,
	{ id, webhookUrl }: Assistant,
	base: string,
	state: AutocallsTriggerState,
	before: string | null | undefined,
): Promise<void> {
	if (state.isOwnUrl(webhookUrl, base)) await setWebhook(client, id, before ?? undefined);
}

/** True if all selected assistants send their calls to us, and no other does. */
export async function webhooksExist(context: IHookFunctions): Promise<boolean> {
	return await findRegistration(context, AutocallsTriggerState, async (state) => {
		const { token } = state.data;
		const base = baseOf(context);
		if (token === undefined) return false;
		const client = await openClient(context, autocalls);
		const ids = readAssistants(context);
		const all = await allAssistants(client);
		const selected = findAssistants(ids, all);
		const before = { ...state.data.assistants };
		for (const id of Object.keys(before)) {
			if (selected.some((assistant) => assistant.id === id)) continue;
			const removed = all.find((assistant) => assistant.id === id);
			if (removed !== undefined) await restorePrevious(client, removed, base, state, before[id]);
			delete before[id];
		}
		state.update({ assistants: before });
		return selected.every(({ webhookUrl }) => webhookUrl === `${base}${token}`);
	});
}

/** Sets all webhooks or none: checks first, and restores after a failure. @throws NodeOperationError */
export async function setWebhooks(context: IHookFunctions): Promise<boolean> {
	return await createRegistration(context, AutocallsTriggerState, async (state) => {
		const base = baseOf(context);
		const token = state.data.token ?? randomBytes(24).toString('hex');
		const client = await openClient(context, autocalls);
		const ids = readAssistants(context);
		const selected = findAssistants(ids, await allAssistants(client));
		const before = { ...state.data.assistants };
		for (const assistant of selected) {
			const { id, webhookUrl } = assistant;
			// If ours is already set, `before` has what it replaced.
			if (state.isOwnUrl(webhookUrl, base)) {
				before[id] ??= null;
				continue;
			}
			assertSlotFree(context, assistant, base);
			before[id] = previousUrlOf(base, assistant);
		}
		// Stored before anything is changed, so that it can be restored whatever happens then.
		state.update({ token, assistants: before, base: state.data.base ?? base });
		const attempted: Assistant[] = [];
		try {
			for (const assistant of selected) {
				// Recorded before the request: Autocalls may have set it even if its response is lost.
				if (state.isTest) {
					urlsBeforeTest.set(`${assistant.id} ${base}${token}`, before[assistant.id] ?? null);
				}
				attempted.push({ ...assistant, webhookUrl: `${base}${token}` });
				await setWebhook(client, assistant.id, `${base}${token}`);
			}
		} catch (error) {
			// `allSettled`: a failure here must not hide the one to report.
			await Promise.allSettled(
				attempted.map(
					async (assistant) =>
						await restorePrevious(client, assistant, base, state, before[assistant.id]),
				),
			);
			throw toError(error);
		}
		// Only now: until all are replaced, some assistants may still have the address from before n8n moved.
		state.update({ base });
	});
}

/** @throws InvalidInputError if an assistant has another webhook that may not be replaced */
function assertSlotFree(
	context: IHookFunctions,
	{ name, webhookUrl }: Assistant,
	base: string,
): void {
	if (webhookUrl === undefined) return;
	const isPublished =
		context.getMode() === 'manual' &&
		webhookUrl.startsWith(base.replace('/webhook-test/', '/webhook/'));
	// A test run must not take the calls of the published workflow, even if it may replace others.
	if (!isPublished && parametersOf(context).option('replaceAnother') === true) return;
	throw isPublished
		? new InvalidInputError(
				`The assistant "${name}" sends its calls to this workflow, which is published`,
				'Each assistant can have only one webhook. Unpublish the workflow to listen for a test event.',
			)
		: new InvalidInputError(
				`The assistant "${name}" already has a webhook, to ${hostOf(webhookUrl)}`,
				'Remove it in Autocalls, or turn on Replace Existing Webhook in the options, which restores it when you unpublish the workflow',
			);
}

/** Removes our webhooks, and restores those they replaced. */
export async function removeWebhooks(context: IHookFunctions): Promise<boolean> {
	return await removeRegistration(context, AutocallsTriggerState, async (state) => {
		const base = baseOf(context);
		const url = `${base}${state.data.token ?? ''}`;
		const before = { ...state.data.assistants };
		const client = await openClient(context, autocalls);
		for (const assistant of await allAssistants(client)) {
			await restorePrevious(client, assistant, base, state, before[assistant.id]);
			urlsBeforeTest.delete(`${assistant.id} ${url}`);
		}
		state.update({ token: undefined, assistants: {}, reportedForeignUrls: {} });
	});
}
