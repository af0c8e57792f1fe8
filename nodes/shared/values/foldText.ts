import { cleanText } from './cleanText';

/** The form by which names and values of options are compared: without case, outer blanks and invisible characters. */
export function foldText(text: string): string {
	return cleanText(text.normalize('NFKC')).replace(/\s+/g, ' ').trim().toLowerCase();
}
