/**
 * `gulp bundle`, the second half of `npm run build`: puts libphonenumber-js into the one compiled
 * module that uses it, because a community node may not bring dependencies, and removes from dist
 * what does not ship. `n8n-node build` (tsc) has to run before it.
 */
const { existsSync } = require('node:fs');
const { readdir, readFile, rm } = require('node:fs/promises');
const path = require('node:path');

const esbuild = require('esbuild');

const DIST = path.join(__dirname, 'dist');
const BUNDLE = path.join(DIST, 'nodes', 'shared', 'values', 'phone', 'libphonenumber.js');
const LIBRARY = 'libphonenumber-js';
const SOURCE = path.join(__dirname, 'nodes', 'shared', 'values', 'phone', 'libphonenumber.ts');
const SHIPPED = ['credentials', 'icons', 'nodes'];
const REQUIRES_LIBRARY = new RegExp(
	`(?:require|import)\\(\\s*["'\`]${LIBRARY}|from\\s*["']${LIBRARY}`,
);

async function bundle() {
	if (!existsSync(BUNDLE)) {
		throw new Error(
			'dist/nodes/shared/values/phone/libphonenumber.js is missing: run `npm run build`, which compiles first.',
		);
	}
	await bundleLibrary();
	await removeWhatDoesNotShip();
	await checkNothingElseNeedsTheLibrary();
}
bundle.displayName = 'bundle';
bundle.description =
	'Bundles libphonenumber-js into dist/nodes/shared/values/phone/libphonenumber.js and cleans dist';

async function bundleLibrary() {
	const { version, license } = require(`${LIBRARY}/package.json`);
	if (license !== 'MIT') {
		throw new Error(
			`${LIBRARY} ${version} is licensed as ${license}: THIRD_PARTY_NOTICES.md says MIT.`,
		);
	}

	const { metafile, warnings } = await esbuild.build({
		// The source, not what tsc made of it: from ES modules the unused half of the library drops out.
		entryPoints: [SOURCE],
		outfile: BUNDLE,
		absWorkingDir: __dirname,
		bundle: true,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
		// Readable for who reviews the package.
		minify: false,
		legalComments: 'inline',
		charset: 'utf8',
		external: ['n8n-workflow'],
		banner: {
			js: [
				`/* Bundled: ${LIBRARY} ${version}, MIT license, Copyright (c) 2016 @catamphetamine,`,
				" * with numbering metadata of Google's libphonenumber, Apache License 2.0.",
				' * Full license text: THIRD_PARTY_NOTICES.md in the root of this package.',
				' * This file is nodes/shared/values/phone/libphonenumber.ts, compiled, with that library in front of it. */',
			].join('\n'),
		},
		metafile: true,
		logLevel: 'silent',
	});
	if (warnings.length > 0) throw new Error(warnings.map((warning) => warning.text).join('\n'));

	const strangers = Object.keys(metafile.inputs).filter(
		(file) =>
			path.resolve(__dirname, file) !== SOURCE && !file.includes(`node_modules/${LIBRARY}/`),
	);
	if (strangers.length > 0) {
		throw new Error(
			`Only ${LIBRARY} may be bundled into libphonenumber.js, but found ${strangers.join(', ')}.`,
		);
	}
}

async function removeWhatDoesNotShip() {
	for (const entry of await readdir(DIST)) {
		if (!SHIPPED.includes(entry)) await rm(path.join(DIST, entry), { recursive: true });
	}
	for (const file of await filesOfDist()) {
		if (!/\.(?:js|json|svg)$/.test(file)) await rm(file);
	}
}

async function checkNothingElseNeedsTheLibrary() {
	for (const file of await filesOfDist()) {
		if (file.endsWith('.js') && REQUIRES_LIBRARY.test(await readFile(file, 'utf8'))) {
			throw new Error(
				`${path.relative(__dirname, file)} still requires ${LIBRARY}: it would not load once installed.`,
			);
		}
	}
}

async function filesOfDist() {
	const entries = await readdir(DIST, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

exports.bundle = bundle;
exports.default = bundle;
