/** Most texts have nothing to clean. */
const PLAIN = /^[\t\n\r -~]*$/;

/** Characters without a shape: zero-width characters, direction marks, soft hyphens, variation selectors, control characters. */
const INVISIBLE = /(?:[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFC]|(?![\t\n\r])\p{Cc})+/gu;

/** Scripts in which a joiner inside a word changes its letters. */
const JOINED = ['Arab', 'Syrc', 'Mong', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu']
	.concat(['Knda', 'Mlym', 'Sinh', 'Mymr', 'Khmr', 'Tibt'])
	.map((script) => `\\p{Script_Extensions=${script}}`)
	.join('');
const JOINED_LETTER = new RegExp(`^[${JOINED}]$`, 'u');

const EMOJI = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u;
const KEYCAP = '\u20E3';
const BLACK_FLAG = '\u{1F3F4}';

/**
 * The text without invisible characters, which make a value look right that is not, as lists often have it. Every
 * blank becomes a plain space; emoji, line breaks, and the joiners inside Persian and Indic words stay.
 */
export function cleanText(text: string): string {
	if (PLAIN.test(text)) return text;
	return text
		.replace(/[\p{Zs}\u2800]/gu, ' ')
		.replace(/[\v\f\u0085\u2028\u2029]/g, '\n')
		.replace(INVISIBLE, (run, offset: number, whole: string) => {
			const [before = ''] = [...whole.slice(Math.max(0, offset - 2), offset)].slice(-1);
			const end = offset + run.length;
			const [after = ''] = [...whole.slice(end, end + 2)];
			return visiblePart(run, before, after);
		});
}

/** What of a run of invisible characters changes how its neighbors look. */
function visiblePart(run: string, before: string, after: string): string {
	// The flags of England, Scotland and Wales are a black flag and the letters of their code.
	if (before === BLACK_FLAG && /[\u{E0020}-\u{E007F}]/u.test(run)) {
		return run.replace(/[^\u{E0020}-\u{E007F}]/gu, '');
	}
	const visible = [...run].filter((character) => isVisible(character, before, after));
	return [...new Set(visible)].join('');
}

function isVisible(character: string, before: string, after: string): boolean {
	if (character === '\u200D' && EMOJI.test(before) && EMOJI.test(after)) return true;
	if (character === '\u200C' || character === '\u200D') {
		// Malayalam also ends words with a joiner after the sign that removes the vowel.
		const isSign = character === '\u200D' && /^\p{M}$/u.test(before);
		return JOINED_LETTER.test(before) && (isSign || JOINED_LETTER.test(after));
	}
	if (/^[\uFE00-\uFE0F]$/.test(character)) {
		return EMOJI.test(before) || after === KEYCAP || isHan(before);
	}
	if (/^[\u{E0100}-\u{E01EF}]$/u.test(character)) return isHan(before);
	return /^[\u180B-\u180F]$/.test(character) && /^\p{Script=Mongolian}$/u.test(before);
}

function isHan(character: string): boolean {
	return /^\p{Script=Han}$/u.test(character);
}
