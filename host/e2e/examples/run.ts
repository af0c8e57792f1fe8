/* eslint-disable @n8n/community-nodes/no-restricted-imports -- end-to-end tests: they read files */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckRunner } from '../checks';
import type { Editor } from '../editor/Editor';
import { WORKFLOWS_FOLDER } from '../../paths';
import type { QuickStart } from '../../quickstart/environment';
import { DataTable } from './DataTable';
import type { Example, ExampleContext } from './example';
import { examples } from './examples';

/** The ID and name of an example, from its file. */
export function workflowOf(file: string): { id: string; name: string } {
	return JSON.parse(readFileSync(join(WORKFLOWS_FOLDER, `${file}.json`), 'utf8'));
}

/** Empties vendors and tables, and prepares one example. */
async function prepare(
	context: ExampleContext,
	{ prepare: setUp, published, file }: Example,
): Promise<void> {
	const { world, doNotContact, leadsToFix, n8n } = context;
	world.reset();
	await doNotContact.empty();
	await leadsToFix.empty();
	await setUp?.(context);
	if (published) await n8n.publish(workflowOf(file).id);
}

/** Runs every example workflow in the running n8n against the sandbox. */
export async function checkExamples(
	checks: CheckRunner,
	{ n8n, world, editorUrl }: QuickStart,
	editor: Editor,
): Promise<void> {
	const context: ExampleContext = {
		n8n,
		world,
		editor,
		url: editorUrl,
		doNotContact: new DataTable(n8n, 'do_not_contact'),
		leadsToFix: new DataTable(n8n, 'leads_to_fix'),
	};
	for (const example of examples) {
		const { name, id } = workflowOf(example.file);
		for (const [nth, { what, run }] of example.steps.entries()) {
			await checks.check(`example: ${name}: ${what}`, async () => {
				if (nth === 0) await prepare(context, example);
				await run(context);
			});
		}
		if (!example.published) continue;
		await checks.check(`example: ${name}: is unpublished`, async () => await n8n.unpublish(id));
	}
	world.reset();
}
