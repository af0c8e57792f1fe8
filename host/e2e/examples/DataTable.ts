import type { IDataObject } from 'n8n-workflow';
import type { N8nApi } from '../../n8n/restApi';

/** The most rows that n8n returns at once. */
const PAGE_SIZE = 250;

const ALL_ROWS = { type: 'and', filters: [{ columnName: 'id', condition: 'gte', value: 0 }] };

/** A data table of n8n, read and written as a user does under "Data tables". */
export class DataTable {
	constructor(
		private readonly n8n: N8nApi,
		private readonly name: string,
	) {}

	/** Its path, looked up each time: a recreated table has another. @throws Error unless there is one */
	private async path(): Promise<string> {
		const project = await this.n8n.call<{ id: string }>('GET', '/projects/personal');
		const tables = `/projects/${project.id}/data-tables`;
		const { data } = await this.n8n.call<{ data: Array<{ id: string; name: string }> }>(
			'GET',
			tables,
		);
		const found = data.filter(({ name }) => name === this.name);
		const [table] = found;
		if (table === undefined || found.length > 1) {
			throw new Error(`n8n has ${found.length} data tables ${this.name}.`);
		}
		return `${tables}/${table.id}`;
	}

	/** All rows, the oldest first. */
	async rows(): Promise<IDataObject[]> {
		const path = await this.path();
		const all: IDataObject[] = [];
		for (;;) {
			const query = `take=${PAGE_SIZE}&skip=${all.length}&sortBy=id:asc`;
			const { count, data } = await this.n8n.call<{ count: number; data: IDataObject[] }>(
				'GET',
				`${path}/rows?${query}`,
			);
			all.push(...data);
			if (data.length === 0 || all.length >= count) return all;
		}
	}

	async add(rows: IDataObject[]): Promise<void> {
		if (rows.length === 0) return;
		await this.n8n.call('POST', `${await this.path()}/insert`, { data: rows, returnType: 'count' });
	}

	/** Changes the rows that have this value in this column. */
	async change(column: string, value: string, data: IDataObject): Promise<void> {
		await this.n8n.call('PATCH', `${await this.path()}/rows`, {
			filter: { type: 'and', filters: [{ columnName: column, condition: 'eq', value }] },
			data,
		});
	}

	async empty(): Promise<void> {
		const query = new URLSearchParams({ filter: JSON.stringify(ALL_ROWS) });
		await this.n8n.call('DELETE', `${await this.path()}/rows?${query.toString()}`);
	}

	/** Deletes the table. */
	async remove(): Promise<void> {
		await this.n8n.call('DELETE', await this.path());
	}
}
