/** Made-up people, each with a number of their own: valid in form, and nobody's (555-01xx). */
export interface QueueLead {
	lead_id: string;
	first_name: string;
	last_name: string;
	phone: string;
	state: string;
}

const LINES = 100;
const MAX_LEADS = 70_000;

/** Three digits that may be an area code: from 2 on, the second not 9, and no N11. */
const areaCodes = Array.from({ length: 800 }, (_, index) => String(index + 200)).filter(
	(code) => code[1] !== '9' && !code.endsWith('11'),
);

/** `count` leads, all different. @throws Error beyond what the reserved numbers allow */
export function makeQueueLeads(count: number): QueueLead[] {
	if (count > MAX_LEADS) throw new Error(`There are no more than ${MAX_LEADS} numbers to use.`);
	return Array.from({ length: count }, (_, index) => {
		const area = areaCodes[Math.floor(index / LINES)] ?? '';
		return {
			lead_id: `Q-${String(index + 1).padStart(5, '0')}`,
			first_name: 'Queue',
			last_name: `Lead ${index + 1}`,
			phone: `(${area}) 555-0${100 + (index % LINES)}`,
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
