import { limitConcurrency } from '../../../../nodes/shared/values/concurrency';

test('limitConcurrency runs so many tasks at a time, in order, also when one fails', async () => {
	const inTurn = limitConcurrency(2);
	const started: number[] = [];
	let running = 0;
	let most = 0;
	const tasks = [0, 1, 2, 3, 4].map((number) =>
		inTurn(async () => {
			started.push(number);
			most = Math.max(most, ++running);
			await Promise.resolve();
			running--;
			if (number === 1) throw new Error('one fails');
			return number;
		}),
	);
	const settled = await Promise.allSettled(tasks);
	expect(settled.map(({ status }) => status === 'fulfilled')).toEqual([
		true,
		false,
		true,
		true,
		true,
	]);
	expect([started, most]).toEqual([[0, 1, 2, 3, 4], 2]);
});
