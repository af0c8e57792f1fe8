/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- resolves the paths of this project */
import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A real path: n8n compares real paths when it decides which files a workflow may access. */
export const PROJECT_ROOT = realpathSync(resolve(__dirname, '..'));

export const HOST_FOLDER = join(PROJECT_ROOT, 'host');

/**
 * The folder with the n8n to run, with its own package.json, lockfile and node_modules: `host` has the pinned one; the
 * other ones, `host/oldest` and `host/newest`, are run by `npm run test:compat -- --host`.
 */
export const N8N_FOLDER = join(HOST_FOLDER, process.env.LEAD_DISPATCH_N8N ?? '');

export const WORKFLOWS_FOLDER = join(PROJECT_ROOT, 'workflows');

/** What a run leaves behind: n8n's database and log, screenshots. Not in git. */
export const STATE_FOLDER = join(PROJECT_ROOT, '.host');

/** N8N_USER_FOLDER of `npm start`, in which n8n creates `.n8n`. It survives; the sandbox's data is beside `.n8n`. */
export const LASTING_FOLDER = join(STATE_FOLDER, 'n8n');

/** N8N_USER_FOLDER of tests and of `npm start -- --once`: deleted at the start of each. */
export const SCRATCH_FOLDER = join(STATE_FOLDER, 'n8n-scratch');

export const N8N_LOG_FILE = join(STATE_FOLDER, 'n8n.log');

export const SCREENSHOTS_FOLDER = join(STATE_FOLDER, 'screenshots');

/** The pictures of the docs as the end-to-end tests took them; `npm run pictures` copies them to docs/images. */
export const PICTURES_FOLDER = join(STATE_FOLDER, 'pictures');

export const DOCS_IMAGES_FOLDER = join(PROJECT_ROOT, 'docs', 'images');
