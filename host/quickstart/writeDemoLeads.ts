/* eslint-disable @n8n/community-nodes/no-restricted-imports -- writes a file */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoLeadsCsv } from './demoLeads';
import { workflowsFolder } from '../paths';
import { log } from '../process/log';

/** `npx tsx host/quickstart/writeDemoLeads.ts` writes workflows/demo-leads.csv anew. */
const file = join(workflowsFolder, 'demo-leads.csv');
writeFileSync(file, demoLeadsCsv());
log(`Wrote ${file}`);
