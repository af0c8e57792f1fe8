/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command of the repository, never part of a node */
import path from 'node:path';

/** Of the repository: commands are started there. */
export const root = process.cwd();

/** What the command makes for itself; two levels below the root, as the sources of the tests are. */
export const buildFolder = path.join(root, '.bench', 'build');

/** A package that the benchmark has installed for itself. */
export const packageFolder = (name: string) => path.join(root, 'bench', 'node_modules', name);

/** A package without nodes, made by the command: what loading costs without anything to load. */
export const emptyPackage = () => path.join(buildFolder, 'empty');

/** Where CPU profiles go to; Chromium's developer tools show them. */
export const profileFolder = path.join(root, '.bench', 'profiles');
