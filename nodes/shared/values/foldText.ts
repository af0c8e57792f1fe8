/** Characters that no one sees: zero-width and direction marks, byte order marks, variation selectors. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** The form by which names and values of options are compared: without case, outer blanks and invisible characters. */
export function foldText(text: string): string {
	return text.normalize('NFKC').replace(INVISIBLE, '').replace(/\s+/g, ' ').trim().toLowerCase();
}
