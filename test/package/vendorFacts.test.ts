/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, which never runs inside n8n */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sectionOf } from './docs';
import { ROOT } from './support';
import {
	assumptionsBelow,
	assumptionsIn,
	fieldsIn,
	isRequest,
	questionsIn,
	routesOf,
	wrongTest,
} from './vendorFacts';

const page = readFileSync(path.join(ROOT, 'docs/vendors.md'), 'utf8');

/** Where the sandbox plays each vendor; what all vendors share is under All vendors. */
const folders = new Map([
	['SquadVoice', ['vendors/squadVoice']],
	['Aktify', ['vendors/aktify']],
	['Autocalls', ['vendors/autocalls']],
	['Close', ['vendors/close']],
	['All vendors', ['lib', 'server', 'webhooks', 'admin']],
]);

const unique = (texts: readonly string[]) => [...new Set(texts)].sort();

describe.each([...folders])('docs/vendors.md: %s', (vendor, below) => {
	const questions = questionsIn(sectionOf(page, vendor));

	it('asks each question once, and says how we know', () => {
		expect(questions.length).toBeGreaterThan(0);
		expect(questions.map(({ question }) => question).sort()).toEqual(
			unique(questions.map(({ question }) => question)),
		);
		const unclear = ({ howWeKnow }: { howWeKnow: string }) =>
			!/^(?:known, from \S|assumed; \S|open; \S)/.test(howWeKnow);
		expect(questions.filter(unclear)).toEqual([]);
	});

	it('lists exactly what the sandbox assumes', () => {
		const assumed = questions.filter(({ howWeKnow }) => howWeKnow.startsWith('assumed; '));
		expect(unique(assumptionsBelow(below))).toEqual(
			unique(assumed.map(({ question }) => question)),
		);
	});
});

describe.each(['SquadVoice', 'Aktify', 'Autocalls', 'Close'])('How we know: %s', (vendor) => {
	const fields = fieldsIn(sectionOf(page, vendor));

	it('has the requests that the sandbox answers', async () => {
		const requests = fields.filter(isRequest).map(({ request }) => request);
		expect(unique(requests)).toEqual(unique(await routesOf(vendor)));
	});

	it('names a test for each field that is used', () => {
		expect(fields.flatMap((field) => wrongTest(field) ?? [])).toEqual([]);
	});
});

describe('the gate itself', () => {
	it('reads the questions of comments over several lines, and finds those without one', () => {
		const text = `/**
 * Reads a page. ASSUMED (the largest page (in
 * leads)): 500. Confirmed by one.
 */
// ASSUMED: something else.
const ASSUMED_DATA = {};`;
		expect(assumptionsIn(text)).toEqual(['the largest page (in leads)', '']);
	});

	it('finds a row without a test, with a missing one, and with one that does not know the field', () => {
		const row = { request: 'GET /x', setBy: '', comesOutAs: '' };
		const test = 'test/package/vendorFacts.test.ts';
		const missing = ['not', 'InThisFile'].join('');
		expect(wrongTest({ ...row, field: 'email', test: '–' })).toContain('no test');
		expect(wrongTest({ ...row, field: 'email', test: 'test/none.test.ts' })).toContain('no test');
		expect(wrongTest({ ...row, field: missing, test })).toContain('not in');
		expect(wrongTest({ ...row, field: 'email', test })).toBeUndefined();
	});
});
