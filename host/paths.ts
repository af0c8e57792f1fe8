/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- resolves the paths of this project */
import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A real path: n8n compares real paths when it decides which files a workflow may access. */
export const projectRoot = realpathSync(resolve(__dirname, '..'));

/** The folder with the pinned n8n: its own package.json, lockfile and node_modules. */
export const hostFolder = join(projectRoot, 'host');

export const workflowsFolder = join(projectRoot, 'workflows');

/** What a run leaves behind: n8n's database and log, screenshots. Not in git. */
export const stateFolder = join(projectRoot, '.host');

/** N8N_USER_FOLDER, in which n8n creates `.n8n`. */
export const n8nUserFolder = join(stateFolder, 'n8n');

export const n8nLog = join(stateFolder, 'n8n.log');

export const screenshotsFolder = join(stateFolder, 'screenshots');
