/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- knows where the queue test keeps its files */
import { join } from 'node:path';
import { stateFolder } from '../../paths';

/** Everything that `npm run test:queue` leaves behind but the databases: logs and n8n's user folder. */
export const queueFolder = join(stateFolder, 'queue');

/**
 * The user folder of one n8n process. Each has its own: at its start n8n reads in that folder which
 * executions were cut off, and in a shared one it takes those of the other workers for such.
 */
export const userFolderOf = (name: string) => join(queueFolder, name);

/** The list that is pushed. */
export const listFile = join(queueFolder, 'leads.csv');

export const workflowFolder = join(__dirname, 'workflows');

/** Where a process of the test writes what it prints. */
export const logOf = (name: string) => join(queueFolder, `${name}.log`);
