import type { IContextObject } from 'n8n-workflow';
import { hasOutcome, RunJournal } from '../../../../../nodes/shared/actions/resume/RunJournal';
import { created } from '../fakes';

/** Opens the journal on what n8n carries over from attempt to attempt. */
function open(
	store: IContextObject,
	{ run = 0, operation = 'lead.create', account = 'one' } = {},
): RunJournal {
	return RunJournal.open(
		{ getContext: () => store, getWorkflowDataProxy: () => ({ $runIndex: run }) },
		operation,
		account,
	);
}

describe('RunJournal', () => {
	it('returns what an earlier attempt wrote, also after it was stored as JSON', () => {
		const store: IContextObject = {};
		const first = open(store);
		first.set('a', created(1));
		first.set('b', 'sent');
		const next = open(JSON.parse(JSON.stringify(store)));
		expect([next.get('a'), next.get('b'), next.get('c')]).toEqual([created(1), 'sent', undefined]);
		expect([next.get('a'), next.get('b')].map(hasOutcome)).toEqual([true, false]);
	});

	it.each([
		['another run of the node, as in a loop', { run: 1 }],
		['another operation', { operation: 'lead.disable' }],
	])('starts empty for %s', (_, other) => {
		const store: IContextObject = {};
		open(store).set('a', 'sent');
		expect(open(store, other).get('a')).toBeUndefined();
	});

	it('doubts what another account was sent, and recalls it when the credential is changed back', () => {
		const store: IContextObject = {};
		open(store).set('a', created(1));
		const other = open(store, { account: 'two' });
		expect(other.get('a')).toBe('sent');
		other.set('b', 'sent');
		const back = open(JSON.parse(JSON.stringify(store)));
		expect([back.get('a'), back.get('b')]).toEqual([created(1), 'sent']);
	});

	it('takes a journal that names no account for its own', () => {
		const store = { leadDispatch: { run: 'lead.create|0', entries: { a: created(1) } } };
		expect(open(store).get('a')).toEqual(created(1));
	});

	it('forgets a lead, and everything when it is cleared', () => {
		const store: IContextObject = {};
		const journal = open(store);
		journal.set('a', 'sent');
		journal.set('b', 'sent');
		journal.forget('a');
		expect([journal.get('a'), journal.get('b')]).toEqual([undefined, 'sent']);
		journal.clear();
		expect(store).toEqual({});
	});

	it('ignores entries that it did not write', () => {
		const entries = { a: 'gone', b: { kind: 'created' }, c: 7, d: { data: {} } };
		const store = { leadDispatch: { run: 'lead.create|0', entries } };
		const journal = open(store);
		expect(Object.keys(entries).map((key) => journal.get(key))).toEqual(Array(4).fill(undefined));
		expect(journal.get('constructor')).toBeUndefined();
	});

	it('hashes keys to 22 characters that show nothing of the lead', () => {
		const key = RunJournal.hashKey('+12062000000');
		expect(key).toMatch(/^[\w-]{22}$/);
		expect(key).not.toBe(RunJournal.hashKey('+12062000001'));
		expect(key).toBe(RunJournal.hashKey('+12062000000'));
	});
});
