/* eslint-disable @n8n/community-nodes/no-restricted-imports -- writes a file */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoLeadsCsv } from './demoLeads';
import { WORKFLOWS_FOLDER } from '../paths';
import { log } from '../process/log';

/** `npx tsx host/quickstart/writeDemoLeads.ts` generates workflows/demo-leads.csv. */
const file = join(WORKFLOWS_FOLDER, 'demo-leads.csv');
writeFileSync(file, demoLeadsCsv());
log(`Wrote ${file}`);
