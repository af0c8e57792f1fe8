import type { Mutant } from '../mutant';

export const squadVoiceTrigger: Mutant[] = [
	{
		what: 'SquadVoice Trigger: looks back from where a poll stopped',
		file: 'nodes/SquadVoice/trigger/pollProcessed.ts',
		find: 'processedUpTo: goOnFrom ?? now',
		replace: 'processedUpTo: now',
		tests: ['test/nodes/SquadVoiceTrigger/lookBack.test.ts'],
	},
	{
		what: 'SquadVoice Trigger: remembers everything within Look Back',
		file: 'nodes/SquadVoice/trigger/pollProcessed.ts',
		find: 'seen.truncate(Math.max(DEFAULT_SEEN, count));',
		replace: 'seen.truncate(DEFAULT_SEEN);',
		tests: ['test/nodes/SquadVoiceTrigger/lookBack.test.ts'],
	},
];
