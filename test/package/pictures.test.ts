/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, which never runs inside n8n */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { presentFingerprints, recordedFingerprints } from '../../host/e2e/pictures/fingerprint';
import { PICTURES } from '../../host/e2e/pictures/pictures';
import { linksOf, pages, textOfPage } from './docs';
import { filesBelow, ROOT } from './support';

const files = PICTURES.map(({ file }) => `${file}.png`);

it('no picture is older than what it shows (`npm run pictures` captures them again)', () => {
	expect(recordedFingerprints()).toEqual(presentFingerprints());
});

it('every picture of the docs is captured by the end-to-end tests, and shown in a page', () => {
	const pictures = filesBelow(path.join(ROOT, 'docs', 'images'));
	expect(pictures.filter((file) => file.endsWith('.png')).sort()).toEqual([...files].sort());
	const shown = new Set(
		pages.flatMap((page) =>
			linksOf(textOfPage(page)).map((link) => path.join(path.dirname(page), link)),
		),
	);
	expect(files.filter((file) => !shown.has(path.join('docs', 'images', file)))).toEqual([]);
});

it('the fingerprint of a picture changes with what it shows', () => {
	const { 'step-stops': create, 'close-custom-fields': update } = presentFingerprints();
	expect(create).not.toBe(update);
	expect(existsSync(path.join(ROOT, 'dist'))).toBe(true);
});
