import { aktifyTrigger } from './list/aktifyTrigger';
import { autocallsActions } from './list/autocallsActions';
import { autocallsTrigger } from './list/autocallsTrigger';
import { closeTrigger } from './list/closeTrigger';
import { fuzzers } from './list/fuzzers';
import { sharedActions } from './list/sharedActions';
import { sharedOutputs } from './list/sharedOutputs';
import { sharedParameters } from './list/sharedParameters';
import { sharedValues } from './list/sharedValues';
import { sharedTransport } from './list/sharedTransport';
import { sharedTrigger } from './list/sharedTrigger';
import { squadVoiceTrigger } from './list/squadVoiceTrigger';
import { vendorActions } from './list/vendorActions';

/** Every mutant, grouped by the room whose behavior it removes. */
export const mutants = [
	...sharedActions,
	...sharedTransport,
	...sharedOutputs,
	...sharedParameters,
	...sharedValues,
	...sharedTrigger,
	...vendorActions,
	...aktifyTrigger,
	...autocallsActions,
	...autocallsTrigger,
	...closeTrigger,
	...squadVoiceTrigger,
	...fuzzers,
];
