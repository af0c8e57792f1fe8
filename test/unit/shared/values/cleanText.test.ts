import { cleanText } from '../../../../nodes/shared/values/cleanText';

const spelled = (text: string) =>
	text.replace(/[^ -~]/gu, (one) => `<${one.codePointAt(0)?.toString(16)}>`);

/** Every invisible character of Unicode that a cell may have, with its neighbors of a plain word. */
const INVISIBLE = [
	'\u00AD\u034F\u061C\u115F\u17B4\u180E\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E',
	'\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206A\u206F\u3164\uFE00\uFE0E\uFE0F\uFEFF',
	'\uFFA0\uFFF9\uFFFA\uFFFB\uFFFC\u{1D173}\u{E0001}\u{E0041}\u{E0100}\u0000\u0007\u001F\u007F\u0080\u009F',
].flatMap((some) => [...some]);

describe('cleanText', () => {
	it.each(INVISIBLE.map((one) => [spelled(one), one]))('removes %s', (_spelled, one) => {
		for (const text of [`${one}WA`, `W${one}A`, `WA${one}`, `${one}${one}W${one}${one}A`]) {
			expect(spelled(cleanText(text))).toBe('WA');
		}
		expect(cleanText(`02139${one}`)).toBe('02139');
		expect(cleanText(one)).toBe('');
	});

	it.each([...'\u00A0\u1680\u2000\u2003\u2007\u2009\u202F\u205F\u3000\u2800'])(
		'makes a plain space of %j',
		(blank) => {
			expect(cleanText(`New${blank}York`)).toBe('New York');
		},
	);

	it('keeps line breaks and tabs', () => {
		expect(cleanText('one\r\ntwo\n\tthree\rfour')).toBe('one\r\ntwo\n\tthree\rfour');
		expect(cleanText('one\u2028two\u2029three\u0085four\vfive')).toBe(
			'one\ntwo\nthree\nfour\nfive',
		);
		expect(cleanText('one\u200B\r\n\uFEFFtwo')).toBe('one\r\ntwo');
	});

	it.each([
		'\u{1F468}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}',
		'\u{1F469}\u{1F3FD}\u200D\u{1F680}',
		'\u2764\uFE0F\u200D\u{1F525}',
		'\u{1F3F3}\uFE0F\u200D\u{1F308}',
		'\u{1F9D1}\u{1F3FB}\u200D\u2764\uFE0F\u200D\u{1F48B}\u200D\u{1F9D1}\u{1F3FF}',
		'\u{1F441}\uFE0F\u200D\u{1F5E8}\uFE0F',
		'\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
		'1\uFE0F\u20E3 #\uFE0F\u20E3',
		'\u2600\uFE0F \u2600\uFE0E \u00A9\uFE0F',
		'\u{1F1FA}\u{1F1F8}',
		'\u{1F600}',
	])('keeps the emoji %s', (emoji) => {
		expect(spelled(cleanText(`Ann ${emoji} Lee`))).toBe(spelled(`Ann ${emoji} Lee`));
		expect(spelled(cleanText(`${emoji}\u200B`))).toBe(spelled(emoji));
	});

	it.each([
		['Persian', 'می\u200Cخواهم'],
		['Persian with a vowel sign', 'مَ\u200Cخ'],
		['Hindi', 'क्\u200Dष क्\u200Cष'],
		['Sinhala', 'ශ්\u200Dරී'],
		['Malayalam at the end of a word', 'അവന്\u200D വന്നു'],
		['Bengali', 'র\u200D্য'],
		['Kannada', 'ರ\u200D್ಕ'],
	])('keeps the joiners of %s', (_script, text) => {
		expect(spelled(cleanText(text))).toBe(spelled(text));
	});

	it('keeps one joiner of several, and none at the ends of a word', () => {
		expect(spelled(cleanText('می\u200C\u200C\u200Bخواهم'))).toBe(spelled('می\u200Cخواهم'));
		expect(spelled(cleanText('\u200Cمی\u200C'))).toBe(spelled('می'));
		expect(cleanText('A\u200CB\u200DC')).toBe('ABC');
	});

	it('keeps the variants of a Chinese character', () => {
		for (const name of ['葛\u{E0100}城', '辻\uFE00']) expect(cleanText(name)).toBe(name);
	});

	it.each([
		'Zoë Müller',
		'Łukasz',
		'e\u0301',
		'Владимир',
		'王小明',
		'محمد',
		'שָׁלוֹם',
		'ภาษาไทย',
		'\u0600',
	])('leaves %s as it is', (text) => {
		expect(cleanText(text)).toBe(text);
	});

	it('reads a long text in no time', () => {
		expect(cleanText('a\u200B'.repeat(200_000))).toHaveLength(200_000);
		expect(cleanText('\u200B'.repeat(1_000_000))).toBe('');
	});
});
