/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command of the repository, never part of a node */
import { PackageDirectoryLoader } from 'n8n-core';
import type { RunContestant } from '../cases/case';

/** Loads a package as n8n does at its start. */
export const load =
	(folder: () => string): RunContestant =>
	async () => {
		const loader = new PackageDirectoryLoader(folder());
		await loader.loadAll();
		return { out: Object.keys(loader.nodeTypes).length };
	};
