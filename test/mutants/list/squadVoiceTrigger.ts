import type { Mutant } from '../mutant';

export const squadVoiceTrigger: Mutant[] = [
	{
		what: 'SquadVoice Trigger: looks back from where a poll stopped',
		file: 'nodes/SquadVoice/trigger/scan.ts',
		find: 'processedUpTo: resumeFrom ?? now',
		replace: 'processedUpTo: now',
		tests: ['test/nodes/SquadVoiceTrigger/lookBack.test.ts'],
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
