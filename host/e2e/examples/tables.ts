import { assert } from '../checks';
import { byButton, rowsOf, step, type Example } from './example';

const makeTables: Example = {
	file: 'make-tables',
	prepare: async ({ doNotContact }) => await doNotContact.add([{ phone: '2065550101' }]),
	steps: [
		step(
			'tables that are there stay as they are',
			byButton('ldMakeTables0001', 'Run'),
			async ({ doNotContact, leadsToFix }, execution) => {
				// Both are looked for by name, and there has to be one of each.
				const [rows, none] = [await doNotContact.rows(), await leadsToFix.rows()];
				assert(rows.length === 1 && none.length === 0, `${rows.length} and ${none.length} rows`);
				const [made] = rowsOf(execution, 'Do-Not-Contact List');
				assert(made?.name === 'do_not_contact', `it says ${JSON.stringify(made)}`);
			},
		),
	],
};

/** The example that the others stand on. */
export const tables = [makeTables];
