/* eslint-disable @n8n/community-nodes/no-restricted-imports -- end-to-end tests: they write pictures */
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DOCS_IMAGES_FOLDER, PICTURES_FOLDER } from '../../paths';
import type { QuickStart } from '../../quickstart/environment';
import type { CheckRunner } from '../checks';
import { assert } from '../checks';
import { takeCanvasPicture } from '../editor/canvasPicture';
import type { Editor } from '../editor/Editor';
import { workflowOf } from '../examples/run';
import { FINGERPRINTS_FILE, presentFingerprints } from './fingerprint';
import { PICTURES } from './pictures';
import { scenes } from './scenes';

const pathOf = (file: string) => join(PICTURES_FOLDER, `${file}.png`);

/** Copies the pictures to docs/images, and records what they show. */
async function save(): Promise<void> {
	for (const { file } of PICTURES) {
		await copyFile(pathOf(file), join(DOCS_IMAGES_FOLDER, `${file}.png`));
	}
	await writeFile(FINGERPRINTS_FILE, `${JSON.stringify(presentFingerprints(), null, '\t')}\n`);
}

/** Takes every picture of the docs in the running n8n. @param isSaved whether they replace those in docs/images */
export async function checkPictures(
	checks: CheckRunner,
	quickStart: QuickStart,
	editor: Editor,
	isSaved: boolean,
): Promise<void> {
	await rm(PICTURES_FOLDER, { recursive: true, force: true });
	for (const { file } of PICTURES) await mkdir(dirname(pathOf(file)), { recursive: true });
	const captured = new Set<string>();
	const shoot = async (file: string) => {
		await editor.page.screenshot({ path: pathOf(file) });
		captured.add(file);
	};
	for (const { what, play } of scenes) {
		await checks.check(`pictures: ${what}`, async () => await play({ editor, quickStart, shoot }));
	}
	for (const { file, workflow } of PICTURES) {
		if (workflow === undefined) continue;
		await checks.check(`pictures: the canvas of ${workflow}`, async () => {
			await takeCanvasPicture(editor, workflowOf(workflow).id, pathOf(file));
			captured.add(file);
		});
	}
	await checks.check('pictures: all pictures of the docs were captured', async () => {
		const missing = PICTURES.filter(({ file }) => !captured.has(file)).map(({ file }) => file);
		assert(missing.length === 0, missing.join(', '));
		if (isSaved) await save();
	});
}
