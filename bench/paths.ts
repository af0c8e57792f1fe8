/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command of the repository, never part of a node */
import path from 'node:path';

/** The root of the repository: commands start there. */
export const root = process.cwd();

/** The compiled code of the child processes. */
export const buildFolder = path.join(root, '.bench', 'build');

/** The folder of a package that only the benchmark installs. */
export const packageFolder = (name: string) => path.join(root, 'bench', 'node_modules', name);

/** A package without nodes: what loading itself costs. */
export const emptyPackage = () => path.join(buildFolder, 'empty');

/** The folder of CPU profiles, which Chromium's developer tools show. */
export const profileFolder = path.join(root, '.bench', 'profiles');
