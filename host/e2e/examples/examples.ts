import { closeAndAutocalls } from './closeAndAutocalls';
import type { Example } from './example';
import { lists } from './lists';
import { fixAndResendExamples } from './fixAndResend';
import { optOuts } from './optOuts';
import { reconciliations } from './reconciliation';
import { reports } from './reports';
import { tables } from './tables';

/** The examples that are tested here; the quick start runs `demo-push-csv`. */
export const examples: Example[] = [
	...tables,
	...lists,
	...optOuts,
	...closeAndAutocalls,
	...reconciliations,
	...reports,
	...fixAndResendExamples,
];
