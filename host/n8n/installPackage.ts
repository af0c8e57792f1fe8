/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs npm and unpacks the tarball */
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { PROJECT_ROOT } from '../paths';
import { run } from '../process/processTree';
import { SetupError } from '../process/shutdown';

export const PACKAGE_NAME = 'n8n-nodes-lead-dispatch';

/** Builds the package as `npm run build` does. */
export async function buildPackage(): Promise<void> {
	const { exitCode, output } = await run('npm', ['run', 'build'], { cwd: PROJECT_ROOT });
	// The build draws a spinner: its lines are left out.
	const lines = stripVTControlCharacters(output).replaceAll(
		/^.*(Building TypeScript|Copying static) files.*$/gm,
		'',
	);
	if (exitCode !== 0) throw new SetupError(`The package could not be built:\n${lines.trim()}`);
}

/**
 * Packs the built package and unpacks the tarball in n8n's folder of community packages. A link to
 * the source tree would find this project's node_modules and hide a dependency that is not bundled.
 */
export async function installPackedPackage(userFolder: string): Promise<void> {
	const unpacked = join(userFolder, 'unpacked');
	const target = join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE_NAME);
	await rm(unpacked, { recursive: true, force: true });
	await mkdir(unpacked, { recursive: true });
	await mkdir(join(target, '..'), { recursive: true });

	const packed = await run(
		'npm',
		['pack', '--ignore-scripts', '--silent', '--pack-destination', unpacked],
		{ cwd: PROJECT_ROOT },
	);
	if (packed.exitCode !== 0) {
		throw new SetupError(`The package could not be packed:\n${packed.output.trim()}`);
	}
	const { version } = JSON.parse(await readFile(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
		version: string;
	};
	// Linux, macOS and Windows 10 and later include tar.
	const untar = await run('tar', ['-xzf', `${PACKAGE_NAME}-${version}.tgz`], { cwd: unpacked });
	if (untar.exitCode !== 0) {
		throw new SetupError(`The package could not be unpacked:\n${untar.output.trim()}`);
	}
	await rm(target, { recursive: true, force: true });
	await rename(join(unpacked, 'package'), target);
	await rm(unpacked, { recursive: true, force: true });
}
