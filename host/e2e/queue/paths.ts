/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- resolves the paths of the queue test */
import { join } from 'node:path';
import { stateFolder } from '../../paths';

/** What `npm run test:queue` leaves behind: logs and n8n's user folders. */
export const queueFolder = join(stateFolder, 'queue');

/**
 * The user folder of one n8n process. Each has its own: n8n (2.39) records there which executions
 * are running, and in a shared folder takes those of the other workers for interrupted ones.
 */
export const userFolderOf = (name: string) => join(queueFolder, name);

/** The list that is sent. */
export const listFile = join(queueFolder, 'leads.csv');

export const workflowFolder = join(__dirname, 'workflows');

/** The log file of a process. */
export const logOf = (name: string) => join(queueFolder, `${name}.log`);
