import { assert } from '../checks';
import { byButton, rowsOf, step, type Example } from './example';

const makeTables: Example = {
	file: 'make-tables',
	prepare: async ({ doNotContact }) => await doNotContact.add([{ phone: '2065550101' }]),
	steps: [
		step(
			'existing tables stay as they are',
			byButton('ldMakeTables0001', 'Run'),
			async ({ doNotContact, leadsToFix }, execution) => {
				// Reading them fails unless there is exactly one table of each name.
				const [rows, none] = [await doNotContact.rows(), await leadsToFix.rows()];
				assert(rows.length === 1 && none.length === 0, `${rows.length} and ${none.length} rows`);
				const [table] = rowsOf(execution, 'Do-Not-Contact List');
				assert(table?.name === 'do_not_contact', `the output is ${JSON.stringify(table)}`);
			},
		),
	],
};

/** The example that creates the tables of the others. */
export const tables = [makeTables];
