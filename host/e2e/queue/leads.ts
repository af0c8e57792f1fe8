/** A fictional person with a number of their own, in the range reserved for fiction (555-01xx). */
export interface QueueLead {
	lead_id: string;
	first_name: string;
	last_name: string;
	phone: string;
	state: string;
}

const LINES_PER_AREA = 100;
const MAX_LEADS = 70_000;

/** Three digits that may be an area code: the first from 2 to 9, the second not 9, and no N11. */
const AREA_CODES = Array.from({ length: 800 }, (_, index) => String(index + 200)).filter(
	(code) => code[1] !== '9' && !code.endsWith('11'),
);

/** Creates `count` different leads. @throws Error above 70,000, the limit of the reserved numbers */
export function makeQueueLeads(count: number): QueueLead[] {
	if (count > MAX_LEADS) throw new Error(`At most ${MAX_LEADS} leads have a number of their own.`);
	return Array.from({ length: count }, (_, index) => {
		const area = AREA_CODES[Math.floor(index / LINES_PER_AREA)] ?? '';
		return {
			lead_id: `Q-${String(index + 1).padStart(5, '0')}`,
			first_name: 'Queue',
			last_name: `Lead ${index + 1}`,
			phone: `(${area}) 555-0${100 + (index % LINES_PER_AREA)}`,
			state: 'WA',
		};
	});
}

/** Leads as the text of a CSV file. */
export function toCsv(leads: QueueLead[]): string {
	const columns = ['lead_id', 'first_name', 'last_name', 'phone', 'state'] as const;
	const rows = leads.map((lead) => columns.map((column) => lead[column]).join(','));
	return [columns.join(','), ...rows, ''].join('\n');
}
