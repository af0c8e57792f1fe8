/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command of the repository, never part of a node */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compile } from './compile';
import { mutate } from './mutate';
import type { Mutant } from './mutant';
import { tokensOf } from './tokens';

function isSameCode(one: string, other: string): boolean {
	const texts = [one, other].map((text) => tokensOf(text).map((token) => token.text));
	return JSON.stringify(texts[0]) === JSON.stringify(texts[1]);
}

/** What is wrong with a mutant: it no longer applies, changes nothing, or names no test. */
export function problemsOf(root: string, mutant: Mutant): string[] {
	const problems: string[] = [];
	for (const mutation of [mutant, ...(mutant.and === undefined ? [] : [mutant.and])]) {
		try {
			const text = readFileSync(path.join(root, mutation.file), 'utf8');
			const mutated = mutate(text, mutation);
			compile(root, mutation.file, mutated);
			if (isSameCode(text, mutated)) problems.push('changes no code');
		} catch (error) {
			problems.push(error instanceof Error ? error.message : String(error));
		}
	}
	const { tests = [], cells } = mutant;
	if (tests.length === 0 && cells === undefined) problems.push('names no test');
	const missing = tests.filter((test) => !existsSync(path.join(root, test)));
	problems.push(...missing.map((test) => `${test} does not exist`));
	return problems.map((problem) => `${mutant.what}: ${problem}`);
}
