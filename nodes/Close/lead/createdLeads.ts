import { RunJournal } from '../../shared/actions/resume/RunJournal';
import type { ApiClient } from '../../shared/transport/ApiClient';
import { asText, type JsonObject } from '../../shared/values/json';
import { LruMap } from '../../shared/values/LruMap';
import { keysOfLead } from './leadKeys';

/** Far longer than search lags, and than the pause between two runs of one list. */
const REMEMBERED_MS = 600_000;
/** Keys, of which a lead has about four; some megabytes. */
const MAX_KEYS = 50_000;
const MAX_LEADS = 10_000;

/** Leads that this process created, by hashes of account and key: search does not show them yet. */
const created = new LruMap<string, { id: string; at: number }>(MAX_KEYS);
/** The hashed keys of such leads, by account and ID. */
const keysOfCreated = new LruMap<string, { keys: ReadonlySet<string>; at: number }>(MAX_LEADS);

function accountOf({ account }: ApiClient): string {
	return `${account.baseUrl} ${account.accountKey}`;
}

/** Remembers a lead that Close has just created. @param body as it was sent */
export function rememberCreated(client: ApiClient, body: JsonObject, reply: JsonObject): void {
	const id = asText(reply.id);
	if (id === undefined) return;
	const account = accountOf(client);
	const keys = new Set<string>();
	const at = Date.now();
	for (const key of keysOfLead({ ...body, id })) {
		const hash = RunJournal.hashKey(`${account} ${key}`);
		keys.add(hash);
		created.set(hash, { id, at });
	}
	keysOfCreated.set(`${account} ${id}`, { keys, at });
}

/** A test for leads that this process created within the last minutes: whether they have one of these keys. Undefined for others. */
export function createdLeadTest(
	client: ApiClient,
	keys: readonly string[],
): (id: unknown) => boolean | undefined {
	const account = accountOf(client);
	const wanted = keys.map((key) => RunJournal.hashKey(`${account} ${key}`));
	return (id) => {
		const known = keysOfCreated.get(`${account} ${asText(id) ?? ''}`);
		if (known === undefined || Date.now() - known.at >= REMEMBERED_MS) return undefined;
		return wanted.some((key) => known.keys.has(key));
	};
}

/** IDs of leads with one of these keys that this process created within the last minutes. */
export function createdWith(client: ApiClient, keys: readonly string[]): string[] {
	const account = accountOf(client);
	const ids = keys.flatMap((key) => {
		const known = created.get(RunJournal.hashKey(`${account} ${key}`));
		return known !== undefined && Date.now() - known.at < REMEMBERED_MS ? [known.id] : [];
	});
	return [...new Set(ids)];
}
