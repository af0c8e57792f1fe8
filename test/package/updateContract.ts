/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- `npm run contract`, a tool */
import { existsSync, writeFileSync } from 'node:fs';
import {
	CONTRACT_FILE,
	contractText,
	missingFrom,
	presentContract,
	recordedContract,
	together,
} from './contract';
import { byOrigin } from './storedState';

/** Adds what the built package has and the contract has not. Takes nothing away: that breaks workflows. */
function update(): void {
	const recorded = existsSync(CONTRACT_FILE) ? recordedContract() : {};
	const present = presentContract();
	const gone = missingFrom(byOrigin(recorded).described, present);
	const added = missingFrom(present, recorded);
	writeFileSync(CONTRACT_FILE, contractText(together(recorded, present)));
	for (const line of added) console.log(`+ ${line}`);
	for (const line of gone) console.error(`- ${line}`);
	if (gone.length === 0) return;
	console.error('These are gone, and stored workflows need them: see docs/releasing.md.');
	process.exitCode = 1;
}

update();
