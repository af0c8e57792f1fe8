import { bareUrl } from '../../../../nodes/Close/lead/leadKeys';
import { parseErrorMessage } from '../../../../nodes/Close/transport/errorMessage';
import { readId } from '../../../../nodes/Close/transport/vendor';

/** Texts on which a pattern that starts again at each character needs hours. */
const texts = ['/', 'a_b/', 'a/', 'a_', '-', ' '].map((part) => `${part.repeat(500_000)}\nx`);

test.each(texts.map((text) => [text.slice(0, 5), text]))(
	'%j, a million times, takes no time',
	(_, text) => {
		expect(bareUrl(`${text}`)).toHaveLength(text.trim().length);
		expect(() => readId(`https://app.close.com/${text}`, 'lead', 'Lead ID')).toThrow(
			'is not an ID',
		);
	},
	10_000,
);

test('a reply with megabytes of field errors has a short message', () => {
	const long = 'x'.repeat(1_000_000);
	let nested: unknown = { [long]: Array(1000).fill(long) };
	for (let depth = 0; depth < 15; depth++) nested = { [long]: nested };
	const message = parseErrorMessage({ errors: nested, 'field-errors': nested, error: long }) ?? '';
	expect(message.length).toBeLessThan(200_000);
});
