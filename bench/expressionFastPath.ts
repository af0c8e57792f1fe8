/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a command of the repository, never part of a node */
import { createRequire } from 'node:module';
import { run } from '../test/support/engine';
import { leads } from '../test/support/fixtures';

/**
 * `npx tsx bench/expressionFastPath.ts`, after `npm run build`: the CPU time that SquadVoice's Create
 * lead needs for 10,000 items and five parameters like `={{ $json.x }}` in a preview, with the
 * shortcut of nodes/shared/parameters/expressionFastPath.ts and without it.
 */
const ITEMS = 10_000;
const PASSES = 3;

const fastPath: object = createRequire(__filename)(
	'../dist/nodes/shared/parameters/expressionFastPath.js',
);
const original = { ...fastPath };

async function cpuMs(isFast: boolean): Promise<number> {
	Object.assign(fastPath, isFast ? original : { columnTemplate: () => undefined });
	let before = process.cpuUsage();
	let used = 0;
	const { items } = await run({
		node: 'squadVoice',
		items: leads(ITEMS).map((lead, index) => ({ ...lead, reference: `r${index}` })),
		credentials: {
			leadDispatchSquadVoiceApi: {
				apiVersion: 'v1',
				market: 'us',
				baseUrl: 'http://127.0.0.1:9',
				accessToken: 'not used in a preview',
			},
		},
		parameters: {
			resource: 'lead',
			operation: 'create',
			campaign: { __rl: true, mode: 'id', value: '0PT711' },
			phoneNumber: '={{ $json.phone }}',
			contactName: '={{ $json.name }}',
			leadId: '={{ $json.id }}',
			state: '={{ $json.state }}',
			customFieldsMode: 'define',
			customFields: { field: [{ name: 'reference', value: '={{ $json.reference }}' }] },
			options: { previewOnly: true },
		},
		onNodeStart: () => {
			before = process.cpuUsage();
		},
		onNodeEnd: () => {
			const { user, system } = process.cpuUsage(before);
			used = (user + system) / 1000;
		},
	});
	if (items.length !== ITEMS) throw new Error(`${items.length} of ${ITEMS} items came out`);
	return Math.round(used);
}

async function main(): Promise<void> {
	for (let pass = 0; pass <= PASSES; pass++) {
		const figures = { with: await cpuMs(true), without: await cpuMs(false) };
		// The first pass warms up.
		if (pass > 0) console.log(`${figures.with} ms CPU with it, ${figures.without} ms without`);
	}
}

void main();
