/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command of the repository, never part of a node */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isObject } from '../../nodes/shared/values/json';
import { packageFolder, root } from '../paths';
import type { Machine } from '../report/results';

function versionIn(folder: string): string {
	const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
	return isObject(manifest) ? String(manifest.version) : '';
}

/** The machine and the compared versions. */
export function describeThisMachine(seed: number): Machine {
	const installed = (name: string) => versionIn(path.join(root, 'node_modules', name));
	const compared = ['@crm-kraft/n8n-nodes-close', 'n8n-nodes-base', 'undici'];
	const others = compared.map((name) => [name, versionIn(packageFolder(name))]);
	return {
		date: new Date().toISOString(),
		cpu: os.cpus()[0]?.model.trim() ?? 'an unknown processor',
		cores: os.availableParallelism(),
		memoryGb: Math.round(os.totalmem() / 1024 ** 3),
		system: `${os.type()} ${os.release()}`,
		node: process.versions.node,
		versions: {
			'n8n-nodes-lead-dispatch': versionIn(root),
			'n8n-core': installed('n8n-core'),
			...Object.fromEntries(others),
		},
		seed,
	};
}
