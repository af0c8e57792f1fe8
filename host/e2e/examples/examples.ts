import { closeAndAutocalls } from './closeAndAutocalls';
import type { Example } from './example';
import { lists } from './lists';
import { fixAndResendExamples } from './fixAndResend';
import { optOuts } from './optOuts';
import { reconciliations } from './reconciliation';
import { reports } from './reports';
import { tables } from './tables';

/** All examples that are run end to end here; the quick start runs `demo-push-csv` itself. */
export const examples: Example[] = [
	...tables,
	...lists,
	...optOuts,
	...closeAndAutocalls,
	...reconciliations,
	...reports,
	...fixAndResendExamples,
];
