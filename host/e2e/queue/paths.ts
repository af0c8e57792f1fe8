/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- resolves the paths of the queue test */
import { join } from 'node:path';
import { STATE_FOLDER } from '../../paths';

/** What `npm run test:queue` leaves behind: logs and n8n's user folders. */
export const QUEUE_FOLDER = join(STATE_FOLDER, 'queue');

/**
 * The user folder of one n8n process. Each has its own: n8n (2.41) records there which executions
 * are running, and in a shared folder takes those of the other workers for interrupted ones.
 */
export const userFolderOf = (name: string) => join(QUEUE_FOLDER, name);

/** The list that is sent. */
export const LIST_FILE = join(QUEUE_FOLDER, 'leads.csv');

export const QUEUE_WORKFLOWS_FOLDER = join(__dirname, 'workflows');

/** The log file of a process. */
export const logOf = (name: string) => join(QUEUE_FOLDER, `${name}.log`);
