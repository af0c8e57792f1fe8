/**
 * A list of 60 rows as a spreadsheet of an operations team has it: semicolons, a byte order mark, CRLF, its own headers, blank and shortened numbers, several
 * numbers in a cell, old abbreviations of states, repeats, and an empty row at the end.
 */
const HEADERS =
	'Lead No.;First Name;Last Name;Mobile Phone;E-mail Address;State / Province;Zip Code;Signed Up;Notes';

const PROBLEM_ROWS = [
	'L-1001;Ana;Silva;(208) 555-0142;ana.silva@example.com;ID;83702;11/01/2025;first, of many',
	'L-1002;François;Dubois;+1 416 555 0187;f.dubois@example.com;Ontario;M5V 2T6;11/02/2025;Canada',
	'L-1003;Mei;Chen;617.555.0103;mei@example.com;Mass.;2134;11/02/2025;"old abbreviation; quoted"',
	'L-1004;Tom;Baker;;tom@example.com;TX;75001;11/03/2025;no phone',
	'L-1005;Raj;Patel;n/a;raj@example.com;NJ;7030;11/03/2025;',
	'L-1006;Ingrid;Holm;1,20856E+10;ingrid@example.com;ID;83702;11/03/2025;Excel',
	'L-1007;Luis;Ortega;"=""2085550124""";luis@example.com;ID;83703;11/04/2025;Excel text',
	"L-1008;Zoë;Nowak;'2085550123;zoe@example.com;Idaho;83704;11/04/2025;apostrophe",
	'L-1009;Grace;Okoro;2085550125 / 2085550126;grace@example.com;ID;83705;11/04/2025;two numbers',
	'L-1010;Ben;Young;(208) 555-0127 ext. 9;ben@example.com;ID;83706;11/05/2025;extension',
	'L-1011;Amy;Reed;+44 20 7946 0958;amy@example.com;WA;98101;11/05/2025;London',
	'L-1012;Joe;Hart;000-000-0000;joe@example.com;WA;98101;11/05/2025;',
	'L-1013;Kim;Lane;206 555 0128;kim@example.com;XX;98101;11/06/2025;',
	'L-1014;Sue;Ford;206 555 0129;sue@example.com;Wash.;98101;11/06/2025;',
	'L-1001;Ana;Silva;(208) 555-0142;ana.silva@example.com;ID;83702;11/01/2025;again',
	'L-1003;Mei;Chen;617-555-0999;mei@example.com;MA;2134;11/02/2025;another number',
	'L-1017;Ana;Silva;208-555-0142;ana@example.com;ID;83702;11/07/2025;the same number',
	'L-1018;🙂 Sam;Wu;tel:+12065550130;sam@example.com;WA;98101;11/07/2025;emoji',
];

/** As many ordinary rows as make 59, then one that is empty. */
const rows = [
	...PROBLEM_ROWS,
	...Array.from({ length: 59 - PROBLEM_ROWS.length }, (_, nth) => {
		const number = String(nth + 1).padStart(2, '0');
		return `L-20${number};Pat;Row ${number};(303) 555-01${number};pat${number}@example.com;CO;80202;11/08/2025;`;
	}),
	';;;;;;;;',
];

export const MESSY_LIST = {
	rows: rows.length,
	/** Rows that cannot be sent to SquadVoice, by their IDs. */
	unsent: ['L-1002', 'L-1004', 'L-1005', 'L-1006', 'L-1009', 'L-1012', 'L-1013'],
	file: {
		name: 'leads.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(`\uFEFF${[HEADERS, ...rows].join('\r\n')}\r\n`),
	},
};
