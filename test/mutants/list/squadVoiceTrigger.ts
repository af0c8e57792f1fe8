import type { Mutant } from '../mutant';

export const squadVoiceTrigger: Mutant[] = [
	{
		what: 'SquadVoice Trigger: a scan over several polls ends where its first one began',
		file: 'nodes/SquadVoice/trigger/pollProcessed.ts',
		find: 'cursor.scanUpTo ?? (await vendorNow(client, campaign))',
		replace: 'await vendorNow(client, campaign)',
		tests: ['test/nodes/SquadVoiceTrigger/events.test.ts'],
	},
	{
		what: 'SquadVoice Trigger: continues an unfinished scan of an earlier version',
		file: 'nodes/SquadVoice/trigger/scan.ts',
		find: 'scanUpTo ?? resumeFrom ?? upTo',
		replace: 'upTo',
		tests: ['test/unit/SquadVoice/trigger/scan.test.ts'],
	},
	{
		what: 'SquadVoice Trigger: remembers everything within Look Back',
		file: 'nodes/SquadVoice/trigger/scan.ts',
		find: 'seenAgain: count }',
		replace: 'seenAgain: 0 }',
		tests: ['test/unit/SquadVoice/trigger/scan.test.ts'],
	},
	{
		what: 'SquadVoice Trigger: processings without a time are distinguished by their content',
		file: 'nodes/SquadVoice/trigger/parameters.ts',
		find: 'JSON.stringify(lead)',
		replace: "''",
		tests: ['test/nodes/SquadVoiceTrigger/events.test.ts'],
	},
];
