/** Nested encodings that are undone, such as HTML inside of JSON inside of a form. */
const MAX_PASSES = 4;

const ENTITIES = new Map([
	['amp', '&'],
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['apos', "'"],
	['nbsp', ' '],
	['commat', '@'],
	['period', '.'],
	['plus', '+'],
	['lowbar', '_'],
	['hyphen', '-'],
	['szlig', 'ß'],
]);
/** `&eacute;` is an e with an accent, which folding drops. */
const ACCENTED = /^([a-z])(?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron)$/i;
const SIMPLE_ESCAPES = new Map([
	['n', '\n'],
	['r', '\r'],
	['t', '\t'],
	['b', ' '],
	['f', ' '],
]);

function fromCodePoint(digits: string, radix: number): string {
	const code = parseInt(digits, radix);
	return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}

/** Bytes as hexadecimal digits, each after one character, as UTF-8. */
function fromBytes(escapes: string): string {
	const bytes = escapes.match(/[0-9a-f]{2}/gi) ?? [];
	return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => parseInt(byte, 16)));
}

function entity(match: string, name: string): string {
	if (/^#x/i.test(name)) return fromCodePoint(name.slice(2), 16);
	if (name.startsWith('#')) return fromCodePoint(name.slice(1), 10);
	return ENTITIES.get(name.toLowerCase()) ?? ACCENTED.exec(name)?.[1] ?? match;
}

/** Undoes once the ways in which replies encode text: forms, JSON, HTML, e-mail. */
function decode(text: string): string {
	return text
		.replace(/(?:[%=][0-9a-f]{2})+/gi, fromBytes)
		.replace(/\\u\{([0-9a-f]{1,6})\}/gi, (_, digits: string) => fromCodePoint(digits, 16))
		.replace(/\\(?:u([0-9a-f]{4})|x([0-9a-f]{2}))/gi, (_, long?: string, short?: string) =>
			fromCodePoint(long ?? short ?? '20', 16),
		)
		.replace(/\\([nrtbf"'/\\])/g, (_, name: string) => SIMPLE_ESCAPES.get(name) ?? name)
		.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,10});?/gi, entity);
}

/** A text and what it decodes to, the original first. */
export function decodings(text: string): string[] {
	const found = [text];
	for (let pass = 0, last = text; pass < MAX_PASSES; pass++) {
		const decoded = decode(last);
		if (decoded === last) break;
		found.push(decoded);
		last = decoded;
	}
	return found;
}

/** Letters and digits only, without accents and capitals, each run of others as one space. */
export function foldWords(text: string): string {
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/ß/g, 'ss')
		.replace(/[\p{M}\p{Cf}]/gu, '')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** A folded text without its spaces: a line end or a hyphen in a value makes no difference. */
export function withoutSpaces(folded: string): string {
	return folded.replaceAll(' ', '');
}
