import type { Write } from '../write';
import { aktifyWrites } from './aktify';
import { autocallsWrites } from './autocalls';
import { closeWrites } from './close';
import { squadVoiceWrites } from './squadVoice';

/** Every write of every vendor. */
export const writes: Write[] = [
	...squadVoiceWrites,
	...aktifyWrites,
	...autocallsWrites,
	...closeWrites,
];
